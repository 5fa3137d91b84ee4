/**
 * Sampling questions and answering them: the embedded model against transformers `generate` with PEFT.
 *
 *     PYTHON=python3 npx tsx bench/sampling.ts [--repetitions 5] [--bundle DIR] [--out DIR]
 *
 * Both sides write after the same prompts with the same adapter, in one batch, on two threads, and stay loaded; they run in
 * turn, repetition by repetition. A figure is the median over the repetitions, a ratio the median of the ratios within each.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { EmbeddedModel } from "../models/onnx/embedded-model.js";
import type { Sampling } from "../models/onnx/generation.js";
import { answerPrompt, generationPrompt } from "../models/prompts.js";
import { questionSchema } from "../models/records.js";
import { machineState, median, processors } from "./machine.js";
import { TorchProcess } from "./torch-process.js";

const THREADS = 2;

interface Timing {
  readonly seconds: number;
  /** Processor time of all threads, in seconds. */
  readonly processor: number;
  readonly tokens: number;
}

interface Case {
  readonly name: string;
  readonly prompts: readonly string[];
  readonly sampling: Sampling;
}

async function cases(): Promise<Case[]> {
  const text = await readFile(new URL("../fixtures/datasets/graphs.jsonl", import.meta.url), "utf8");
  const lines = text.trimEnd().split("\n");
  const questions = lines.map((line) => questionSchema.parse(JSON.parse(line)).question);
  const examples = (index: number): string[] => questions.slice(index * 5, index * 5 + 5);
  return [
    {
      name: "32 prompts of 5 questions, up to 130 tokens, temperature 0.8, top-p 0.95",
      prompts: Array.from({ length: 32 }, (_, index) => generationPrompt("graph problems", examples(index))),
      sampling: { temperature: 0.8, topP: 0.95, maxNewTokens: 130 },
    },
    {
      name: "128 questions to answer, up to 10 tokens, greedy",
      prompts: questions.slice(0, 128).map(answerPrompt),
      sampling: { temperature: 0, topP: 1, maxNewTokens: 10 },
    },
  ];
}

async function ours(model: EmbeddedModel, adapter: Float32Array, { prompts, sampling }: Case): Promise<Timing> {
  const processor = process.cpuUsage();
  const start = performance.now();
  const requests = prompts.map((prompt, particle) => ({ prompt, random: { seed: 1, purpose: "bench", particle } }));
  const generations = await model.generate(requests, { adapter, sampling });
  const used = process.cpuUsage(processor);
  return {
    seconds: (performance.now() - start) / 1000,
    processor: (used.user + used.system) / 1e6,
    tokens: generations.reduce((sum, { generatedTokens }) => sum + generatedTokens, 0),
  };
}

/** Median tokens a second, by the clock and by processor time. */
function rates(timings: readonly Timing[]): { clock: number; processor: number } {
  return {
    clock: median(timings.map(({ tokens, seconds }) => tokens / seconds)),
    processor: median(timings.map(({ tokens, processor }) => tokens / processor)),
  };
}

async function measure(
  one: Case,
  model: EmbeddedModel,
  adapter: Float32Array,
  torch: TorchProcess,
  repetitions: number,
) {
  const { prompts, sampling } = one;
  const theirs = () => torch.request<Timing>({ prompts, ...sampling });
  await ours(model, adapter, one);
  await theirs();
  const runs: { ours: Timing; theirs: Timing }[] = [];
  const before = machineState();
  for (let repetition = 0; repetition < repetitions; repetition++) {
    runs.push({ ours: await ours(model, adapter, one), theirs: await theirs() });
  }
  const ratio = (unit: "seconds" | "processor"): number =>
    median(runs.map((run) => run.ours.tokens / run.ours[unit] / (run.theirs.tokens / run.theirs[unit])));
  return {
    name: one.name,
    ours: rates(runs.map((run) => run.ours)),
    transformers: rates(runs.map((run) => run.theirs)),
    ratio: { clock: ratio("seconds"), processor: ratio("processor") },
    machine: { before, after: machineState() },
    runs,
  };
}

const { values: options } = parseArgs({
  options: {
    repetitions: { type: "string", default: "5" },
    bundle: { type: "string", default: "fixtures/models/graphs" },
    out: { type: "string", default: "build/bench" },
  },
});
process.env["BUNDLE"] = options.bundle;
const model = await EmbeddedModel.open(options.bundle, { threads: THREADS });
const { parameters } = model.manifest.lora;
// The numbers that python/golden_onnx.py writes into the other side's adapter.
const adapter = Float32Array.from({ length: parameters }, (_, index) => (((index * 7919) % 2001) - 1000) / 20000);
const torch = new TorchProcess("bench_sampling.py");
try {
  const measured = [];
  for (const one of await cases())
    measured.push(await measure(one, model, adapter, torch, Number(options.repetitions)));
  const versions = { node: process.version, ...(await torch.end<object>()) };
  const markdown = [
    "| task | ours, tokens/s | transformers + PEFT, tokens/s | ratio | ours, tokens/processor s | theirs | ratio |",
    "|---|---|---|---|---|---|---|",
    ...measured.map(
      ({ name, ours: own, transformers, ratio }) =>
        `| ${name} | ${own.clock.toFixed(0)} | ${transformers.clock.toFixed(0)} | ${ratio.clock.toFixed(2)} × | ` +
        `${own.processor.toFixed(0)} | ${transformers.processor.toFixed(0)} | ${ratio.processor.toFixed(2)} × |`,
    ),
    "",
  ].join("\n");
  await mkdir(options.out, { recursive: true });
  await writeFile(join(options.out, "sampling.md"), markdown);
  await writeFile(
    join(options.out, "sampling.json"),
    `${JSON.stringify({ processors: processors(), versions, measured }, null, 2)}\n`,
  );
  console.log(markdown);
} finally {
  await model.close();
}
