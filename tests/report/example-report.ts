/** A hand-made run of four particles and eight iterations, as an activity would gather it. */
import { RandomStream } from "../../swarm/random.js";
import type { ExampleQuestion, GeneratorReport, ReportData } from "../../report/report-data.js";
import type { RunResult } from "../../report/result.js";

export const TAKERS = ["novice", "path-finder", "flow-expert", "generalist"] as const;

export const UNSEEN_TAKERS = ["beginner", "engineer"] as const;

const SCORES: readonly (readonly (number | null)[])[] = [
  [0.31, 0.425, 0.27, 0.36],
  [0.335, 0.41, null, 0.385],
  [0.38, 0.455, null, 0.42],
  [0.42, 0.47, 0.345, null],
  [0.455, 0.505, 0.41, 0.46],
  [0.49, 0.56, 0.465, 0.495],
  [0.525, 0.64, 0.52, null],
  [0.55, 0.615, 0.555, 0.53],
  [0.565, 0.625, 0.57, 0.575],
];

export const exampleResult: RunResult = {
  runId: "graphs-nightly-2031",
  kind: "data-swarm",
  objective: "difficult",
  configDigest: "5f0c1f0d6f9d3f4f2a7c8f3bb1c5ad0e1a6a5f0a0b8d2f9d6c3b7e4a19c2d801",
  digest: "9b1d3c62a8d7f64b30d1f2b85c4f6f0e7d5a9c83e1b2d4f60718293a4b5c6d7e",
  iterations: SCORES.map((scores, iteration) => {
    const soFar = SCORES.slice(0, iteration + 1)
      .flat()
      .filter((score) => score !== null);
    return { iteration, scores, best: Math.max(...soFar), worst: Math.min(...soFar) };
  }),
  initial: [
    { particle: 0, fresh: { score: 0.3025, low: 0.2575, high: 0.3475, questions: 400 } },
    { particle: 1, fresh: { score: 0.405, low: 0.3575, high: 0.4525, questions: 400 } },
    { particle: 2, fresh: { score: 0.2875, low: 0.2425, high: 0.3325, questions: 400 } },
    { particle: 3, fresh: { score: 0.365, low: 0.3175, high: 0.4125, questions: 400 } },
  ],
  best: {
    particle: 1,
    iteration: 6,
    searched: 0.64,
    fresh: { score: 0.5775, low: 0.53, high: 0.625, questions: 400 },
    validRate: 0.9143,
    novelRate: 0.9615,
    pValue: 5.4e-7,
    pValueAdjusted: 2.2e-6,
  },
  unseen: {
    takers: UNSEEN_TAKERS,
    initial: [
      { particle: 0, fresh: { score: 0.2725, low: 0.23, high: 0.3175, questions: 400 } },
      { particle: 1, fresh: { score: 0.335, low: 0.29, high: 0.3825, questions: 400 } },
      { particle: 2, fresh: { score: 0.2475, low: 0.205, high: 0.29, questions: 400 } },
      { particle: 3, fresh: { score: 0.3425, low: 0.2975, high: 0.39, questions: 400 } },
    ],
    best: {
      fresh: { score: 0.4625, low: 0.415, high: 0.51, questions: 400 },
      pValue: 2.6e-4,
      pValueAdjusted: 5.2e-4,
    },
  },
  usage: {
    questions: 9_240,
    tokens: 3_812_400,
    calls: 38_912,
    usd: 0,
    seconds: { cluster: 2.4, "fine-tune": 61.2, sample: 88.7, answer: 142.3, judge: 9.6, score: 1.1, update: 6.3 },
  },
  stoppedBecause: "max-iterations",
};

const KINDS = [
  "connectivity",
  "cycle",
  "topological-sort",
  "shortest-path",
  "maximum-flow",
  "bipartite-matching",
  "hamilton-path",
] as const;

/** Weights of the kinds: each initial generator has one it writes most, the best writes hard ones. */
const KIND_WEIGHTS: Readonly<Record<string, readonly number[]>> = {
  "initial-0": [8, 6, 2, 2, 1, 1, 1],
  "initial-1": [1, 1, 2, 3, 6, 4, 2],
  "initial-2": [7, 8, 3, 1, 1, 0, 1],
  "initial-3": [1, 2, 7, 6, 1, 2, 1],
  best: [0, 1, 2, 5, 8, 3, 9],
};

