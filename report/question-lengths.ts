import { quantile } from "../swarm/statistics/quantile.js";

/** How long questions are, in characters. */
export interface LengthSummary {
  readonly questions: number;
  readonly shortest: number;
  readonly lowerQuartile: number;
  readonly median: number;
  readonly upperQuartile: number;
  readonly longest: number;
}

/** Characters of a question (Unicode code points): unlike tokens they are the same for every model. */
export function lengthOf(question: string): number {
  return Array.from(question).length;
}

/** Null where there are no questions. */
export function summariseLengths(lengths: readonly number[]): LengthSummary | null {
  if (lengths.length === 0) return null;
  const sorted = Float64Array.from(lengths).sort();
  const at = (probability: number): number => quantile(sorted, probability);
  return {
    questions: lengths.length,
    shortest: at(0),
    lowerQuartile: at(0.25),
    median: at(0.5),
    upperQuartile: at(0.75),
    longest: at(1),
  };
}
