import { summarise } from "../../swarm/statistics/summary.js";
import type { ComparedRun } from "./compared-run.js";
import { REFERENCE } from "./method-names.js";
import type { Spent } from "./spent.js";

/** What one method took in one setting, and what that bought. */
export interface MethodCost {
  readonly method: string;
  /** A run's mean, all of it: search, fine-tuning and measuring. */
  readonly perRun: Spent;
  /** Above the reference on fresh questions; a point is 0.01 of the score. Null for the reference, and where one has no score. */
  readonly points: number | null;
  /** What a run took for each point gained; null where there is no gain. */
  readonly perPoint: Spent | null;
}

export interface CostComparison {
  /** What gains are counted from: the initial generators where they were measured as a method, else the weakest method. */
  readonly reference: string | null;
  readonly methods: readonly MethodCost[];
}

interface Costed {
  readonly method: string;
  /** Its name without its variant. */
  readonly base: string;
  readonly mean: number | null;
  readonly runs: readonly ComparedRun[];
}

export function compareCosts(methods: readonly Costed[]): CostComparison {
  const reference = referenceOf(methods);
  return {
    reference: reference?.method ?? null,
    methods: methods.map(({ method, mean, runs }) => {
      const perRun = spentPerRun(runs);
      const gained =
        mean === null || reference === undefined || method === reference.method ? null : mean - reference.mean;
      const points = gained === null ? null : 100 * gained;
      return { method, perRun, points, perPoint: points !== null && points > 0 ? divide(perRun, points) : null };
    }),
  };
}

function referenceOf(methods: readonly Costed[]): (Costed & { readonly mean: number }) | undefined {
  const scored = methods.flatMap((one) => (one.mean === null ? [] : [{ ...one, mean: one.mean }]));
  const named = scored.filter(({ base }) => base === REFERENCE);
  const [weakest] = (named.length > 0 ? named : scored).sort((one, other) => one.mean - other.mean);
  return scored.length < 2 ? undefined : weakest;
}

function spentPerRun(runs: readonly ComparedRun[]): Spent {
  const mean = (of: (spent: Spent) => number): number => summarise(runs.map(({ spent }) => of(spent))).mean;
  return {
    questions: mean(({ questions }) => questions),
    tokens: mean(({ tokens }) => tokens),
    calls: mean(({ calls }) => calls),
    usd: mean(({ usd }) => usd),
    seconds: mean(({ seconds }) => seconds),
  };
}

function divide({ questions, tokens, calls, usd, seconds }: Spent, by: number): Spent {
  return { questions: questions / by, tokens: tokens / by, calls: calls / by, usd: usd / by, seconds: seconds / by };
}
