/**
 * Sampling questions and answering them: the embedded model against transformers `generate` with PEFT, and llama.cpp.
 *
 *     PYTHON=python3 npx tsx bench/sampling.ts [--repetitions 5] [--bundle DIR] [--out DIR]
 *
 * All write after the same prompts with the same adapter, on two threads, and stay loaded: here and in transformers with the
 * adapter beside the weights, transformers in one batch; in llama.cpp merged into them, 32 sequences at a time, where a new
 * one takes the place of one that ended. They run in turn, round by round. A figure is the median over the rounds, a ratio
 * the median of the ratios within each. Before that, greedy texts of llama.cpp are compared with ours.
 */
import { parseArgs } from "node:util";
import { readDataset } from "../models/datasets/read-dataset.js";
import { EmbeddedModel } from "../models/onnx/embedded-model.js";
import type { Sampling } from "../models/onnx/generation.js";
import { answerPrompt, generationOpening, generationPrompt } from "../models/prompts.js";
import { type LlamaCppRequest, startLlamaCpp } from "./llama-cpp.js";
import { median } from "./machine.js";
import { PythonProcess } from "./python-process.js";
import { type Clock, inTurn, ratio, type Timing, timed, type Ways, writeFigures } from "./side-by-side.js";

const THREADS = 2;
const DOMAIN = "graph problems";
const EXAMPLES = 5;
/** Of the greedy texts compared, how many tokens each has, and what share llama.cpp must write as we do in f32. */
const COMPARED_TOKENS = 32;
const SAME_TEXTS = 0.9;

type Way = "ours" | "transformers" | "llama.cpp f32" | "llama.cpp q8_0";
const NAMES: Record<Way, string> = {
  ours: "ours",
  transformers: "transformers + PEFT",
  "llama.cpp f32": "llama.cpp, f32",
  "llama.cpp q8_0": "llama.cpp, weights Q8_0, cache f16",
};

interface WritingTiming extends Timing {
  readonly tokens: number;
}

interface Texts {
  readonly texts: readonly string[];
}

interface Case {
  readonly name: string;
  readonly prompts: readonly string[];
  /** What all of them begin with. */
  readonly opening?: string;
  readonly sampling: Sampling;
}

async function cases(): Promise<Case[]> {
  const dataset = await readDataset({ path: "fixtures/datasets/graphs.jsonl", split: "dev" });
  const questions = dataset.map(({ question }) => question);
  const examples = (index: number): string[] => questions.slice(index * EXAMPLES, (index + 1) * EXAMPLES);
  return [
    {
      name: "32 prompts of 5 questions, up to 130 tokens, temperature 0.8, top-p 0.95",
      prompts: Array.from({ length: 32 }, (_, index) => generationPrompt(DOMAIN, examples(index))),
      opening: generationOpening(DOMAIN, EXAMPLES),
      sampling: { temperature: 0.8, topP: 0.95, maxNewTokens: 130 },
    },
    {
      name: "128 questions to answer, up to 10 tokens, greedy",
      prompts: questions.slice(0, 128).map(answerPrompt),
      sampling: { temperature: 0, topP: 1, maxNewTokens: 10 },
    },
  ];
}

async function ours(model: EmbeddedModel, adapter: Float32Array, { prompts, opening, sampling }: Case) {
  const shared = opening === undefined ? {} : { opening };
  const requests = prompts.map((prompt, particle) => ({
    prompt,
    ...shared,
    random: { seed: 1, purpose: "bench", particle },
  }));
  const { result, ...timing } = await timed(() => model.generate(requests, { adapter, sampling }));
  return {
    ...timing,
    tokens: result.reduce((sum, { generatedTokens }) => sum + generatedTokens, 0),
    texts: result.map(({ text }) => text),
  };
}

interface Sides {
  readonly ours: (one: Case) => Promise<WritingTiming & Texts>;
  readonly transformers: (one: Case) => Promise<WritingTiming>;
  readonly llamaCpp?: (weights: LlamaCppRequest["weights"], one: Case) => Promise<WritingTiming & Texts>;
}

/** How many texts llama.cpp writes as we do, the most probable token at a time. */
async function sameTexts({ ours, llamaCpp }: Sides, { prompts }: Case): Promise<object> {
  if (llamaCpp === undefined) return {};
  const greedy = { name: "greedy", prompts, sampling: { temperature: 0, topP: 1, maxNewTokens: COMPARED_TOKENS } };
  const { texts } = await ours(greedy);
  const count = async (weights: LlamaCppRequest["weights"]): Promise<number> => {
    const theirs = await llamaCpp(weights, greedy);
    return texts.filter((text, index) => text === theirs.texts[index]).length;
  };
  const same = { f32: await count("f32"), q8_0: await count("q8_0"), of: texts.length };
  console.log(`same greedy texts in llama.cpp: f32 ${same.f32}, Q8_0 ${same.q8_0} of ${same.of}`);
  if (same.f32 < SAME_TEXTS * same.of) throw new Error("llama.cpp in f32 does not write what the embedded model does");
  return same;
}

async function measure(one: Case, { ours, transformers, llamaCpp }: Sides, repetitions: number) {
  const ways: Partial<Ways<Way, WritingTiming>> = {
    ours: () => ours(one),
    transformers: () => transformers(one),
    ...(llamaCpp && {
      "llama.cpp f32": () => llamaCpp("f32", one),
      "llama.cpp q8_0": () => llamaCpp("q8_0", one),
    }),
  };
  return { name: one.name, ...(await inTurn(ways as Ways<Way, WritingTiming>, repetitions)) };
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
const { parameters } = model.manifest.lora;
// The numbers that python/golden_onnx.py writes into the other sides' adapter.
const adapter = Float32Array.from({ length: parameters }, (_, index) => (((index * 7919) % 2001) - 1000) / 20000);
const torch = new PythonProcess("bench_sampling.py");
const llamaCpp = startLlamaCpp();
const sides: Sides = {
  ours: (one) => ours(model, adapter, one),
  transformers: ({ prompts, sampling }) => torch.request({ prompts, ...sampling }),
  ...(llamaCpp && {
    llamaCpp: (weights, { prompts, sampling }) =>
      llamaCpp.request({ weights, prompts, ...sampling } satisfies LlamaCppRequest),
  }),
};
try {
  const all = await cases();
  const same: object[] = [];
  for (const one of all) same.push(await sameTexts(sides, one));
  const measured: Awaited<ReturnType<typeof measure>>[] = [];
  for (const one of all) measured.push(await measure(one, sides, Number(options.repetitions)));
  const row = ({ name, rounds }: (typeof measured)[number], way: Way): string[] => {
    const cells = (clock: Clock): string[] => [
      median(rounds.map((round) => round[way].tokens / round[way][clock])).toFixed(0),
      `${ratio(rounds, { of: way, to: "ours", clock }, ({ tokens }) => tokens).toFixed(2)} ×`,
    ];
    return [name, NAMES[way], ...cells("seconds"), ...cells("processor")];
  };
  await writeFigures({
    out: options.out,
    name: "sampling",
    heading: ["task", "way", "tokens/s", "time / ours", "tokens/processor s", "processor / ours"],
    rows: measured.flatMap((one) => (Object.keys(one.first) as Way[]).map((way) => row(one, way))),
    measured: { same, measured },
    versions: { ...(await torch.end<object>()), ...(await llamaCpp?.end<object>()) },
  });
} finally {
  await model.close();
}
