import { describe, expect, it } from "vitest";
import type { WorkProgress } from "../../../activities/durability/progress.js";
import type { PendingActivity } from "../../../client/pending-activities.js";
import { describeWork, WorkLines } from "../../../client/progress/work-lines.js";
import { type WorkUnderWay, workUnderWay } from "../../../client/work-under-way.js";

const STEP: WorkProgress = { doing: "fine-tuning", unit: "step", done: 12, of: 40, loss: 2.31, secondsLeft: 200 };

function work(progress: WorkProgress, startedAt = 0): WorkUnderWay {
  return { id: "run 1", runId: "run", activity: "fineTuneGenerator", attempt: 1, startedAt, progress };
}

describe("work that takes long", () => {
  it("is told as step n of m, with loss and the time that is left", () => {
    expect(describeWork(work(STEP))).toBe("fine-tuning, step 12 of 40, loss 2.310, about 3:20 left");
    expect(describeWork(work({ doing: "sampling", unit: "prompt", done: 0, of: 9, tokens: 1500 }))).toBe(
      "sampling, prompt 0 of 9, 1.5 k tokens written",
    );
    expect(describeWork(work({ doing: "loading the model's train graph" }))).toBe("loading the model's train graph");
  });

  it("is said in a log after ten seconds, then every half minute where it is news", () => {
    const lines = new WorkLines();
    const at = (seconds: number, done: number): string[] => lines.next([work({ ...STEP, done })], seconds * 1000);
    expect(at(9, 1)).toEqual([]);
    expect(at(10, 2)).toHaveLength(1);
    expect(at(39, 3)).toEqual([]);
    expect(at(40, 3)).toHaveLength(1);
    expect(at(80, 3)).toEqual([]);
  });

  it("is of activities that a worker is at and has told of", () => {
    const pending = {
      runId: "run",
      id: "1",
      activity: "sampleQuestions",
      attempt: 2,
      isUnderWay: true,
      startedAt: 5,
      heartbeat: STEP,
    } as PendingActivity;
    const others = [
      { ...pending, isUnderWay: false },
      { ...pending, heartbeat: undefined },
      { ...pending, heartbeat: { cursor: 3 } },
    ];
    expect(workUnderWay([pending, ...others])).toEqual([
      { id: "run 1", runId: "run", activity: "sampleQuestions", attempt: 2, startedAt: 5, progress: STEP },
    ]);
  });
});
