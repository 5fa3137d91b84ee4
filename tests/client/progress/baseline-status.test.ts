import { describe, expect, it } from "vitest";
import { plainLines } from "../../../client/progress/plain-lines.js";
import { renderStatus } from "../../../client/progress/render-status.js";
import type { RunStatus } from "../../../workflows/messages.js";

const START = Date.UTC(2026, 0, 1);

const searching: RunStatus = {
  phase: "search",
  method: "autobencher",
  iteration: 3,
  maxIterations: 10,
  stagnation: 0,
  patience: 0,
  stages: [{ stage: "answer", done: 1, of: 4 }],
  waitingFor: null,
  stopRequested: true,
  objective: "difficult",
  iterations: [
    { iteration: 1, scores: [0.4], best: 0.4, worst: 0.4 },
    { iteration: 2, scores: [null], best: 0.4, worst: null },
  ],
  bestParticle: null,
  startedAt: START,
  iterationStartedAt: START + 60_000,
  meanIterationMilliseconds: 30_000,
  usage: { questions: 40, tokens: 5000, calls: 10, usd: 0, seconds: {} },
};

describe("a baseline under way", () => {
  it("is drawn with its method and its rounds", () => {
    const options = { runId: "demo", now: START + 70_000, width: 100, color: false };
    expect(renderStatus(searching, options)).toMatchInlineSnapshot(`
      "demo · autobencher · difficult · searching, round 3 of 10 · 1:10
        stops after this round
        answer      ███████▌░░░░░░░░░░░░░░░░░░░░░░ 1/4

        after         score
        round 1       0.400
        round 2           –

        best so far 0.400 · first 0.400 · +0.000
        40 questions · 5.0 k tokens · search ends in about 3:50"
    `);
  });

  it("is told in lines, a round each", () => {
    const before = { ...searching, iterations: searching.iterations.slice(0, 1), stopRequested: false };
    expect(plainLines(before, searching)).toEqual(["round 2 of 10: –; best so far 0.400", "stops after this round"]);
  });

  it("prepares what its method needs, which need not be generators", () => {
    const lines = plainLines(undefined, {
      ...searching,
      phase: "start",
      iterations: [],
      stages: [],
      stopRequested: false,
    });
    expect(lines).toEqual(["preparing"]);
  });
});
