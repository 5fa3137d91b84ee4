import type { Evaluation } from "../../swarm/objectives/evaluation.js";
import type { ComparedRun } from "./compared-run.js";

/**
 * The runs' evaluations, those that lack what test takers do on the seed data with that of another run of the same seed: it is of
 * takers and not of generators, and runs of equal conditions and seed ask the same seed questions.
 *
 * @param runs of equal conditions
 */
export function sharedSeedPerformance(runs: readonly ComparedRun[]): Map<ComparedRun, Evaluation> {
  const measured = new Map<number, ReadonlyMap<string, number>>();
  for (const { seed, takers, search } of runs) {
    const { seedPerformance } = search.evaluation ?? {};
    if (seedPerformance === undefined || measured.has(seed)) continue;
    measured.set(seed, new Map(takers.map((name, taker) => [name, seedPerformance[taker] as number])));
  }
  return new Map(
    runs.flatMap((run) => {
      const { evaluation } = run.search;
      if (evaluation === undefined) return [];
      const others = measured.get(run.seed);
      if (evaluation.seedPerformance !== undefined || others === undefined) return [[run, evaluation]];
      return [[run, { ...evaluation, seedPerformance: run.takers.map((name) => others.get(name) as number) }]];
    }),
  );
}
