import * as format from "../format.js";
import { headlineOf } from "../headline.js";
import type { Html } from "../html.js";
import type { ReportData } from "../report-data.js";
import type { FreshScore } from "../result.js";
import { renderTable } from "../table.js";
import { wilsonInterval } from "../wilson-interval.js";
import { FRESH_COLUMNS, freshCells } from "./fresh-cells.js";

/** Every measured generator's fresh score, valid and novel rate, each with its 95 % interval. */
export function freshScoreTable(data: ReportData): Html {
  const { result } = data;
  const { strongest } = headlineOf(result);
  const rows = [
    ...(result.best === null ? [] : [row(data, "best", result.best.fresh)]),
    ...result.initial.map(({ particle, fresh }) =>
      row(data, `initial-${particle}`, fresh, particle === strongest?.particle),
    ),
  ];
  return renderTable({
    caption: "Measured on fresh questions, with 95 % intervals",
    columns: [...FRESH_COLUMNS, "valid rate", "interval", "novel rate", "interval"],
    rows,
  });
}

function row({ generators }: ReportData, label: string, fresh: FreshScore, strongest = false): (string | Html)[] {
  const sampled = generators.find((generator) => generator.label === label)?.sampled;
  return [
    ...freshCells(label, fresh, strongest),
    ...(sampled === undefined
      ? ["–", "–", "–", "–"]
      : [...rate(sampled.validRate, sampled.drawn), ...rate(sampled.novelRate, sampled.drawn - sampled.invalid)]),
  ];
}

function rate(share: number, trials: number): [string, string] {
  const interval = wilsonInterval(share, trials);
  return [
    format.percent(share),
    interval === null ? "–" : `${format.percent(interval.low)} to ${format.percent(interval.high)}`,
  ];
}
