/** Assembles `kernel.wat` into `binary.ts`: `npx tsx adapters/kernel/assemble.ts`. Needed only after the former is changed. */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import wabt from "wabt";

/** The WebAssembly binary of `kernel.wat`, in base 64. */
export async function assembleKernel(): Promise<string> {
  const tools = await wabt();
  const text = await readFile(new URL("kernel.wat", import.meta.url), "utf8");
  const module = tools.parseWat("kernel.wat", text, { simd: true });
  try {
    module.validate();
    return Buffer.from(module.toBinary({}).buffer).toString("base64");
  } finally {
    module.destroy();
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const lines = (await assembleKernel()).match(/.{1,112}/g)!;
  const source = [
    "/** `kernel.wat` assembled, in base 64. Written by `assemble.ts`: change the former and run the latter. */",
    "export const KERNEL_BINARY =",
    `${lines.map((line) => `  "${line}"`).join(" +\n")};`,
    "",
  ].join("\n");
  await writeFile(fileURLToPath(new URL("binary.ts", import.meta.url)), source);
}
