import { describe, expect, it } from "vitest";
import type { BaselinePlan } from "../../../activities/open-baseline.js";
import { afterStep, withRound } from "../../../workflows/baselines/after-step.js";
import type { BaselineSearch, Step } from "../../../workflows/baselines/method.js";
import { NO_USAGE } from "../../../workflows/usage.js";

const START: BaselineSearch = {
  plan: {} as BaselinePlan,
  round: 0,
  held: null,
  material: { sets: [], kept: null },
  iterations: [],
  usage: NO_USAGE,
  startedFrom: 0,
  iterationMilliseconds: 0,
};

function step(score: number | null): Step {
  const writer = { kind: "model", adapter: null, examples: `set with ${score}` } as const;
  return {
    outcome: score === null ? null : { writer, score },
    material: { sets: [], kept: `kept with ${score}` },
    usage: { ...NO_USAGE, questions: 5 },
  };
}

const after = (...scores: (number | null)[]): BaselineSearch =>
  scores.reduce((search, score, round) => afterStep(search, round, step(score)), START);

describe("a baseline's search after a step", () => {
  it("holds what had the highest score, of equals the earlier", () => {
    expect(after(0.2, 0.5, 0.5, 0.1).held).toMatchObject({
      score: 0.5,
      round: 1,
      writer: { examples: "set with 0.5" },
    });
  });

  it("goes on from the latest step, and adds up what all of them cost", () => {
    expect(after(0.2, 0.5, 0.1)).toMatchObject({
      round: 2,
      material: { kept: "kept with 0.1" },
      usage: { questions: 15 },
    });
  });

  it("holds nothing as long as nothing had a score", () => {
    expect(after(null, null).held).toBeNull();
    expect(after(null, 0.1).held).toMatchObject({ round: 1 });
  });

  it("tells every round with the best and the worst so far; no score is worse than any", () => {
    expect(after(0.3, 0.5, 0.2, null, 0.4).iterations).toEqual([
      { iteration: 0, scores: [0.3], best: 0.3, worst: 0.3 },
      { iteration: 1, scores: [0.5], best: 0.5, worst: 0.3 },
      { iteration: 2, scores: [0.2], best: 0.5, worst: 0.2 },
      { iteration: 3, scores: [null], best: 0.5, worst: null },
      { iteration: 4, scores: [0.4], best: 0.5, worst: null },
    ]);
    expect(withRound([], 1, null)).toEqual([{ iteration: 1, scores: [null], best: null, worst: null }]);
    expect(withRound(withRound([], 1, null), 2, 0.1)[1]).toMatchObject({ best: 0.1, worst: null });
  });
});
