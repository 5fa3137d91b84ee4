import { describe, expect, it } from "vitest";
import type { PendingActivity } from "../../../client/pending-activities.js";
import { describeFailing, newFailingLines } from "../../../client/progress/failing-lines.js";

const NOW = 10_000_000;

function activity(id: string, given: Partial<PendingActivity>): PendingActivity {
  const quiet = { startedAt: null, heartbeat: undefined, heartbeatAt: null, askedAt: null, nextTryAt: null };
  const shown = { activity: "sampleQuestions", attempt: 1, isUnderWay: false, failure: null };
  return { runId: "a", executionId: "x", id, ...shown, ...quiet, ...given };
}

const failure = { type: "StoreError", message: "the store is away", at: NOW - 20_000 };
const waiting = { attempt: 4, askedAt: NOW - 90_000, failure, nextTryAt: NOW + 8000 };

describe("what fails", () => {
  it("is told with its reason, since when it is tried, which try comes, and when", () => {
    expect(describeFailing([activity("1", waiting), activity("2", {})], NOW)).toEqual([
      "sampleQuestions: the store is away · tried since 1:30 · failed 0:20 ago · try 4 in 0:08",
    ]);
  });

  it("is told once where it is the same for many, the earliest and the next of them", () => {
    const many = [
      activity("1", waiting),
      activity("2", { ...waiting, askedAt: NOW - 100_000, nextTryAt: NOW + 3000, attempt: 6 }),
      activity("3", { ...waiting, activity: "judgeAnswers" }),
    ];
    expect(describeFailing(many, NOW)).toEqual([
      "sampleQuestions (2), judgeAnswers: the store is away · tried since 1:40 · failed 0:20 ago · try 6 in 0:03",
    ]);
  });

  it("is told while it is tried again, and while no worker takes it", () => {
    const lines = (given: Partial<PendingActivity>): string =>
      describeFailing([activity("1", { ...waiting, ...given })], NOW).join();
    expect(lines({ isUnderWay: true, nextTryAt: null })).toMatch(/try 4 is under way$/);
    expect(lines({ nextTryAt: NOW - 60_000 })).toMatch(/try 4 waits for a worker$/);
  });

  it("is a line in a log when it begins, when it is another failure, and when it is over", () => {
    const other = { ...waiting, failure: { ...failure, message: "the disk is full" } };
    expect(newFailingLines([], [activity("1", waiting)], NOW)).toEqual([expect.stringMatching(/^failing: .* away/)]);
    expect(newFailingLines([activity("1", waiting)], [activity("1", { ...waiting, attempt: 9 })], NOW)).toEqual([]);
    expect(newFailingLines([activity("1", waiting)], [activity("1", other)], NOW)).toEqual([
      expect.stringMatching(/^failing: .* full/),
      "no longer failing so: sampleQuestions",
    ]);
    expect(newFailingLines([activity("1", waiting)], [], NOW)).toEqual(["no longer failing so: sampleQuestions"]);
  });
});
