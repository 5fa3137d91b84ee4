/** Where the winner of a search started: "diamond in the rough" is what Model Swarms calls one that did not start first. */
import type { RunResult } from "./result.js";

export interface WinningCluster {
  /** Of the best generator; particle i starts as the generator that was fine-tuned on cluster i, and one more as the base model where it is included. */
  readonly particle: number;
  /** How many generators there were to start with. */
  readonly generators: number;
  /** Place of its initial generator by the scores that the search saw in iteration 0, from 1; null where none had a score. */
  readonly searchedRank: number | null;
  /** The same by the initial generators' scores on fresh questions. */
  readonly freshRank: number | null;
}

type Searched = Pick<RunResult, "best" | "initial" | "iterations">;

/** Null where there is no best generator, or nothing says how the initial ones did. */
export function winningCluster({ best, initial, iterations }: Searched): WinningCluster | null {
  const searched = iterations.find(({ iteration }) => iteration === 0)?.scores ?? [];
  const fresh = initial.toSorted((one, other) => one.particle - other.particle).map((one) => one.fresh.score);
  const generators = Math.max(searched.length, fresh.length);
  if (best === null || best.particle >= generators) return null;
  const { particle } = best;
  return { particle, generators, searchedRank: rankOf(particle, searched), freshRank: rankOf(particle, fresh) };
}

/** Equals share the better place, and what has no score comes after all that have one. */
function rankOf(particle: number, scores: readonly (number | null)[]): number | null {
  if (particle >= scores.length || scores.every((score) => score === null)) return null;
  const own = scores[particle] ?? -Infinity;
  return 1 + scores.filter((score) => score !== null && score > own).length;
}

/** `It came from cluster 2, whose initial generator was third of four ...`, of the best generator; undefined where that says nothing. */
export function clusterSentence(result: Searched): string | undefined {
  const winner = winningCluster(result);
  if (winner === null || winner.generators < 2) return undefined;
  const { particle, generators, searchedRank, freshRank } = winner;
  const places = [
    { rank: searchedRank, by: "searched" },
    { rank: freshRank, by: "fresh" },
  ].flatMap(({ rank, by }) => (rank === null ? [] : [{ place: ordinal(rank), by }]));
  const [first, second] = places;
  if (first === undefined) return undefined;
  const all = `${first.place} of ${CARDINALS[generators] ?? generators} by its ${first.by}`;
  const both =
    second === undefined
      ? `${all} score`
      : second.place === first.place
        ? `${all} and its ${second.by} score`
        : `${all} score and ${second.place} by its ${second.by} score`;
  return result.best?.startedAsBase === true
    ? `It came from the base model, which was ${both}.`
    : `It came from cluster ${particle}, whose initial generator was ${both}.`;
}

const CARDINALS: readonly string[] = "none one two three four five six seven eight nine ten".split(" ");
const ORDINALS: readonly string[] = "none first second third fourth fifth sixth seventh eighth ninth tenth".split(" ");

function ordinal(rank: number): string {
  return ORDINALS[rank] ?? `number ${rank}`;
}
