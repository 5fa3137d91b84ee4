import { describe, expect, it } from "vitest";
import type { PendingActivity } from "../../../client/pending-activities.js";
import { plainLines } from "../../../client/progress/plain-lines.js";
import { renderStatus } from "../../../client/progress/render-status.js";
import type { RunStatus } from "../../../workflows/messages.js";

const START = Date.UTC(2026, 0, 1);

const searching: RunStatus = {
  phase: "search",
  iteration: 3,
  maxIterations: 8,
  stagnation: 1,
  patience: 5,
  stages: [
    { stage: "update", done: 3, of: 3 },
    { stage: "answer", done: 3, of: 12 },
  ],
  waitingFor: null,
  stopRequested: false,
  objective: "difficult",
  iterations: [
    { iteration: 0, scores: [0.4, 0.5, null], best: 0.5, worst: null },
    { iteration: 1, scores: [0.6, 0.5, 0.3], best: 0.6, worst: null },
    { iteration: 2, scores: [0.55, 0.45, 0.35], best: 0.6, worst: null },
  ],
  bestParticle: 0,
  startedAt: START,
  iterationStartedAt: START + 100_000,
  meanIterationMilliseconds: 30_000,
  usage: { questions: 12_345, tokens: 6_700_000, calls: 10, usd: 0, seconds: {} },
};
const options = { runId: "demo", now: START + 110_000, width: 100, color: false };

describe("a run drawn as a block", () => {
  it("shows how far work is that takes long, below the stages, within the width", () => {
    const heartbeat = { doing: "fine-tuning", unit: "step", done: 12, of: 40, loss: 2.31, secondsLeft: 200 };
    const activity = { runId: "demo", id: "7", activity: "fineTuneGenerator", attempt: 1, failure: null, heartbeat };
    const activities = [{ ...activity, isUnderWay: true, startedAt: START } as unknown as PendingActivity];
    const lines = renderStatus(searching, { ...options, activities }).split("\n");
    expect(lines[3]).toBe("  fine-tuning, step 12 of 40, loss 2.310, about 3:20 left");
    const narrow = renderStatus(searching, { ...options, width: 40, activities }).split("\n");
    expect(Math.max(...narrow.map((line) => line.length))).toBeLessThanOrEqual(40);
  });

  it("shows phase, stages, generators, the best against the start, and when the search ends", () => {
    expect(renderStatus(searching, options)).toMatchInlineSnapshot(`
      "demo · difficult · searching, iteration 3 of 8 · 1 of 5 without a new best · 1:50
        update      ██████████████████████████████ 3/3
        answer      ███████▌░░░░░░░░░░░░░░░░░░░░░░ 3/12

        generator   initial     now  change  trend
        0 ★           0.400   0.550  +0.150  ▃█▇
        1             0.500   0.450  -0.050  ▆▆▅
        2                 –   0.350       –   ▁▂

        best so far 0.600 · initial best 0.500 · +0.100
        12.3 k questions · 6.7 M tokens · search ends in about 2:50"
    `);
  });

  it("is never wider than the terminal", () => {
    for (const width of [40, 46, 60, 79, 120, 200]) {
      const lines = renderStatus(searching, { ...options, width }).split("\n");
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
    }
  });

  it("says what it waits for, and that it stops", () => {
    const drawn = renderStatus({ ...searching, waitingFor: "resume", stopRequested: true }, options);
    expect(drawn).toContain("waiting for: resume");
    expect(drawn).toContain("stops after this iteration");
  });

  it("has the same text in colour", () => {
    const coloured = renderStatus(searching, { ...options, color: true });
    // eslint-disable-next-line no-control-regex
    expect(coloured.replace(/\u001b\[\d+m/g, "")).toBe(renderStatus(searching, options));
    expect(coloured).not.toBe(renderStatus(searching, options));
  });
});

describe("a run as plain lines", () => {
  it("prints each iteration once", () => {
    const earlier = { ...searching, iteration: 2, iterations: searching.iterations.slice(0, 2), stages: [] };
    const lines = plainLines(earlier, { ...searching, stages: [] });
    expect(lines).toEqual([
      "iteration 2 of 8: 0.550 0.450 0.350; best so far 0.600 (initial 0.500)",
      "searching, iteration 3 of 8 (at 1:40)",
    ]);
    expect(plainLines(searching, searching)).toEqual([]);
  });

  it("prints stages when they are done", () => {
    const before = { ...searching, stages: [{ stage: "update", done: 2, of: 3 }] } satisfies RunStatus;
    expect(plainLines(before, searching)).toEqual(["  update: 3 of 3"]);
  });
});
