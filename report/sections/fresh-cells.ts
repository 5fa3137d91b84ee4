import * as format from "../format.js";
import { generatorName } from "../generator-name.js";
import { type Html, html } from "../html.js";
import type { FreshScore } from "../result.js";

/** Headings of {@link freshCells}. */
export const FRESH_COLUMNS = ["generator", "score", "interval", "questions"] as const;

/** How tables show a measured generator and its fresh score. */
export function freshCells(label: string, fresh: FreshScore, strongest: boolean): (string | Html)[] {
  const name = generatorName(label);
  return [
    strongest ? html`${name} <small>strongest</small>` : label === "best" ? html`<strong>${name}</strong>` : name,
    format.score(fresh.score),
    format.interval(fresh.low, fresh.high),
    format.count(fresh.questions),
  ];
}
