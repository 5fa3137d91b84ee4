import { describe, expect, it } from "vitest";
import { Counting, progressSchema } from "../../../activities/durability/progress.js";

function clock(): { now: () => number; pass: (seconds: number) => void } {
  let milliseconds = 0;
  return { now: () => milliseconds, pass: (seconds) => void (milliseconds += seconds * 1000) };
}

describe("how far work is", () => {
  it("has no time left to tell before there is a pace", () => {
    const counting = new Counting("fine-tuning", { unit: "step", of: 10, now: clock().now });
    expect(counting.at(0)).toEqual({ doing: "fine-tuning", unit: "step", done: 0, of: 10 });
  });

  it("takes the pace from this try alone: by hand, 4 steps in 8 seconds leave 6 steps and 12 seconds", () => {
    const { now, pass } = clock();
    const counting = new Counting("fine-tuning", { unit: "step", of: 30, now });
    counting.at(20);
    pass(8);
    expect(counting.at(24, { loss: 2.5 })).toMatchObject({ done: 24, of: 30, loss: 2.5, secondsLeft: 12 });
  });

  it("counts parts of a step for the pace and whole steps for people", () => {
    const { now, pass } = clock();
    const counting = new Counting("fine-tuning", { unit: "step", of: 4, now });
    counting.at(0);
    pass(6);
    expect(counting.at(0.5)).toMatchObject({ done: 0, of: 4, secondsLeft: 42 });
  });

  it("is what heartbeats may hold", () => {
    const counting = new Counting("sampling", { unit: "prompt", of: 3 });
    expect(progressSchema.parse(counting.at(1, { tokens: 70 }))).toEqual(counting.at(1, { tokens: 70 }));
    expect(progressSchema.safeParse(undefined).success).toBe(false);
  });
});
