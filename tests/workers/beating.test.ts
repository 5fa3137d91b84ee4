import { MockActivityEnvironment } from "@temporalio/testing";
import { afterEach, describe, expect, it, vi } from "vitest";
import { progressTeller } from "../../activities/durability/progress.js";
import { Beating } from "../../workers/beating.js";

describe("an activity of a worker", () => {
  afterEach(() => vi.useRealTimers());

  it("beats for as long as it goes on, however long one step takes, and repeats what it told last", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const environment = new MockActivityEnvironment();
    const beats: unknown[] = [];
    environment.on("heartbeat", (details) => beats.push(details));
    const told = { doing: "fine-tuning", unit: "step", done: 1, of: 3 };
    const activity = (): Promise<string> => {
      vi.advanceTimersByTime(5000);
      progressTeller()(told);
      vi.advanceTimersByTime(10_000);
      return Promise.resolve("done");
    };
    const execute = () => new Beating().execute({ args: [], headers: {} }, activity);
    expect(await environment.run(execute)).toBe("done");
    expect(beats).toEqual([undefined, told, told, told]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
