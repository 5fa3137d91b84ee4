import { describe, expect, it } from "vitest";
import { plainLines } from "../../../client/progress/plain-lines.js";
import { renderStatus } from "../../../client/progress/render-status.js";
import { renderSummary } from "../../../client/progress/summary.js";
import type { RunStatus } from "../../../workflows/messages.js";
import { exampleSearch, searchReport } from "../../report/example-search.js";

const START = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;

/** A hyperparameter search of eight runs, of which some are done, each after two minutes. */
function searching(done: number): RunStatus {
  return {
    phase: "runs",
    iteration: done,
    maxIterations: 8,
    stagnation: 0,
    patience: 0,
    stages: [{ stage: "run", done, of: 8 }],
    waitingFor: null,
    stopRequested: false,
    objective: "difficult",
    iterations: [
      { iteration: 0, scores: [0.4, 0.5], best: 0.5, worst: 0.4 },
      { iteration: 1, scores: [0.64, 0.5], best: 0.64, worst: 0.4 },
    ],
    bestParticle: 0,
    startedAt: START,
    iterationStartedAt: START + done * 2 * MINUTE,
    meanIterationMilliseconds: done === 0 ? null : 2 * MINUTE,
    usage: { questions: 500, tokens: 60_000, calls: 10, usd: 0, seconds: {} },
    runs: exampleSearch.runs.slice(0, done),
  };
}
const options = { runId: "demo", now: START + 7 * MINUTE, width: 100, color: false };

describe("a hyperparameter search drawn as a block", () => {
  it("shows its runs in place of generators, the best one so far marked, and when all are done", () => {
    const lines = renderStatus(searching(3), options).split("\n");
    expect(lines[0]).toContain("3 of 8 runs done");
    expect(lines.filter((line) => line.includes("★"))).toEqual([
      expect.stringMatching(/graphs-nightly-2031-h02 ★ +0\.640 +0\.578/),
    ]);
    expect(lines.join("\n")).not.toContain("generator");
    // Five more of two minutes, less the minute since the last one was done.
    expect(lines.at(-1)).toContain("about 9:00");
  });

  it("is never wider than the terminal", () => {
    for (const width of [40, 60, 79, 120]) {
      const lines = renderStatus(searching(6), { ...options, width }).split("\n");
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
    }
  });
});

describe("a hyperparameter search as lines for logs", () => {
  it("tells of each run once it is done", () => {
    expect(plainLines(searching(1), searching(3))).toEqual([
      expect.stringMatching(/h01: searched 0\.600, fresh 0\.588 after 8 iterations/),
      expect.stringMatching(/h02: searched 0\.640, fresh 0\.578/),
      expect.stringContaining("3 of 8 runs done"),
    ]);
    expect(plainLines(searching(3), searching(3))).toEqual([]);
  });

  it("says what comes of a request to stop", () => {
    const stopping = { ...searching(3), stopRequested: true };
    expect(plainLines(searching(3), stopping)).toEqual([expect.stringContaining("runs under way")]);
  });
});

describe("the summary of a hyperparameter search", () => {
  it("says which run won and how the others did", () => {
    const summary = renderSummary(searchReport.result, { color: false, reportAddress: "report.html" });
    expect(summary).toMatch(/best of 6 runs \(8 were drawn\).*: graphs-nightly-2031-h02 \(φ_v /);
    for (const { runId } of exampleSearch.runs) expect(summary).toContain(`run ${runId}: `);
    expect(summary).toContain("(hopeless)");
  });
});
