/** What the report of a run shows: gathered from the store by an activity, rendered by pure functions. */
import type { RunResult } from "./result.js";

export interface ReportData {
  readonly result: RunResult;
  readonly name: string;
  readonly domain: string;
  readonly objective: string;
  readonly takers: readonly string[];
  /** Settings of the search as label and value. */
  readonly settings: readonly (readonly [string, string])[];
  /** One for each generator that was measured on fresh questions: the initial ones, then the best. */
  readonly generators: readonly GeneratorReport[];
  /** Kind and size of every seed question, for a baseline, which is set beside them. */
  readonly seedQuestions?: GeneratorReport["questions"];
}

export interface GeneratorReport {
  /** `initial-0`, ..., `best`. */
  readonly label: string;
  readonly particle: number;
  readonly iteration: number;
  readonly sampled: SampledCounts;
  /** Mean performance by taker, 0 to 1; empty where it had no score. */
  readonly performance: Readonly<Record<string, number>>;
  /** The same of the unseen test takers. */
  readonly unseenPerformance: Readonly<Record<string, number>>;
  /** Kind and size of every valid question; empty where the domain tells none. */
  readonly questions: readonly { readonly kind: string; readonly size: number }[];
  /** Characters of every valid question. */
  readonly lengths: readonly number[];
  /** The first questions with what each taker answered. */
  readonly examples: readonly ExampleQuestion[];
}

/** What a generator drew and what became of it. */
export interface SampledCounts {
  readonly drawn: number;
  readonly invalid: number;
  readonly duplicate: number;
  readonly copied: number;
  /** Neither invalid nor a repetition: what is kept. */
  readonly valid: number;
  /** Share of the drawn that are not invalid. */
  readonly validRate: number;
  /** Share of those that are neither a copy of a seed question nor of another one. */
  readonly novelRate: number;
  /** How often each rule made a question invalid. */
  readonly reasons: Readonly<Record<string, number>>;
}

export interface ExampleQuestion {
  readonly question: string;
  /** A correct answer; empty where none is known. */
  readonly answer: string;
  /** Null where the domain tells no kinds or sizes. */
  readonly kind: string | null;
  readonly size: number | null;
  readonly replies: readonly { readonly taker: string; readonly response: string; readonly performance: number }[];
}
