/** What became of positions that scored above a best, in runs where that is tested on fresh questions. */
import * as format from "../format.js";
import { type Html, html } from "../html.js";
import type { ChallengeResult, RunResult } from "../result.js";
import { renderTable } from "../table.js";

/** Empty where bests were not tested. */
export function testedBestsSentence(result: RunResult): string {
  if (!wereTested(result)) return "";
  const share = (best: ChallengeResult["best"]): string => {
    const challenges = result.iterations.flatMap((iteration) => iteration.challenges ?? []);
    const own = challenges.filter((one) => one.best === best);
    return `${own.filter(({ accepted }) => accepted).length} of ${own.length}`;
  };
  return `A higher score was tested on fresh questions before it became a best: ${share("personal")} were accepted as a particle's own best, ${share("global")} as the swarm's over another particle's.`;
}

/** Every test; empty where there was none. */
export function testedBestsTable(result: RunResult): Html | "" {
  const rows = result.iterations.flatMap(({ iteration, challenges = [] }) =>
    challenges.map(({ best, particle, pValue, accepted }) => [
      String(iteration),
      `particle ${particle}`,
      best === "personal" ? "its own best" : "the swarm's best",
      pValue === null ? "no score on fresh questions" : format.probability(pValue),
      accepted ? "accepted" : "refused",
    ]),
  );
  if (rows.length === 0) return "";
  return html`<details>
    <summary>All tests of higher scores as a table</summary>
    ${renderTable({
      caption: "Positions that scored above a best, tested on fresh questions (one-tailed)",
      columns: ["iteration", "position of", "challenged", "evidence", "outcome"],
      rows,
      numeric: false,
    })}
  </details>`;
}

function wereTested({ iterations }: RunResult): boolean {
  return iterations.some(({ challenges }) => challenges !== undefined);
}
