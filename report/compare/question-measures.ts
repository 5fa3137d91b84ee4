import { type Summary, summarise } from "../../swarm/statistics/summary.js";
import type { ComparedRun } from "./compared-run.js";

/** What a run's fresh questions are. */
export interface QuestionMeasures {
  /** Mean of what the domain's grader calls their size; null where it tells none. */
  readonly meanSize: number | null;
  /** Mean number of characters. */
  readonly meanLength: number;
}

/** What the fresh questions of a method are in one setting: over repeats, null where none tells. */
export interface MethodQuestions {
  readonly method: string;
  readonly size: Summary | null;
  readonly length: Summary | null;
}

/** Null where there are no questions. */
export function measureQuestions(
  questions: readonly { readonly size: number | null; readonly length: number }[],
): QuestionMeasures | null {
  if (questions.length === 0) return null;
  const sizes = questions.flatMap(({ size }) => (size === null ? [] : [size]));
  return {
    meanSize: sizes.length === 0 ? null : summarise(sizes).mean,
    meanLength: summarise(questions.map(({ length }) => length)).mean,
  };
}

export function compareQuestions(method: string, runs: readonly ComparedRun[]): MethodQuestions {
  const measured = runs.flatMap(({ questions }) => (questions === null ? [] : [questions]));
  const sizes = measured.flatMap(({ meanSize }) => (meanSize === null ? [] : [meanSize]));
  return {
    method,
    size: sizes.length === 0 ? null : summarise(sizes),
    length: measured.length === 0 ? null : summarise(measured.map(({ meanLength }) => meanLength)),
  };
}
