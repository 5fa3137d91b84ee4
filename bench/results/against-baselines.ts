/** Each kind of swarm beside the best of the baselines, setting by setting. */
import { median } from "simple-statistics";
import { compareRuns } from "../../report/compare/compare-runs.js";
import type { Comparison, UnseenSetting } from "../../report/compare/comparison.js";
import { settingName } from "../../report/compare/group-settings.js";
import { DATA_SWARMS } from "../../report/compare/method-names.js";
import { decimals, NO_SCORE, NOT_MEASURED, scoredRepeats, signedPercent } from "../../report/compare/numbers.js";
import type { TableCell, TableModel } from "../../report/compare/table-model.js";
import * as format from "../../report/format.js";
import type { FinishedRun } from "./finished-runs.js";
import { COMPARED, SWARMS } from "./variants.js";

const SIGNIFICANT = 0.05;

/** A swarm beside the best baseline of a setting. */
interface Duel {
  readonly setting: string;
  readonly swarm: number | null;
  /** Repeats of the swarm that have a score, of all that it had. */
  readonly scored: { readonly repeats: number; readonly of: number };
  readonly baseline: { readonly method: string; readonly mean: number } | null;
  /** Of the test by which tables have stars; null where the swarm is not ahead. */
  readonly pValue: number | null;
}

interface DuelsOf {
  readonly name: string;
  readonly duels: readonly Duel[];
}

export interface AgainstBaselines {
  /** One for each kind of swarm. */
  readonly sentences: readonly string[];
  readonly table: TableModel;
}

/** One kind of swarm compared with all baselines, and with no other swarm. */
export interface SwarmComparison {
  readonly name: string;
  readonly comparison: Comparison;
}

/** @returns one for each kind of swarm; none where not all of them and a baseline have a run yet */
export function compareSwarms(finished: readonly FinishedRun[]): SwarmComparison[] {
  const baselines = finished.filter(({ method }) => !(method in SWARMS));
  const swarms = Object.entries(COMPARED).map(([variant, name]) => ({
    name,
    runs: finished.filter(({ method }) => method === variant),
  }));
  if (baselines.length === 0 || swarms.some(({ runs }) => runs.length === 0)) return [];
  return swarms.map(({ name, runs }) => ({
    name,
    comparison: compareRuns([...baselines, ...runs].map(({ compared }) => compared)),
  }));
}

/** What comparisons say of the test takers that the searches had, or of the unseen ones. */
export function againstBaselines(
  comparisons: readonly SwarmComparison[],
  options: { readonly id: string; readonly caption: string; readonly pool: "settings" | "unseen" },
): AgainstBaselines {
  const swarms = comparisons.map(({ name, comparison }) => ({
    name,
    duels: comparison[options.pool].flatMap(duelIn),
  }));
  return { sentences: swarms.map(sentence), table: duelTable(swarms, options) };
}

function duelIn({ cells, test, ...setting }: UnseenSetting): Duel[] {
  const swarm = cells.find(({ method }) => method === DATA_SWARMS);
  if (swarm === undefined || cells.length < 2) return [];
  const scored = cells.flatMap(({ method, mean }) =>
    method === DATA_SWARMS || mean === null ? [] : [{ method, mean }],
  );
  const baseline = scored.toSorted((one, other) => other.mean - one.mean)[0] ?? null;
  return [
    {
      setting: `${setting.domain}, ${settingName(setting)}`,
      swarm: swarm.mean,
      scored: { repeats: swarm.repeats.filter(({ score }) => score !== null).length, of: swarm.repeats.length },
      baseline,
      pValue: test?.best === DATA_SWARMS ? test[test.starsBy].pValue : null,
    },
  ];
}

function isAhead({ swarm, baseline }: Duel): boolean {
  return swarm !== null && (baseline === null || swarm > baseline.mean);
}

function gain({ swarm, baseline }: Duel): number | null {
  return swarm === null || baseline === null || baseline.mean <= 0 ? null : swarm / baseline.mean - 1;
}

function sentence({ name, duels }: DuelsOf): string {
  const ahead = duels.filter(isAhead);
  const significant = ahead.filter(({ pValue }) => pValue !== null && pValue < SIGNIFICANT);
  const gains = duels.map(gain).filter((one) => one !== null);
  // Of *novel*, which is near 0, gains are a hundredfold, and a mean would be of them alone.
  const middle = gains.length === 0 ? NOT_MEASURED : signedPercent(median(gains));
  return (
    `${name}: above every baseline in ${ahead.length} of ${duels.length} settings, in ${significant.length} of them at p < 0.05; ` +
    `median gain over the best of them ${middle}.`
  );
}

function duelTable(
  swarms: readonly DuelsOf[],
  { id, caption }: { readonly id: string; readonly caption: string },
): TableModel {
  const settings = swarms[0]?.duels ?? [];
  return {
    id,
    caption,
    columns: ["setting", "best baseline", "score", ...swarms.flatMap(({ name }) => [name, "gain", "p"])],
    rows: settings.map(({ setting, baseline }) => {
      const duels = swarms.map(({ duels }) => duels.find((one) => one.setting === setting));
      const leading = Math.max(baseline?.mean ?? 0, ...duels.map((duel) => duel?.swarm ?? 0));
      const scoreCell = (mean: number | null | undefined): TableCell =>
        mean === undefined || mean === null
          ? { text: mean === null ? NO_SCORE : NOT_MEASURED }
          : { text: decimals(mean), ...(mean === leading ? { rank: "best" } : {}) };
      const swarmCell = (duel: Duel | undefined): TableCell => {
        const unlikeAll = duel === undefined ? undefined : scoredRepeats(duel.scored);
        return { ...scoreCell(duel?.swarm), ...(unlikeAll === undefined ? {} : { detail: `(${unlikeAll})` }) };
      };
      return {
        header: setting,
        cells: [
          { text: baseline?.method ?? NOT_MEASURED },
          scoreCell(baseline?.mean),
          ...duels.flatMap((duel): TableCell[] => {
            const relative = duel === undefined ? null : gain(duel);
            return [
              swarmCell(duel),
              { text: relative === null ? NOT_MEASURED : signedPercent(relative) },
              { text: typeof duel?.pValue === "number" ? format.probability(duel.pValue) : NOT_MEASURED },
            ];
          }),
        ],
      };
    }),
    notes: [
      "Fresh scores, means of the repeats. p: one-tailed, of the swarm against the best baseline where it is ahead; difficult: z-test on all graded answers, else Welch's t-test of the repeats.",
    ],
  };
}
