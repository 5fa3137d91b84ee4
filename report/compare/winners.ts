import type { ComparedRun } from "./compared-run.js";

/** Where the winners of a method's runs started in one setting. */
export interface MethodWinners {
  readonly method: string;
  /** Runs that have a winner. */
  readonly runs: number;
  /** The most that a run had to start with. */
  readonly generators: number;
  /** Places by what the search saw in iteration 0. */
  readonly searched: StartingPlaces;
  /** Places by scores on fresh questions, which chance flatters less. */
  readonly fresh: StartingPlaces;
}

export interface StartingPlaces {
  /** How many winners' initial generators were first, second and so on. */
  readonly places: readonly number[];
  /** Share of them that were not first; null where no place is known. */
  readonly notFirst: number | null;
}

/** Undefined where no run started from two generators or more. */
export function countWinners(method: string, runs: readonly ComparedRun[]): MethodWinners | undefined {
  const winners = runs.flatMap(({ winner }) => (winner === null || winner.generators < 2 ? [] : [winner]));
  if (winners.length === 0) return undefined;
  const generators = Math.max(...winners.map((winner) => winner.generators));
  return {
    method,
    runs: winners.length,
    generators,
    searched: countPlaces(
      winners.map(({ searchedRank }) => searchedRank),
      generators,
    ),
    fresh: countPlaces(
      winners.map(({ freshRank }) => freshRank),
      generators,
    ),
  };
}

function countPlaces(ranks: readonly (number | null)[], generators: number): StartingPlaces {
  const known = ranks.filter((rank) => rank !== null);
  const places = Array.from({ length: generators }, (_, place) => known.filter((rank) => rank === place + 1).length);
  return { places, notFirst: known.length === 0 ? null : known.filter((rank) => rank > 1).length / known.length };
}
