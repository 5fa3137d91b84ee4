/** Hand-made runs of several methods, as they are read from a store. */
import type { ComparedRun, Measurement } from "../../../report/compare/compared-run.js";
import type { Evaluation } from "../../../swarm/objectives/evaluation.js";
import { objectiveOf } from "../../../swarm/objectives/registry.js";

export interface ExampleRun {
  readonly runId: string;
  /** A baseline's name; a data swarm where not given. */
  readonly baseline?: string;
  readonly kind?: string;
  readonly seed?: number;
  readonly domain?: string;
  readonly objective?: string | Readonly<Record<string, number>>;
  /** How many of 20 questions each of two test takers gets wrong; null is no score. */
  readonly wrong: readonly [number, number] | null;
  /** The same of unseen test takers. */
  readonly unseenWrong?: readonly [number, number] | null;
  readonly searched?: number;
  readonly options?: Readonly<Record<string, string>>;
  readonly measured?: Readonly<Record<string, string>>;
  readonly unseenTakers?: Readonly<Record<string, string>>;
  readonly questionsDrawn?: number;
  /** What is known beside performance; all where not given. */
  readonly knows?: readonly ("seedPerformance" | "relevance")[];
  readonly conditions?: Readonly<Record<string, string>>;
  readonly takers?: readonly string[];
  readonly questions?: ComparedRun["questions"];
  readonly winner?: ComparedRun["winner"];
  readonly seconds?: number;
}

export const QUESTIONS = 20;

export function exampleRun(example: ExampleRun): ComparedRun {
  const { runId, baseline, seed = 1, domain = "graphs", wrong, unseenWrong, options = {}, measured = {} } = example;
  const specification = example.objective ?? "difficult";
  const objective = objectiveOf(specification);
  const measure = (failures: readonly [number, number] | null): Measurement => {
    if (failures === null) return { score: null, questions: 0, evaluation: undefined };
    const evaluation = evaluationOf(failures, example.knows);
    return { score: objective.score(evaluation), questions: QUESTIONS, evaluation };
  };
  const search = measure(wrong);
  return {
    runId,
    kind: example.kind ?? (baseline === undefined ? "data-swarm" : "baseline"),
    baseline,
    seed,
    domain,
    objective,
    isComposite: typeof specification !== "string",
    measured: { takers: "a, b", freshQuestions: String(QUESTIONS), ...measured },
    conditions: { takers: "a, b", freshQuestions: String(QUESTIONS), ...example.conditions },
    takers: example.takers ?? ["a", "b"],
    unseenTakers: unseenWrong === undefined ? {} : { unseenTakers: "c, d", ...example.unseenTakers },
    options,
    searched: search.score === null ? null : (example.searched ?? search.score),
    search,
    unseen: unseenWrong === undefined ? null : measure(unseenWrong),
    questions: example.questions ?? null,
    winner: example.winner ?? null,
    spent: {
      questions: example.questionsDrawn ?? 1000,
      tokens: 50_000,
      calls: 2000,
      usd: 0,
      seconds: example.seconds ?? 60,
    },
  };
}

/** Four question sets of five; similarity to users' queries falls with the number of wrong answers of the first test taker. */
function evaluationOf(
  wrong: readonly [number, number],
  knows: ExampleRun["knows"] = ["seedPerformance", "relevance"],
): Evaluation {
  const numbers = Array.from({ length: QUESTIONS }, (_, question) => question);
  return {
    performance: wrong.map((failures) => numbers.map((question) => (question < failures ? 0 : 1))),
    questionSets: numbers.map((question) => question % 4),
    ...(knows.includes("seedPerformance") ? { seedPerformance: [0.5, 0.75] } : {}),
    ...(knows.includes("relevance") ? { relevance: numbers.map((question) => (question < wrong[0] ? 0.4 : 0.6)) } : {}),
  };
}
