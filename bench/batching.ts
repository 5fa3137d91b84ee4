/**
 * What it is worth to write after many prompts together: the embedded model against itself, asked one question after another.
 *
 *     npx tsx bench/batching.ts [--repetitions 5] [--out DIR]
 *
 * Two threads. `together` is what a run does; `without openings` reads what all prompts begin with again for each; `one by one` begins
 * with the next prompt when the last one is done. They run in turn, round by round, and write the same texts.
 */
import { parseArgs } from "node:util";
import { readDataset } from "../models/datasets/read-dataset.js";
import { EmbeddedModel } from "../models/onnx/embedded-model.js";
import type { GenerationRequest, Sampling } from "../models/onnx/generation.js";
import { answerPrompt, generationOpening, generationPrompt } from "../models/prompts.js";
import { median } from "./machine.js";
import { inTurn, ratio, timed, type Timing, writeFigures } from "./side-by-side.js";

const THREADS = 2;
const DOMAIN = "graph problems";
const PROMPTS = 128;

interface Case {
  readonly name: string;
  readonly requests: readonly GenerationRequest[];
  readonly sampling: Sampling;
}

const { values: options } = parseArgs({
  options: { repetitions: { type: "string", default: "5" }, out: { type: "string", default: "build/bench" } },
});
const model = await EmbeddedModel.open("fixtures/models/small", { threads: THREADS });
try {
  const rows: string[][] = [];
  const measured: object[] = [];
  for (const { name, requests, sampling } of await cases()) {
    const write = async (asked: readonly GenerationRequest[]): Promise<Timing> =>
      timed(() => model.generate(asked, { sampling }));
    const { rounds, ...rest } = await inTurn(
      {
        together: () => write(requests),
        "without openings": () => write(requests.map(({ prompt, random }) => ({ prompt, random }))),
        "one by one": () =>
          timed(async () => {
            for (const request of requests) await model.generate([request], { sampling });
          }),
      },
      Number(options.repetitions),
    );
    measured.push({ name, rounds, ...rest });
    for (const way of ["together", "without openings", "one by one"] as const) {
      const seconds = median(rounds.map((round) => round[way].seconds));
      const times = ratio(rounds, { of: way, to: "together", clock: "seconds" });
      rows.push([name, way, (requests.length / seconds).toFixed(1), `${times.toFixed(2)} ×`]);
    }
  }
  const heading = ["task", "way", "texts/s", "time / together"];
  await writeFigures({ out: options.out, name: "batching", heading, rows, measured, versions: {} });
} finally {
  await model.close();
}

async function cases(): Promise<Case[]> {
  const dataset = await readDataset({ path: "fixtures/datasets/graphs.jsonl", split: "dev" });
  const questions = dataset.slice(0, PROMPTS).map(({ question }) => question);
  const requests = (prompts: readonly string[], opening?: string): GenerationRequest[] =>
    prompts.map((prompt, particle) => ({
      prompt,
      ...(opening === undefined ? {} : { opening }),
      random: { seed: 1, purpose: "bench", particle },
    }));
  return [
    {
      name: `${PROMPTS} prompts of one question, one question written`,
      requests: requests(
        questions.map((question) => generationPrompt(DOMAIN, [question])),
        generationOpening(DOMAIN, 1),
      ),
      sampling: { temperature: 0.8, topP: 0.95, maxNewTokens: 96 },
    },
    {
      name: `${PROMPTS} questions to answer`,
      requests: requests(questions.map(answerPrompt)),
      sampling: { temperature: 0, topP: 1, maxNewTokens: 48, stop: { text: "\n" } },
    },
  ];
}
