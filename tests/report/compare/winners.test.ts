import { describe, expect, it } from "vitest";
import { compareRuns } from "../../../report/compare/compare-runs.js";
import { winnersTable, winnerSentences } from "../../../report/compare/winners-table.js";
import { type ExampleRun, exampleRun } from "./example-runs.js";

const started = (searchedRank: number | null, freshRank: number | null) => ({
  particle: 2,
  generators: 4,
  searchedRank,
  freshRank,
});
const settingsOf = (examples: readonly ExampleRun[]) =>
  compareRuns(examples.map(exampleRun), { resamples: 50 }).settings;

const SETTINGS = settingsOf([
  { runId: "s1", seed: 1, wrong: [8, 8], winner: started(1, 2) },
  { runId: "s2", seed: 2, wrong: [8, 8], winner: started(3, 1) },
  { runId: "s3", seed: 3, wrong: [8, 8], winner: started(4, 4) },
  { runId: "s4", seed: 4, wrong: [8, 8], winner: started(3, null) },
  { runId: "b1", seed: 1, wrong: [8, 8], baseline: "model-soup" },
  { runId: "l1", seed: 1, domain: "lists", wrong: [8, 8], winner: { ...started(2, 2), generators: 2 } },
]);

describe("where the winners started", () => {
  it("counts places by searched and by fresh score, of the runs that tell them", () => {
    const [graphs] = SETTINGS;
    expect(graphs!.winners).toEqual([
      {
        method: "Data Swarms",
        runs: 4,
        generators: 4,
        searched: { places: [1, 0, 2, 1], notFirst: 0.75 },
        fresh: { places: [1, 1, 0, 1], notFirst: 2 / 3 },
      },
    ]);
  });

  it("has a row a setting and method, with a column for every place", () => {
    const { columns, rows, notes } = winnersTable({ id: "w", caption: "w", settings: SETTINGS });
    expect(columns).toEqual(["setting", "runs", "1st", "2nd", "3rd", "4th", "not first"]);
    const written = rows.map(({ header, cells }) => [
      header,
      ...cells.map(({ text, detail }) => [text, detail].filter((part) => part !== undefined).join(" ")),
    ]);
    expect(written).toEqual([
      ["graphs, difficult", "4", "1 (1)", "0 (1)", "2 (0)", "1 (1)", "75.0\u00a0% (66.7\u00a0%)"],
      ["lists, difficult", "1", "0 (0)", "1 (1)", "–", "–", "100.0\u00a0% (100.0\u00a0%)"],
    ]);
    // Three of four places are not the first.
    expect(notes.join(" ")).toContain("75.0\u00a0% of the winners of 4 generators");
    expect(winnerSentences(SETTINGS)).toEqual([expect.stringContaining("In 4 of 5 runs the winner came from")]);
  });

  it("says nothing where no run tells", () => {
    const settings = settingsOf([
      { runId: "a", wrong: [8, 8], baseline: "model-soup" },
      { runId: "b", wrong: [8, 8], winner: { ...started(1, 1), generators: 1 } },
    ]);
    expect(settings[0]!.winners).toEqual([]);
    expect(winnersTable({ id: "w", caption: "w", settings }).rows).toEqual([]);
    expect(winnerSentences(settings)).toEqual([]);
  });
});
