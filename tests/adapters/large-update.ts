/**
 * Updates an adapter of any size in a process of its own and tells how much memory that took:
 *
 *     npx tsx tests/adapters/large-update.ts [--megabytes 400] [--folder DIR] [--store]
 *
 * Exits with 1 where the process used more than 200 MB of resident memory. `--store` goes through a directory store's streams.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { localFolder, storeFolder, type AdapterFolder } from "../../adapters/folder.js";
import { plainConfig, writeConfig } from "../../adapters/peft/config.js";
import { encodeHeader } from "../../adapters/safetensors/header.js";
import { updateFolders } from "../../adapters/update/update-folders.js";
import { openStore } from "../../store/open-store.js";

export const MEMORY_LIMIT = 200e6;

const COLUMNS = 4096;
const ROWS = 256;
const TENSOR_BYTES = ROWS * COLUMNS * 4;
const COEFFICIENTS = { velocity: 0.2, personalBest: 0.3, globalBest: 0.4, globalWorst: 0.1, stepLength: 0.5 };

export interface LargeUpdate {
  readonly adapterBytes: number;
  /** Peak resident memory of the process that did the update, everything included. */
  readonly residentBytes: number;
  readonly seconds: number;
  readonly position: string;
  readonly velocity: string;
}

async function writeLarge(folder: AdapterFolder, tensors: number, role: number): Promise<void> {
  const output = await folder.create("adapter_model.safetensors");
  const header = Array.from({ length: tensors }, (_, index) => ({
    name: `base_model.model.model.layers.${index}.self_attn.q_proj.lora_A.weight`,
    type: "F32" as const,
    shape: [ROWS, COLUMNS],
  }));
  await output.write(encodeHeader(header));
  const values = Float32Array.from({ length: ROWS * COLUMNS }, (_, index) => Math.sin(index * 0.37 + role) * 0.02);
  for (let tensor = 0; tensor < tensors; tensor++) {
    values[tensor] = tensor / tensors;
    await output.write(new Uint8Array(values.buffer));
  }
  await output.finish();
  await writeConfig(folder, plainConfig({ rank: ROWS, alpha: 16, targetModules: ["q_proj"] }));
}

async function folderOf(root: string, role: string, throughStore: boolean): Promise<AdapterFolder> {
  return throughStore ? storeFolder(await openStore(`file://${root}`), role) : localFolder(join(root, role));
}

/** Makes five adapters below `root`, updates them in another process, and measures that process. */
export async function largeUpdate(options: {
  readonly megabytes: number;
  readonly root: string;
  readonly throughStore: boolean;
}): Promise<LargeUpdate> {
  const { megabytes, root, throughStore } = options;
  const tensors = Math.max(1, Math.ceil((megabytes * 1e6) / TENSOR_BYTES));
  for (const [index, role] of ["x", "v", "p", "g", "w"].entries()) {
    await writeLarge(localFolder(join(root, role)), tensors, index);
  }
  const child = fork(fileURLToPath(import.meta.url), ["--child", root, ...(throughStore ? ["--store"] : [])], {
    execArgv: ["--import", "tsx"],
  });
  const exit = once(child, "exit");
  const [message] = (await Promise.race([once(child, "message"), exit])) as [Omit<LargeUpdate, "adapterBytes">];
  await exit;
  if (typeof message !== "object") throw new Error(`the update's process ended with ${String(message)}`);
  return { adapterBytes: tensors * TENSOR_BYTES, ...message };
}

async function updateInThisProcess(root: string, throughStore: boolean): Promise<void> {
  const folder = (role: string): Promise<AdapterFolder> => folderOf(root, role, throughStore);
  const start = performance.now();
  const written = await updateFolders(
    {
      position: await folder("x"),
      velocity: await folder("v"),
      personalBest: await folder("p"),
      globalBest: await folder("g"),
      globalWorst: await folder("w"),
    },
    COEFFICIENTS,
    { velocity: await folder("next-v"), position: await folder("next-x") },
  );
  process.send!({
    residentBytes: process.resourceUsage().maxRSS * 1024,
    seconds: (performance.now() - start) / 1000,
    position: written.position.sha256,
    velocity: written.velocity.sha256,
  });
  process.disconnect();
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      megabytes: { type: "string", default: "400" },
      folder: { type: "string" },
      store: { type: "boolean", default: false },
    },
  });
  const root = values.folder ?? (await mkdtemp(join(tmpdir(), "large-update-")));
  try {
    const result = await largeUpdate({ megabytes: Number(values.megabytes), root, throughStore: values.store });
    console.log(JSON.stringify(result, null, 2));
    if (result.residentBytes > MEMORY_LIMIT) process.exitCode = 1;
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv[2] === "--child") await updateInThisProcess(process.argv[3]!, process.argv[4] === "--store");
  else await main();
}
