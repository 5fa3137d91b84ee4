import picocolors from "picocolors";

/** Whether what goes to standard output may be coloured. */
export function colorsOut(): boolean {
  return picocolors.isColorSupported && process.stdout.isTTY;
}
