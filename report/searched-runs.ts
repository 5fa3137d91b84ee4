/** The runs of a hyperparameter search in words. */
import type { Coefficients } from "../swarm/parameter-grid.js";
import { firstBest } from "../swarm/ranking.js";
import * as format from "./format.js";
import type { HyperparameterSearch, SearchedRun } from "./hyperparameter-search.js";

/** What the paper calls the coefficients, in the order of tables. */
export const SYMBOLS: Readonly<Record<keyof Coefficients, string>> = {
  inertia: "φ_v",
  cognitive: "φ_p",
  social: "φ_g",
  repel: "φ_w",
  stepLength: "λ",
};

export const COEFFICIENTS = Object.keys(SYMBOLS) as (keyof Coefficients)[];

/** `h03` of `example-h03`. */
export function shortName(runId: string): string {
  return runId.slice(runId.lastIndexOf("-") + 1);
}

/** `φ_v 0.2, φ_p 0.4, ...`. */
export function describeCoefficients(coefficients: Coefficients): string {
  return COEFFICIENTS.map((name) => `${SYMBOLS[name]} ${coefficients[name]}`).join(", ");
}

/** Which run won and by what, in one sentence. */
export function winnerSentence({ runs, winner }: HyperparameterSearch): string {
  const won = runs.find(({ runId }) => runId === winner) as SearchedRun;
  const of = `of ${runs.length} run${runs.length === 1 ? "" : "s"} with hyperparameters drawn at random`;
  return `This is run ${winner} (${describeCoefficients(won.coefficients)}), which has the highest searched score ${of}: ${format.score(won.searched)}.`;
}

const ENDS: Readonly<Record<HyperparameterSearch["stoppedBecause"], string>> = {
  "all-runs": "",
  "stop-requested": " because someone asked the search to stop",
  budget: " because the budget was spent",
};

/** What a reader must know to judge the choice. */
export function searchSentences(search: HyperparameterSearch): string[] {
  const { runs, drawn, stoppedBecause } = search;
  const freshBest = firstBest(runs, ({ fresh }) => fresh?.score ?? null);
  const hopeless = runs.filter((run) => run.stoppedBecause === "hopeless").length;
  return [
    winnerSentence(search),
    "It is chosen by that score alone. Fresh questions have no part in the choice, so its fresh score flatters it no more than a single run's would.",
    ...(freshBest === undefined || freshBest.runId === search.winner
      ? []
      : [
          `The highest fresh score of all runs is that of ${shortName(freshBest.runId)}, ${format.score(freshBest.fresh?.score ?? null)}; to choose by it would be to flatter oneself.`,
        ]),
    ...(hopeless === 0
      ? []
      : [
          `${format.count(hopeless)} of the runs ended early, since their best stayed below the median of the runs before them.`,
        ]),
    ...(runs.length === drawn ? [] : [`Only ${runs.length} of ${drawn} runs were started${ENDS[stoppedBecause]}.`]),
  ];
}
