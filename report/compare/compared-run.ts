import type { Evaluation } from "../../swarm/objectives/evaluation.js";
import type { Objective } from "../../swarm/objectives/objective.js";
import type { WinningCluster } from "../winning-cluster.js";
import type { QuestionMeasures } from "./question-measures.js";
import type { Spent } from "./spent.js";

/** Settings of a config by their place, such as `swarm.space`, as people read them. */
export type Options = Readonly<Record<string, string>>;

/** What a method gave, on questions that its search never saw. */
export interface Measurement {
  /** Null where too few questions were valid. */
  readonly score: number | null;
  /** Graded questions. */
  readonly questions: number;
  /** With all that is known of the questions, of which the run's objective may need a part; undefined exactly where there is no score. */
  readonly evaluation: Evaluation | undefined;
}

/** A finished run, as far as it is compared with others. */
export interface ComparedRun {
  readonly runId: string;
  readonly kind: string;
  /** Which one, of a baseline. */
  readonly baseline: string | undefined;
  readonly seed: number;
  readonly domain: string;
  /** What it is scored on. */
  readonly objective: Objective;
  /** Whether that is a weighted mean of several objectives. */
  readonly isComposite: boolean;
  /** What the config says of what is measured and how: runs in which it is equal share a setting. */
  readonly measured: Options;
  /** What fresh questions were measured under, whatever the objective: where it is equal, they can be scored on each other's objectives. */
  readonly conditions: Options;
  /** Names of the test takers that the search had, in the order of the evaluation. */
  readonly takers: readonly string[];
  /** What was measured of the unseen test takers; empty where there are none. */
  readonly unseenTakers: Options;
  /** All else: how the method works. */
  readonly options: Options;
  /** What the search itself saw; null where no generator ever had a score. */
  readonly searched: number | null;
  readonly search: Measurement;
  /** The same questions, answered by the unseen test takers; null where there are none. */
  readonly unseen: Measurement | null;
  /** What its fresh questions are; null where they have no score. */
  readonly questions: QuestionMeasures | null;
  /** Where the best generator started; null where there are no initial generators to tell. */
  readonly winner: WinningCluster | null;
  readonly spent: Spent;
}