function drawQuestions(label: string): GeneratorReport["questions"] {
  const stream = new RandomStream({ seed: 3, purpose: `example ${label}` });
  const bag = KINDS.flatMap((kind, index) => Array<string>(KIND_WEIGHTS[label]?.[index] ?? 0).fill(kind));
  const easiest = label === "best" ? 6 : 3;
  return Array.from({ length: 400 }, () => ({
    kind: bag[stream.integer(0, bag.length)] ?? "cycle",
    size: Math.min(12, easiest + Math.floor((stream.uniform() + stream.uniform()) * 4)),
  }));
}

/** Correct orders other than the one that is given as the true answer. */
const OTHER_CORRECT: ReadonlySet<string> = new Set(["X>E>M>J", "A>K>B>V>C>R>S>O>T"]);

const BEFORE: readonly ExampleQuestion[] = [
  example("maximum-flow", 5, "Pipes S>A:3 S>B:2 A>T:2 B>T:4. How much can flow from S to T?", "4", [
    "4",
    "4",
    "4",
    "3",
  ]),
  example("shortest-path", 4, "In the graph W-M:7-I:5-S:8, what is the shortest path from S to M?", "S-I-M", [
    "S-M",
    "S-I-M",
    "S-I-M",
    "S-I-M",
  ]),
  example("cycle", 6, "In the graph X-P-N-V P-A-U-N, is there a cycle?", "yes", ["no", "yes", "yes", "yes"]),
  example("topological-sort", 5, "Tasks X>M>J E>M. In what order can you do all of them?", "E>X>M>J", [
    "X>M>J>E",
    "E>X>M>J",
    "X>E>M>J",
    "E>X>M>J",
  ]),
  example("connectivity", 7, "Roads L-I U-E E-Q L-B. Can you get from L to Q?", "no", ["no", "no", "no", "no"]),
  example("bipartite-matching", 6, "Ann can do 1 2, Bob can do 2, Cy can do 2 3. How many get a job?", "3", [
    "2",
    "3",
    "3",
    "2",
  ]),
  example("maximum-flow", 4, "Pipes S>A:5 A>T:2. How much can flow from S to T?", "2", ["5", "2", "2", "2"]),
  example("hamilton-path", 5, "Towns A-B B-C C-D D-E A-E. Name a way through every town once.", "A-B-C-D-E", [
    "A-B-C-D-E",
    "A-B-C-D-E",
    "A-B",
    "A-B-C-D-E",
  ]),
  example("shortest-path", 5, "Roads L-I:2-U:1-E:6-Q:2 L-E:8. Which way from Q to E is shortest?", "Q-E", [
    "Q-E",
    "Q-E",
    "Q-E",
    "Q-E",
  ]),
  example("cycle", 4, "In the graph A-B-C C-D, is there a cycle?", "no", ["yes", "no", "no", "no"]),
];

const AFTER: readonly ExampleQuestion[] = [
  example(
    "hamilton-path",
    9,
    "Towns K-R R-B B-T T-K T-M M-L L-V V-B V-D D-H H-L. Name a way through every town once.",
    "K-R-B-T-M-L-H-D-V",
    ["K-R-B", "K-T-M-L-V-B", "R-K-T-M-L-H-D-V", "K-R-B-T-M-L-V"],
  ),
  example(
    "maximum-flow",
    9,
    "Pipes S>A:7 S>B:5 A>C:4 A>D:3 B>D:6 C>E:2 D>E:5 D>F:2 E>T:6 F>T:4. How much can flow from S to T?",
    "8",
    ["12", "7", "8", "9"],
  ),
  example(
    "shortest-path",
    10,
    "In the graph Q-W:4-E:3-R:5-T:2-Y:8 Q-U:6-I:1-O:7-Y:9 E-I:2 U-T:9, what is the shortest path from Q to Y?",
    "Q-W-E-R-T-Y",
    ["Q-U-I-O-Y", "Q-W-E-R-T-Y", "Q-Y", "Q-U-I-O-Y"],
  ),
  example(
    "hamilton-path",
    8,
    "Towns A-C C-E E-G G-B B-D D-F F-H H-A C-F. Name a way through every town once.",
    "A-C-E-G-B-D-F-H",
    ["A-C-E", "A-C-F-H", "A-C-E-G-B-D-F", "A-C-E-G-B-D-F-H"],
  ),
  example(
    "bipartite-matching",
    10,
    "Ann can do 1 2, Bob can do 1, Cy can do 2 3, Di can do 3 4, Eve can do 4. How many get a job?",
    "4",
    ["5", "5", "4", "5"],
  ),
  example(
    "maximum-flow",
    8,
    "Pipes S>A:9 S>B:4 A>C:3 A>B:6 B>D:8 C>D:2 C>T:5 D>T:7. How much can flow from S to T?",
    "10",
    ["13", "11", "12", "9"],
  ),
  example(
    "topological-sort",
    9,
    "Tasks V>C>R>S>O A>K>B>T A>B R>T O>T. In what order can you do all of them?",
    "V>C>R>S>O>A>K>B>T",
    ["V>C>R", "A>V>C>R>S>O>K>T>B", "V>A>C>B", "A>K>B>V>C>R>S>O>T"],
  ),
  example("hamilton-path", 7, "Towns P-Q P-R P-S Q-T R-T S-U T-V. Name a way through every town once.", "none", [
    "P-Q-T-V",
    "P-R-T-Q",
    "none",
    "P-Q-T-R",
  ]),
  example(
    "shortest-path",
    8,
    "Roads A-B:3 B-C:4 C-D:6 A-E:5 E-F:5 F-D:2 B-F:9 C-H:1. Which way from A to D is shortest?",
    "A-E-F-D",
    ["A-B-C-D", "A-E-F-D", "A-B-F-D", "A-E-F-D"],
  ),
  example("cycle", 12, "In the graph Z-X-C-V-B-N-M A-S-D-F B-A, is there a cycle?", "no", ["yes", "no", "yes", "no"]),
];

