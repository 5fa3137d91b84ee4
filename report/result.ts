/** `result.json` of a run: the contract with everything that reads results. More fields may join, these stay. */

/** A score measured on questions that the search never saw, with a bootstrap interval over questions. */
export interface FreshScore {
  readonly score: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Valid questions that were graded. */
  readonly questions: number;
}

export interface IterationResult {
  /** 0 is the initial swarm. */
  readonly iteration: number;
  /** One a particle; null is "no score" (too few valid questions). */
  readonly scores: readonly (number | null)[];
  /** Global best and worst score found so far. */
  readonly best: number | null;
  readonly worst: number | null;
}

export interface InitialResult {
  readonly particle: number;
  readonly fresh: FreshScore;
}

/** How sure it is that the best generator is above the strongest initial one. */
export interface Comparison {
  /** One-tailed, the best generator against the strongest initial one, on fresh questions. */
  readonly pValue: number | null;
  /** The same with the choice of the best taker on the same answers allowed for (Bonferroni); the one to judge by. */
  readonly pValueAdjusted: number | null;
}

export interface BestResult extends Comparison {
  readonly particle: number;
  readonly iteration: number;
  /** The score that the search saw: a maximum over noise. */
  readonly searched: number;
  readonly fresh: FreshScore;
  readonly validRate: number;
  readonly novelRate: number;
}

/**
 * The same fresh questions, answered by test takers that the search never saw (Data Swarms, section 5, table 2): the objective
 * is over these takers alone. Says whether what was found holds for other models too; nothing of it goes back into the search.
 */
export interface UnseenResult {
  /** Names of the test takers. */
  readonly takers: readonly string[];
  readonly initial: readonly InitialResult[];
  /** Compared with the initial generator that is strongest on these takers. Null where no generator ever had a score. */
  readonly best: ({ readonly fresh: FreshScore } & Comparison) | null;
}

export interface Usage {
  readonly questions: number;
  readonly tokens: number;
  readonly calls: number;
  readonly usd: number;
  /** Wall seconds by stage. */
  readonly seconds: Readonly<Record<string, number>>;
}

export interface RunResult {
  readonly runId: string;
  readonly kind: string;
  readonly configDigest: string;
  /** What was optimised: an objective's name, or a weighted mean of several. */
  readonly objective: string;
  /** SHA-256 over kind, configDigest, iterations, initial and best. */
  readonly digest: string;
  readonly iterations: readonly IterationResult[];
  readonly initial: readonly InitialResult[];
  /** Null where no generator ever had a score. */
  readonly best: BestResult | null;
  /** Null where the config names no unseen test takers. */
  readonly unseen: UnseenResult | null;
  readonly usage: Usage;
  /** Why the search ended. */
  readonly stoppedBecause: "patience" | "max-iterations" | "stop-requested" | "budget";
}
