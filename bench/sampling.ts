/**
 * Sampling questions and answering them: the embedded model against transformers `generate` with PEFT.
 *
 *     PYTHON=python3 npx tsx bench/sampling.ts [--repetitions 5] [--bundle DIR] [--out DIR]
 *
 * Both sides write after the same prompts with the same adapter, in one batch, on two threads, and stay loaded; they run in
 * turn, repetition by repetition. A figure is the median over the repetitions, a ratio the median of the ratios within each.
 */
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { EmbeddedModel } from "../models/onnx/embedded-model.js";
import type { Sampling } from "../models/onnx/generation.js";
import { answerPrompt, generationPrompt } from "../models/prompts.js";
import { questionSchema } from "../models/records.js";
import { median } from "./machine.js";
import { type Clock, inTurn, ratio, type Timing, timed, writeFigures } from "./side-by-side.js";
import { TorchProcess } from "./torch-process.js";

const THREADS = 2;

interface WritingTiming extends Timing {
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

async function ours(model: EmbeddedModel, adapter: Float32Array, { prompts, sampling }: Case): Promise<WritingTiming> {
  const requests = prompts.map((prompt, particle) => ({ prompt, random: { seed: 1, purpose: "bench", particle } }));
  const { result, ...timing } = await timed(() => model.generate(requests, { adapter, sampling }));
  return { ...timing, tokens: result.reduce((sum, { generatedTokens }) => sum + generatedTokens, 0) };
}

async function measure(
  one: Case,
  model: EmbeddedModel,
  adapter: Float32Array,
  torch: TorchProcess,
  repetitions: number,
) {
  const { prompts, sampling } = one;
  const measured = await inTurn({
    ours: () => ours(model, adapter, one),
    theirs: () => torch.request<WritingTiming>({ prompts, ...sampling }),
    repetitions,
  });
  return { name: one.name, ...measured };
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
  const measured: Awaited<ReturnType<typeof measure>>[] = [];
  for (const one of await cases())
    measured.push(await measure(one, model, adapter, torch, Number(options.repetitions)));
  const cells = (runs: (typeof measured)[number]["runs"], clock: Clock): string[] => {
    const rate = (timing: WritingTiming): number => timing.tokens / timing[clock];
    return [
      median(runs.map(({ ours }) => rate(ours))).toFixed(0),
      median(runs.map(({ theirs }) => rate(theirs))).toFixed(0),
      `${ratio(runs, clock, ({ tokens }) => tokens).toFixed(2)} ×`,
    ];
  };
  await writeFigures({
    out: options.out,
    name: "sampling",
    heading: [
      "task",
      "ours, tokens/s",
      "transformers + PEFT, tokens/s",
      "ratio",
      "ours, tokens/processor s",
      "theirs",
      "ratio",
    ],
    rows: measured.map(({ name, runs }) => [name, ...cells(runs, "seconds"), ...cells(runs, "processor")]),
    measured,
    versions: await torch.end<object>(),
  });
} finally {
  await model.close();
}
