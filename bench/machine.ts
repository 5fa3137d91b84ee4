/** What the machine was doing while something was measured. */
import { readFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";

export interface MachineState {
  readonly load: number;
  /** Share of the last ten seconds in which a process waited for a processor (%); null where the kernel does not tell. */
  readonly pressure: number | null;
  /** Jiffies stolen by other virtual machines since boot; null where the kernel does not tell. */
  readonly stolen: number | null;
}

function field(path: string, pattern: RegExp): number | null {
  try {
    const found = pattern.exec(readFileSync(path, "utf8"))?.[1];
    return found === undefined ? null : Number(found);
  } catch {
    return null;
  }
}

export function machineState(): MachineState {
  return {
    load: loadavg()[0]!,
    pressure: field("/proc/pressure/cpu", /some avg10=([\d.]+)/),
    stolen: field("/proc/stat", /^cpu +(?:\d+ ){7}(\d+)/),
  };
}

export function processors(): string {
  return `${cpus().length} × ${cpus()[0]?.model ?? "unknown"}`;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
