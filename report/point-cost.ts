import { spentOf } from "./compare/spent.js";
import * as format from "./format.js";
import { headlineOf } from "./headline.js";
import type { RunResult } from "./result.js";

/** What each point gained took: 0.01 of the score on fresh questions above the strongest initial generator. */
export interface PointCost {
  readonly questions: number;
  /** Of all stages; work that was done side by side counts each. */
  readonly seconds: number;
}

/**
 * All that the run's result took, what it had from other runs too, by the points that it gained. Null where there is no gain, or
 * nothing to count it from, or where what was spent went into test takers as well.
 */
export function pointCost(result: RunResult): PointCost | null {
  const gain = gainOf(result);
  if (gain === null || gain <= 0) return null;
  const { questions, seconds } = spentOf(result.usage);
  const points = 100 * gain;
  return { questions: questions / points, seconds: seconds / points };
}

/** `535 questions and 18 s for each 0.01 ...`; undefined where there is nothing to count a gain from. */
export function describePointCost(result: RunResult): string | undefined {
  if (gainOf(result) === null) return undefined;
  const cost = pointCost(result);
  if (cost === null) return "no point was gained";
  return `${format.count(cost.questions)} questions and ${format.duration(cost.seconds)} for each 0.01 above the strongest initial generator`;
}

function gainOf(result: RunResult): number | null {
  return result.adversarial === undefined ? headlineOf(result).gain : null;
}