/** Replies that equal the true answer are right, and so are other correct ones marked by hand. */
function example(
  kind: string,
  size: number,
  question: string,
  answer: string,
  responses: readonly string[],
): ExampleQuestion {
  return {
    question,
    answer,
    kind,
    size,
    replies: responses.map((response, taker) => ({
      taker: TAKERS[taker] ?? "",
      response,
      performance: response === answer || OTHER_CORRECT.has(response) ? 1 : 0,
    })),
  };
}

const PERFORMANCE: Readonly<Record<string, readonly number[]>> = {
  "initial-0": [0.52, 0.61, 0.58, 0.6975],
  "initial-1": [0.3175, 0.4925, 0.595, 0.5425],
  "initial-2": [0.555, 0.63, 0.5925, 0.7125],
  "initial-3": [0.34, 0.635, 0.4475, 0.57],
  best: [0.1125, 0.3725, 0.4225, 0.375],
};

const UNSEEN_PERFORMANCE: Readonly<Record<string, readonly number[]>> = {
  "initial-0": [0.4025, 0.7275],
  "initial-1": [0.3125, 0.665],
  "initial-2": [0.43, 0.7525],
  "initial-3": [0.3625, 0.6575],
  best: [0.145, 0.5375],
};

function sampled(best: boolean, particle: number): GeneratorReport["sampled"] {
  const counts = best
    ? { drawn: 455, invalid: 39, duplicate: 11, copied: 5 }
    : { drawn: 430 + 3 * particle, invalid: 18 + particle, duplicate: 7 + particle, copied: 5 + particle };
  const whole = counts.drawn - counts.invalid;
  return {
    ...counts,
    valid: 400,
    validRate: whole / counts.drawn,
    novelRate: 400 / whole,
    reasons: best
      ? { "cut off at the length limit": 17, "an edge is named twice": 12, "the start is not in the graph": 10 }
      : { "an edge is named twice": 11, "no question": 5, "the start is not in the graph": 2 + particle },
  };
}

function generator(label: string, particle: number, iteration: number): GeneratorReport {
  const best = label === "best";
  return {
    label,
    particle,
    iteration,
    sampled: sampled(best, particle),
    performance: Object.fromEntries(TAKERS.map((taker, index) => [taker, PERFORMANCE[label]?.[index] ?? 0])),
    unseenPerformance: Object.fromEntries(
      UNSEEN_TAKERS.map((taker, index) => [taker, UNSEEN_PERFORMANCE[label]?.[index] ?? 0]),
    ),
    questions: drawQuestions(label),
    lengths: drawQuestions(label).map(({ size }) => 20 + 8 * size),
    examples: best ? AFTER : BEFORE,
  };
}

export const exampleReport: ReportData = {
  result: exampleResult,
  name: "graphs-nightly",
  domain: "graph problems",
  objective: "difficult",
  takers: TAKERS,
  settings: [
    ["seed", "17"],
    ["clusters", "4"],
    ["inertia φ_v", "0.2"],
    ["cognitive φ_p", "0.3"],
    ["social φ_g", "0.4"],
    ["repel φ_w", "0.1"],
    ["step length λ", "1"],
    ["questions per evaluation", "200"],
    ["patience c", "5"],
    ["max iterations K", "8"],
  ],
  generators: [
    ...[0, 1, 2, 3].map((particle) => generator(`initial-${particle}`, particle, 0)),
    generator("best", 1, 6),
  ],
};
