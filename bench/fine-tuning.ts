/**
 * LoRA fine-tuning: the embedded model's train graph against torch with PEFT.
 *
 *     PYTHON=python3 npx tsx bench/fine-tuning.ts [--repetitions 5] [--bundle DIR] [--out DIR]
 *
 * Both sides take the same steps (same examples, AdamW, clipping) for two adapters on two threads: here side by side, as the
 * generators of a swarm are trained, in torch one after the other with two threads each. Both stay loaded and run in turn,
 * round by round. A figure is the median over the rounds, a ratio the median of the ratios within each.
 */
import { parseArgs } from "node:util";
import { readDataset } from "../models/datasets/read-dataset.js";
import { EmbeddedModel } from "../models/onnx/embedded-model.js";
import type { TrainingExample } from "../models/onnx/training.js";
import { answerCompletion, answerPrompt, generationCompletion, generationPrompt } from "../models/prompts.js";
import { median } from "./machine.js";
import { PythonProcess } from "./python-process.js";
import { type Clock, inTurn, ratio, type Timing, timed, writeFigures } from "./side-by-side.js";

const THREADS = 2;
const ADAPTERS = 2;
const STEPS = 2;
const LEARNING_RATE = 1e-3;

/** Of one step of one adapter, with the others beside it. */
interface StepTiming extends Timing {
  /** Of each step of the last adapter. */
  readonly losses: readonly number[];
  /** Of the batch; torch's side counts them. */
  readonly tokens?: number;
}

interface Case {
  readonly name: string;
  /** One batch, taken in every step. */
  readonly examples: readonly TrainingExample[];
}

async function cases(): Promise<Case[]> {
  const questions = await readDataset({ path: "fixtures/datasets/graphs.jsonl", split: "dev" });
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

async function ours(model: EmbeddedModel, { examples }: Case): Promise<StepTiming> {
  const training = async (): Promise<number[]> => {
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
  };
  const { seconds, processor, result } = await timed(() => Promise.all(Array.from({ length: ADAPTERS }, training)));
  const steps = STEPS * ADAPTERS;
  return { seconds: seconds / steps, processor: processor / steps, losses: result.at(-1)! };
}

async function measure(one: Case, model: EmbeddedModel, torch: PythonProcess, repetitions: number) {
  const request = { examples: one.examples, steps: STEPS, adapters: ADAPTERS, learningRate: LEARNING_RATE };
  const ways = {
    ours: () => ours(model, one),
    theirs: () => torch.request<StepTiming>(request),
  };
  return { name: one.name, ...(await inTurn<"ours" | "theirs", StepTiming>(ways, repetitions)) };
}

const { values: options } = parseArgs({
  options: {
    repetitions: { type: "string", default: "5" },
    bundle: { type: "string", default: "fixtures/models/small" },
    out: { type: "string", default: "build/bench" },
  },
});
process.env["BUNDLE"] = options.bundle;
const model = await EmbeddedModel.open(options.bundle, { threads: THREADS });
const torch = new PythonProcess("bench_fine_tuning.py");
try {
  const measured: Awaited<ReturnType<typeof measure>>[] = [];
  for (const one of await cases()) measured.push(await measure(one, model, torch, Number(options.repetitions)));
  const cells = (rounds: (typeof measured)[number]["rounds"], clock: Clock): string[] => [
    median(rounds.map(({ ours }) => ours[clock])).toFixed(3),
    median(rounds.map(({ theirs }) => theirs[clock])).toFixed(3),
    `${ratio(rounds, { of: "theirs", to: "ours", clock }).toFixed(2)} ×`,
  ];
  await writeFigures({
    out: options.out,
    name: "fine-tuning",
    heading: ["one step", "tokens", "ours, s", "torch + PEFT, s", "ratio", "ours, processor s", "theirs", "ratio"],
    rows: measured.map(({ name, first, rounds }) => [
      name,
      String(first.theirs.tokens),
      ...cells(rounds, "seconds"),
      ...cells(rounds, "processor"),
    ]),
    measured,
    versions: await torch.end<object>(),
  });
} finally {
  await model.close();
}
