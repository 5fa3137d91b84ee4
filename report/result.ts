/** `result.json` of a run: the contract with everything that reads results. More fields may join, these stay. */
import type { StopReason } from "../swarm/stopping.js";
import type { AdversarialResult } from "./adversarial-result.js";
import type { HyperparameterSearch } from "./hyperparameter-search.js";

/** A score measured on questions that the search never saw, with a bootstrap interval over questions. */
export interface FreshScore {
  readonly score: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Valid questions that were graded. */
  readonly questions: number;
}

/** A position that scored above a best and was tested against it, on this iteration's questions and on fresh ones. */
export interface ChallengeResult {
  /** Whether it challenged its particle's own best or the swarm's. */
  readonly best: "personal" | "global";
  /** Whose position it is. */
  readonly particle: number;
  /** One-tailed; null where it had no score on fresh questions, and was refused for that. */
  readonly pValue: number | null;
  /** Whether it became the best. */
  readonly accepted: boolean;
}

export interface IterationResult {
  /** 0 is the initial swarm. */
  readonly iteration: number;
  /** One a particle; null is "no score" (too few valid questions). */
  readonly scores: readonly (number | null)[];
  /** Global best and worst score found so far. Where bests are tested, the best is a mean of evaluations, which may fall. */
  readonly best: number | null;
  readonly worst: number | null;
  /** In the order of the particles, the global best's last. Not there where bests are not tested (`swarm.bestUpdate: paper`). */
  readonly challenges?: readonly ChallengeResult[] | undefined;
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
  /** The run whose folders hold it, where that is another: of a hyperparameter search the winner. No part of the digest. */
  readonly runId?: string | undefined;
  readonly particle: number;
  /** The particle started as the base model and not as a generator of a cluster (`generators.includeBase`). */
  readonly startedAsBase?: true | undefined;
  readonly iteration: number;
  /** The score that the search saw: a maximum over noise. Where bests are tested, the mean of all evaluations that it has had. */
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

/** What a run has spent itself. The full cost of its result is this and `shared` together. */
export interface Usage {
  readonly questions: number;
  readonly tokens: number;
  readonly calls: number;
  readonly usd: number;
  /** Wall seconds by stage. */
  readonly seconds: Readonly<Record<string, number>>;
  /**
   * What it took from other runs on the same store cost those; not there where it took nothing. Of a hyperparameter search it is
   * what none of its runs made: what they take from each other costs nobody anything.
   */
  readonly shared?: SharedUsage | undefined;
}

/** Only work of embedded models is shared, which costs no money. */
export interface SharedUsage {
  readonly questions: number;
  readonly tokens: number;
  readonly calls: number;
  /** Wall seconds by stage. */
  readonly seconds: Readonly<Record<string, number>>;
}

export interface RunResult {
  readonly runId: string;
  readonly kind: string;
  /** Of a baseline: which one. */
  readonly method?: string | undefined;
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
  /** Not there where test takers do not move. */
  readonly adversarial?: AdversarialResult | undefined;
  readonly usage: Usage;
  /** Why the search ended. */
  readonly stoppedBecause: StopReason;
  /** Of a hyperparameter search: its runs; all else, but for `usage`, is of the winner. */
  readonly search?: HyperparameterSearch | undefined;
}
