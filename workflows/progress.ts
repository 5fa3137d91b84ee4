import type { Phase, Stage, StageProgress } from "./messages.js";
import { STAGES } from "./messages.js";

/** Counts, for people who watch, what each stage of the current phase has done. */
export class Progress {
  phase: Phase = "start";
  readonly #counts = new Map<Stage, { done: number; of: number }>();

  /** Begins a phase or an iteration of it: all counts start again. */
  begin(phase: Phase): void {
    this.phase = phase;
    this.#counts.clear();
  }

  /** Announces `count` pieces of work of a stage. */
  expect(stage: Stage, count: number): void {
    const current = this.#counts.get(stage) ?? { done: 0, of: 0 };
    this.#counts.set(stage, { ...current, of: current.of + count });
  }

  /** Counts a piece of work, announced before, when it is done. */
  async track<Result>(stage: Stage, work: Promise<Result>): Promise<Result> {
    const result = await work;
    this.skip(stage);
    return result;
  }

  /** Counts a piece of work that need not be done. */
  skip(stage: Stage, count = 1): void {
    const current = this.#counts.get(stage) ?? { done: 0, of: 0 };
    this.#counts.set(stage, { ...current, done: current.done + count });
  }

  stages(): StageProgress[] {
    return STAGES.flatMap((stage) => {
      const count = this.#counts.get(stage);
      return count === undefined ? [] : [{ stage, ...count }];
    });
  }
}
