import type { Cell } from "./cell.js";
import type { CostComparison } from "./cost.js";
import type { SettingFamily } from "./group-settings.js";
import type { MethodQuestions } from "./question-measures.js";
import type { SignificanceTest } from "./significance.js";
import type { Transfer } from "./transfer.js";
import type { MethodWinners } from "./winners.js";

/** What `swarm compare` found; as JSON it is printed as it is. */
export interface Comparison {
  /** Runs that count. */
  readonly runs: number;
  /** Rows of the tables, in their order. */
  readonly methods: readonly string[];
  /** The options of methods of one kind that only have a number in their names. */
  readonly variants: readonly { readonly method: string; readonly options: string }[];
  /** Measured on the test takers that the search had (tables 1 and 3, figures 4 and 5). */
  readonly settings: readonly ComparedSetting[];
  /** Measured on test takers that the search never saw (table 2). */
  readonly unseen: readonly UnseenSetting[];
  /** How what was optimised for one objective scores on the others; one a domain, more where runs were measured differently. */
  readonly transfer: readonly Transfer[];
  /** How often each method is best; only those that ever are. */
  readonly bestIn: readonly {
    readonly method: string;
    readonly settings: number;
    /** Of them with p below .05 by the test that gives the stars. */
    readonly significant: number;
  }[];
  /** What makes runs unlike each other, and what was left out. */
  readonly warnings: readonly string[];
  /** Draws of the bootstrap. */
  readonly resamples: number;
}

export interface UnseenSetting {
  readonly domain: string;
  readonly objective: string;
  readonly family: SettingFamily;
  /** What tells it from other settings of this domain and objective; empty where there are none. */
  readonly variant: string;
  /** In the order of `methods`; those without a run here are not in it. */
  readonly cells: readonly Cell[];
  /** Null where fewer than two methods have a score, or two share the highest. */
  readonly test: SignificanceTest | null;
}

export interface ComparedSetting extends UnseenSetting {
  readonly cost: CostComparison;
  /** In the order of `cells`. */
  readonly questions: readonly MethodQuestions[];
  /** Of methods that start from several generators. */
  readonly winners: readonly MethodWinners[];
}
