/** How questions that were optimised for one objective score on the others. */
import { canonicalJson } from "../../config/canonical-json.js";
import type { Evaluation } from "../../swarm/objectives/evaluation.js";
import { summarise } from "../../swarm/statistics/summary.js";
import type { ComparedRun } from "./compared-run.js";
import { distinctRepeats } from "./distinct-repeats.js";
import { groupBy } from "./group-by.js";
import type { Method } from "./group-methods.js";
import type { Setting } from "./group-settings.js";
import { describeOptions, differingPlaces } from "./options.js";
import { scoreOn } from "./score-on.js";
import { sharedSeedPerformance } from "./seed-performance.js";
import { type Column, columnsOf, optimisedRows, referenceRows, type Row } from "./transfer-grid.js";

/** Runs of one domain whose questions were measured alike, so that they can be scored on each other's objectives. */
export interface Transfer {
  readonly domain: string;
  /** What tells it from other runs of the domain; empty where there are none. */
  readonly variant: string;
  /** Columns: those on which something optimised could be scored. A weighted mean is none, since its parts are. */
  readonly objectives: readonly string[];
  /** Initial generators first, where they were measured as a method. */
  readonly rows: readonly TransferRow[];
}

export interface TransferRow {
  readonly method: string;
  /** Null of what no objective guided. */
  readonly optimisedFor: string | null;
  /** Those that could be scored, in the order of `objectives`. */
  readonly cells: readonly TransferCell[];
}

export interface TransferCell {
  readonly objective: string;
  /** Whether the row was optimised for it. */
  readonly own: boolean;
  readonly mean: number;
  /** The sample's; null below two repeats. */
  readonly standardDeviation: number | null;
  /** Repeats that could be scored, and all of them. */
  readonly repeats: number;
  readonly of: number;
}

export function compareTransfer(grid: {
  readonly settings: readonly Setting[];
  readonly methods: readonly Method[];
}): Transfer[] {
  const runs = grid.settings.flatMap((setting) => setting.runs);
  const domains = groupBy(runs, ({ domain }) => domain);
  return [...domains].flatMap(([domain, ofDomain]) => {
    const places = differingPlaces(ofDomain.map(({ conditions }) => conditions));
    const alike = groupBy(ofDomain, ({ conditions }) => canonicalJson(conditions));
    return [...alike.values()].flatMap((block) => {
      const variant = describeOptions(block[0]!.conditions, places);
      const { objectives, rows } = compareBlock(grid, block);
      return rows.some(({ optimisedFor }) => optimisedFor !== null) ? [{ domain, variant, objectives, rows }] : [];
    });
  });
}

function compareBlock(
  grid: { readonly settings: readonly Setting[]; readonly methods: readonly Method[] },
  block: readonly ComparedRun[],
): Pick<Transfer, "objectives" | "rows"> {
  const inBlock = new Set(block);
  const settings = grid.settings
    .map((setting) => ({ ...setting, runs: setting.runs.filter((run) => inBlock.has(run)) }))
    .filter(({ runs }) => runs.length > 0);
  const evaluations = sharedSeedPerformance(block);
  const columns = columnsOf(settings);
  const rows = [...referenceRows(grid.methods, inBlock), ...optimisedRows(grid.methods, settings)]
    .map((row) => ({ ...row, cells: columns.flatMap((column) => scoreCell(row, column, evaluations) ?? []) }))
    .filter(({ cells }) => cells.length > 0);
  const scored = new Set(
    rows.flatMap(({ optimisedFor, cells }) => (optimisedFor === null ? [] : cells.map(({ objective }) => objective))),
  );
  return {
    objectives: columns.map(({ name }) => name).filter((name) => scored.has(name)),
    rows: rows.map(({ method, optimisedFor, cells }) => ({
      method,
      optimisedFor,
      cells: cells.filter(({ objective }) => scored.has(objective)),
    })),
  };
}

/** Undefined where no repeat can be scored on the column's objective. */
function scoreCell(
  { optimisedFor, runs }: Row,
  { name, objective, ownRuns }: Column,
  evaluations: ReadonlyMap<ComparedRun, Evaluation>,
): TransferCell | undefined {
  const measuredOnIt = runs.filter((run) => ownRuns.has(run));
  // No objective guides the reference, so its runs of equal seeds are one experiment, however many objectives they were measured on.
  const repeats = optimisedFor === null ? distinctRepeats(measuredOnIt.length > 0 ? measuredOnIt : runs).repeats : runs;
  const scores = repeats.flatMap((run) => {
    const evaluation = evaluations.get(run);
    return evaluation === undefined ? [] : (scoreOn(objective, evaluation) ?? []);
  });
  if (scores.length === 0) return undefined;
  const { mean, standardDeviation } = summarise(scores);
  return {
    objective: name,
    own: optimisedFor !== null && measuredOnIt.length > 0,
    mean,
    standardDeviation,
    repeats: scores.length,
    of: repeats.length,
  };
}
