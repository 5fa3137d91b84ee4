/** What can be asked of, and told to, a running swarm. */
import { defineQuery, defineSignal } from "@temporalio/workflow";
import type { TakerIteration } from "../report/adversarial-result.js";
import type { SearchedRun } from "../report/hyperparameter-search.js";
import type { IterationResult, Usage } from "../report/result.js";

/** Hold at the next stage boundary until resumed. */
export const pauseSignal = defineSignal("pause");
export const resumeSignal = defineSignal("resume");
/** Finish this iteration, measure, report, and end as completed. */
export const stopSignal = defineSignal("stop");

export const statusQuery = defineQuery<RunStatus>("status");

export const STAGES = [
  "open",
  "run",
  "cluster",
  "fine-tune",
  "update",
  "sample",
  "answer",
  "judge",
  "score",
  "checkpoint",
  "report",
] as const;
export type Stage = (typeof STAGES)[number];

/** How far one stage of the current phase is, in activities. */
export interface StageProgress {
  readonly stage: Stage;
  readonly done: number;
  readonly of: number;
}

export type Phase = "start" | "runs" | "search" | "measure" | "compare" | "finish";

/** A snapshot for people who watch; every number in it is also in the checkpoint or in the result. */
export interface RunStatus {
  readonly phase: Phase;
  /** Of a baseline: which one. */
  readonly method?: string | undefined;
  /** Of a hyperparameter search: how many runs are done, of how many. */
  readonly iteration: number;
  readonly maxIterations: number;
  /** Iterations without a new global best, and how many end the search. */
  readonly stagnation: number;
  readonly patience: number;
  readonly stages: readonly StageProgress[];
  /** What the run is waiting for, in words; null while it works. */
  readonly waitingFor: string | null;
  readonly stopRequested: boolean;
  readonly objective: string;
  readonly iterations: readonly IterationResult[];
  /** Particle that holds the global best. */
  readonly bestParticle: number | null;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly iterationStartedAt: number;
  /** Mean milliseconds of the iterations since the initial swarm. */
  readonly meanIterationMilliseconds: number | null;
  readonly usage: Usage;
  /** Of a search that moves its test takers too. */
  readonly takers?: MovingTakers | undefined;
  /** Of a hyperparameter search: its runs that are done. The iterations are those of the best of them. */
  readonly runs?: readonly SearchedRun[] | undefined;
}

export interface MovingTakers {
  readonly names: readonly string[];
  readonly iterations: readonly TakerIteration[];
  /** Number of the taker that holds the global best of theirs. */
  readonly best: number | null;
}
