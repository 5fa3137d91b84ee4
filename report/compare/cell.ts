import type { Evaluation } from "../../swarm/objectives/evaluation.js";
import { RandomStream } from "../../swarm/random.js";
import { type Repeat, repeatsInterval, resampleRepeat } from "../../swarm/statistics/repeats.js";
import { summarise } from "../../swarm/statistics/summary.js";
import type { ComparedRun, Measurement } from "./compared-run.js";

export interface CellOptions {
  /** Draws of the bootstrap. */
  readonly resamples: number;
  /** Whose answers are looked at; null where the run has no such takers. */
  readonly measurementOf: (run: ComparedRun) => Measurement | null;
  /** What the search itself saw of it; null where that is of other test takers. */
  readonly searchedOf: (run: ComparedRun) => number | null;
}

/** What one method gave in one setting. */
export interface Cell {
  readonly method: string;
  /** One a repeat, in the order of seeds; a null score is no score. */
  readonly repeats: readonly {
    readonly runId: string;
    readonly seed: number;
    readonly score: number | null;
    readonly searched: number | null;
    readonly questions: number;
  }[];
  /** Over the repeats that have a score; null where none has. */
  readonly mean: number | null;
  /** The sample's; null below two scores. */
  readonly standardDeviation: number | null;
  /** 95 % bootstrap interval of the mean, over repeats and questions. */
  readonly interval: { readonly low: number; readonly high: number } | null;
  /** Searched and fresh score of the repeats that have both, and by how much the searched one is higher. */
  readonly flattery: {
    readonly searched: number;
    readonly fresh: number;
    readonly gap: number;
    readonly standardDeviation: number | null;
  } | null;
}

/** A cell with what its tests need. */
export interface MeasuredCell {
  readonly cell: Cell;
  readonly scored: readonly ScoredRepeat[];
}

export interface ScoredRepeat extends Repeat {
  /** `performance[taker][question]`; see `Evaluation`. */
  readonly performance: readonly (readonly number[])[];
}

export function measureCell(method: string, runs: readonly ComparedRun[], options: CellOptions): MeasuredCell {
  const repeats = runs.flatMap((run) => {
    const measurement = options.measurementOf(run);
    return measurement === null ? [] : [{ run, measurement, searched: options.searchedOf(run) }];
  });
  const scored = repeats.flatMap(({ run, measurement }) => scoreRepeat(run, measurement, options.resamples));
  const summary = scored.length === 0 ? null : summarise(scored.map(({ score }) => score));
  const random = new RandomStream({
    seed: 0,
    purpose: `compare ${method} ${repeats.map(({ run }) => run.runId).join(" ")}`,
  });
  return {
    scored,
    cell: {
      method,
      repeats: repeats.map(({ run: { runId, seed }, measurement: { score, questions }, searched }) => ({
        runId,
        seed,
        score,
        searched,
        questions,
      })),
      mean: summary?.mean ?? null,
      standardDeviation: summary?.standardDeviation ?? null,
      interval: scored.length === 0 ? null : repeatsInterval(scored, { random }),
      flattery: flatteryOf(repeats.map(({ searched, measurement: { score } }) => ({ searched, fresh: score }))),
    },
  };
}

/** Drawing again is nearly all the time of a comparison, and a run may be compared more than once. */
const scoredRepeats = new WeakMap<Measurement, { readonly run: ComparedRun; readonly repeat: ScoredRepeat }>();

function scoreRepeat(run: ComparedRun, measurement: Measurement, resamples: number): ScoredRepeat[] {
  const { evaluation } = measurement;
  if (evaluation === undefined) return [];
  const known = scoredRepeats.get(measurement);
  if (known?.run === run && known.repeat.resampled.length === resamples) return [known.repeat];
  const repeat = resampleScored(run, evaluation, resamples);
  scoredRepeats.set(measurement, { run, repeat });
  return [repeat];
}

/** Every run draws from a stream of its own, so that equal seeds bind no two runs together. */
function resampleScored({ runId, objective }: ComparedRun, evaluation: Evaluation, resamples: number): ScoredRepeat {
  const random = new RandomStream({ seed: 0, purpose: `compare questions of ${runId}` });
  const repeat = resampleRepeat(evaluation, { objective, random, resamples });
  return { ...repeat, performance: evaluation.performance };
}

function flatteryOf(
  pairs: readonly { readonly searched: number | null; readonly fresh: number | null }[],
): Cell["flattery"] {
  const both = pairs.flatMap(({ searched, fresh }) =>
    searched === null || fresh === null ? [] : [{ searched, fresh }],
  );
  if (both.length === 0) return null;
  const { mean: gap, standardDeviation } = summarise(both.map(({ searched, fresh }) => searched - fresh));
  return {
    searched: summarise(both.map(({ searched }) => searched)).mean,
    fresh: summarise(both.map(({ fresh }) => fresh)).mean,
    gap,
    standardDeviation,
  };
}
