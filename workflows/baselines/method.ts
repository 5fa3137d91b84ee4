import type { BaselinePlan } from "../../activities/open-baseline.js";
import type { Writer } from "../../activities/sampling/writer.js";
import type { Usage } from "../../report/result.js";
import type { StageContext } from "../evaluate.js";
import type { DurableState } from "../search-state.js";

/** Who would write if the method ended now. */
export interface Held {
  readonly writer: Writer;
  /** What the search saw; null where nothing was selected, so that the fresh measurement is the only one. */
  readonly score: number | null;
  /** The round that gave it. */
  readonly round: number;
}

export interface ScoredSet {
  /** Folder of the questions with their grades. */
  readonly folder: string;
  readonly score: number;
}

/** What a search goes on from. */
export interface Material {
  /** Question sets that had a score, in the order of their rounds. */
  readonly sets: readonly ScoredSet[];
  /** Folder of the questions that the latest step kept; null before there are any. */
  readonly kept: string | null;
}

/** What a baseline carries from one execution to the next. */
export interface BaselineSearch extends DurableState {
  readonly plan: BaselinePlan;
  /** The last one that is done. */
  readonly round: number;
  /** Of the round with the highest score so far; null where none has one. */
  readonly held: Held | null;
  readonly material: Material;
}

/** One step of a search. */
export interface Step {
  /** Null where too few of the questions were valid: then all stays as it was. */
  readonly outcome: { readonly writer: Writer; readonly score: number } | null;
  readonly material: Material;
  readonly usage: Usage;
}

type Stage = StageContext<BaselinePlan>;

/** A method that learns nothing from grades. */
export interface FixedMethod {
  readonly make: (stage: Stage) => Promise<{
    readonly writer: Writer;
    /** Under which number its adapter and its score are filed. */
    readonly round: number;
    readonly usage: Usage;
  }>;
}

/** A method that searches, round by round. */
export interface SearchMethod {
  /** Round 0, where there is something before the first. */
  readonly begin?: (stage: Stage) => Promise<Step>;
  readonly search: (stage: Stage, material: Material, round: number) => Promise<Step>;
}

export type BaselineMethod = FixedMethod | SearchMethod;
