/**
 * LoRA fine-tuning: the embedded model's train graph against torch with PEFT.
 *
 *     PYTHON=python3 npx tsx bench/fine-tuning.ts [--repetitions 5] [--bundle DIR] [--out DIR]
 *
 * Both sides take the same steps (same examples, AdamW, clipping) for two adapters on two threads: here side by side, as the
 * generators of a swarm are trained, in torch one after the other with two threads each. Both stay loaded and run in turn,
 * repetition by repetition. A figure is the median over the repetitions, a ratio the median of the ratios within each.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { EmbeddedModel } from "../models/onnx/embedded-model.js";
import type { TrainingExample } from "../models/onnx/training.js";
import { answerCompletion, answerPrompt, generationCompletion, generationPrompt } from "../models/prompts.js";
import { questionSchema } from "../models/records.js";
import { machineState, median, processors } from "./machine.js";
import { TorchProcess } from "./torch-process.js";

const THREADS = 2;
const ADAPTERS = 2;
const STEPS = 2;
const LEARNING_RATE = 1e-3;

interface Timing {
  /** Seconds for one step of one adapter, with the others beside it. */
  readonly seconds: number;
  /** Processor time of all threads for the same. */
  readonly processor: number;
  /** Of each step of the last adapter. */
  readonly losses: readonly number[];
}

interface Case {
  readonly name: string;
  /** One batch, taken in every step. */
  readonly examples: readonly TrainingExample[];
}

async function cases(): Promise<Case[]> {
  const text = await readFile(new URL("../fixtures/datasets/graphs.jsonl", import.meta.url), "utf8");
  const questions = text
    .trimEnd()
    .split("\n")
    .map((line) => questionSchema.parse(JSON.parse(line)));
  const sets = (rows: number, count: number): TrainingExample[] =>
    Array.from({ length: rows }, (_, row) => {
      const some = questions.slice(row * 2 * count, (row + 1) * 2 * count).map(({ question }) => question);
      return {
        prompt: generationPrompt("graph problems", some.slice(0, count)),
        completion: generationCompletion(some.slice(count)),
      };
    });
  const answers = questions.slice(0, 32).map(({ question, answer }) => ({
    prompt: answerPrompt(question),
    completion: answerCompletion(answer ?? ""),
  }));
  return [
    { name: "16 question sets, 5 questions after 5", examples: sets(16, 5) },
    { name: "8 question sets, 4 questions after 4", examples: sets(8, 4) },
    { name: "32 answered questions", examples: answers },
  ];
}

async function ours(model: EmbeddedModel, { examples }: Case): Promise<Timing> {
  const processor = process.cpuUsage();
  const start = performance.now();
  const trainings = Array.from({ length: ADAPTERS }, async () => {
    const losses: number[] = [];
    await model.train(examples, {
      adapter: new Float32Array(model.initialAdapter(1)),
      epochs: STEPS,
      batchSize: examples.length,
      learningRate: LEARNING_RATE,
      schedule: "constant",
      seed: 1,
      onProgress: ({ loss }) => losses.push(loss),
    });
    return losses;
  });
  const losses = (await Promise.all(trainings)).at(-1)!;
  const used = process.cpuUsage(processor);
  const steps = STEPS * ADAPTERS;
  return {
    seconds: (performance.now() - start) / 1000 / steps,
    processor: (used.user + used.system) / 1e6 / steps,
    losses,
  };
}

async function measure(one: Case, model: EmbeddedModel, torch: TorchProcess, repetitions: number) {
  const request = { examples: one.examples, steps: STEPS, adapters: ADAPTERS, learningRate: LEARNING_RATE };
  const theirs = () => torch.request<Timing & { tokens: number }>(request);
  const first = { ours: await ours(model, one), theirs: await theirs() };
  const runs: (typeof first)[] = [];
  const before = machineState();
  for (let repetition = 0; repetition < repetitions; repetition++) {
    runs.push({ ours: await ours(model, one), theirs: await theirs() });
  }
  const middle = (side: "ours" | "theirs", unit: "seconds" | "processor") => median(runs.map((run) => run[side][unit]));
  const ratio = (unit: "seconds" | "processor") => median(runs.map((run) => run.theirs[unit] / run.ours[unit]));
  return {
    name: one.name,
    tokens: first.theirs.tokens,
    firstLosses: { ours: first.ours.losses[0], torch: first.theirs.losses[0] },
    ours: { seconds: middle("ours", "seconds"), processor: middle("ours", "processor") },
    torch: { seconds: middle("theirs", "seconds"), processor: middle("theirs", "processor") },
    ratio: { seconds: ratio("seconds"), processor: ratio("processor") },
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
const torch = new TorchProcess("bench_fine_tuning.py");
try {
  const measured = [];
  for (const one of await cases()) measured.push(await measure(one, model, torch, Number(options.repetitions)));
  const versions = { node: process.version, ...(await torch.end<object>()) };
  const markdown = [
    "| one step | tokens | ours, s | torch + PEFT, s | ratio | ours, processor s | theirs | ratio |",
    "|---|---|---|---|---|---|---|---|",
    ...measured.map(
      ({ name, tokens, ours: own, torch: other, ratio }) =>
        `| ${name} | ${tokens} | ${own.seconds.toFixed(3)} | ${other.seconds.toFixed(3)} | ${ratio.seconds.toFixed(2)} × | ` +
        `${own.processor.toFixed(3)} | ${other.processor.toFixed(3)} | ${ratio.processor.toFixed(2)} × |`,
    ),
    "",
  ].join("\n");
  await mkdir(options.out, { recursive: true });
  await writeFile(join(options.out, "fine-tuning.md"), markdown);
  await writeFile(
    join(options.out, "fine-tuning.json"),
    `${JSON.stringify({ processors: processors(), versions, measured }, null, 2)}\n`,
  );
  console.log(markdown);
} finally {
  await model.close();
}
