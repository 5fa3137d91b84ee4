/**
 * This project's side of python/check_interop.py.
 *
 * Usage: tsx python/check-interop.ts train MODEL OUT          trains an adapter and writes it to OUT (PEFT layout, f32)
 *        tsx python/check-interop.ts compare MODEL CASES OUT  logits and greedy texts of the cases in a JSON file
 *        tsx python/check-interop.ts read MODEL FOLDER OUT    whether each adapter in FOLDER is taken: null, or the error's code
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AdapterError } from "../adapters/error.js";
import { readFlatAdapter, writeFlatAdapter } from "../adapters/flat.js";
import { localFolder } from "../adapters/folder.js";
import { graphs } from "../fixtures/domains/graphs.js";
import { trainingExamples } from "../fixtures/taker-examples.js";
import { openBundle } from "../models/onnx/bundle.js";
import { Decoder } from "../models/onnx/decoder.js";
import { EmbeddedModel } from "../models/onnx/embedded-model.js";
import { OpenedModel } from "../models/onnx/opened-model.js";

interface Cases {
  /** PEFT folder; null is the base model alone. */
  readonly adapter: string | null;
  readonly prompts: readonly string[];
  readonly newTokens: number;
  /** Token ids of a prompt and of what follows it: logits are wanted after the prompt and after each following token. */
  readonly sequences: readonly { readonly prompt: readonly number[]; readonly continuation: readonly number[] }[];
}

const STEPS = 12;

async function train(directory: string, out: string): Promise<void> {
  const model = await EmbeddedModel.open(directory, { threads: 1 });
  const examples = trainingExamples(graphs, { ...graphs.takers[0]!, steps: STEPS }, new Set());
  const { adapter } = await model.train(examples, {
    adapter: model.initialAdapter(1),
    epochs: 1,
    batchSize: 32,
    learningRate: 3e-3,
    seed: 1,
    onProgress: ({ step, steps, loss }) => console.error(`step ${step} of ${steps}, loss ${loss.toFixed(4)}`),
  });
  await writeFlatAdapter(localFolder(out), model.manifest.lora, adapter);
  await model.close();
}

async function compare(directory: string, casesPath: string, out: string): Promise<void> {
  const { adapter: folder, prompts, newTokens, sequences } = JSON.parse(await readFile(casesPath, "utf8")) as Cases;
  const model = await EmbeddedModel.open(directory, { threads: 1 });
  const adapter = folder === null ? undefined : await readFlatAdapter(localFolder(folder), model.manifest.lora);
  const generations = await model.generate(
    prompts.map((prompt, particle) => ({ prompt, random: { seed: 0, purpose: "interop", particle } })),
    {
      ...(adapter === undefined ? {} : { adapter }),
      sampling: { temperature: 0, topP: 1, maxNewTokens: newTokens },
    },
  );
  await model.close();

  const opened = await OpenedModel.open(await openBundle(directory));
  const [prefill, decode] = await Promise.all([opened.session("prefill"), opened.session("decode")]);
  const prepared = await opened.prepareAdapter(adapter);
  const logits: number[][][] = [];
  for (const { prompt, continuation } of sequences) {
    const decoder = new Decoder({ prefill, decode, manifest: opened.bundle.manifest, adapter: prepared, rows: 1 });
    const rows = [[...(await decoder.start([{ tokens: prompt, opening: 0 }]))[0]!]];
    for (const token of continuation) rows.push([...(await decoder.step([token]))[0]!]);
    logits.push(rows);
  }
  await writeFile(out, JSON.stringify({ generations, logits }));
}

async function read(directory: string, folder: string, out: string): Promise<void> {
  const { manifest } = await openBundle(directory);
  const codes: Record<string, string | null> = {};
  for (const name of await readdir(folder)) {
    try {
      await readFlatAdapter(localFolder(join(folder, name)), manifest.lora);
      codes[name] = null;
    } catch (error) {
      if (!(error instanceof AdapterError)) throw error;
      console.error(error.message);
      codes[name] = error.code;
    }
  }
  await writeFile(out, JSON.stringify(codes));
}

const [command, model, ...paths] = process.argv.slice(2);
if (command === "train" && model !== undefined && paths.length === 1) await train(model, paths[0]!);
else if (command === "compare" && model !== undefined && paths.length === 2) await compare(model, paths[0]!, paths[1]!);
else if (command === "read" && model !== undefined && paths.length === 2) await read(model, paths[0]!, paths[1]!);
else throw new TypeError("usage: check-interop.ts train MODEL OUT | compare MODEL CASES OUT | read MODEL FOLDER OUT");
