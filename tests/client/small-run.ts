/** A run config on a tiny model, with an adapter that fits it, for commands that never get as far as sampling. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeFlatAdapter } from "../../adapters/flat.js";
import { localFolder } from "../../adapters/folder.js";
import { writeYaml } from "../../config/yaml-text.js";
import { openBundle } from "../../models/onnx/bundle.js";

export const TINY_BUNDLE = fileURLToPath(new URL("../fixtures/tiny-bundle", import.meta.url));

const QUESTIONS = [
  "In the graph W-M:7-I:5-S:8-Z:2, what is the shortest path from S to M?",
  "In the graph X-P-N-V P-A-U-N V-G, is there a cycle?",
];

export interface SmallRun {
  readonly config: string;
  readonly seedData: string;
  readonly adapter: string;
  readonly storePath: string;
}

export async function writeSmallRun(folder: string, questions: readonly string[] = QUESTIONS): Promise<SmallRun> {
  await mkdir(folder, { recursive: true });
  const [seedData, adapter, storePath] = [join(folder, "seed.jsonl"), join(folder, "adapter"), join(folder, "store")];
  await writeFile(
    seedData,
    questions.map((question, index) => `${JSON.stringify({ id: `q${index}`, question })}\n`).join(""),
  );
  const { manifest } = await openBundle(TINY_BUNDLE);
  await mkdir(adapter);
  await writeFlatAdapter(localFolder(adapter), manifest.lora, new Float32Array(manifest.lora.parameters).fill(0.01));
  const config = join(folder, "run.yaml");
  await writeFile(
    config,
    writeYaml({
      kind: "data-swarm",
      name: "small",
      seed: 1,
      domain: "graphs",
      seedData: "seed.jsonl",
      generators: { base: TINY_BUNDLE, clusters: 1 },
      takers: [{ name: "taker", base: TINY_BUNDLE, adapter: "adapter" }],
      objective: "difficult",
      store: "store",
    }),
  );
  return { config, seedData, adapter, storePath };
}
