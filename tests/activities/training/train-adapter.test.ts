import { type CancelledFailure } from "@temporalio/activity";
import { MockActivityEnvironment } from "@temporalio/testing";
import { describe, expect, it } from "vitest";
import type { WorkProgress } from "../../../activities/durability/progress.js";
import { trainAdapter } from "../../../activities/training/train-adapter.js";
import { readTrainingCheckpoint } from "../../../activities/training/training-checkpoint.js";
import type { Store } from "../../../store/store.js";
import { TinyModel } from "../tiny-model.js";

const EXAMPLES = Array.from("ABCDEFGH", (letter) => ({ prompt: `${letter}-X:`, completion: ` ${letter}` }));
const SETTINGS = { epochs: 30, batchSize: 4, learningRate: 1e-3, seed: 3 };
const STEPS = 60;

describe("an activity that fine-tunes", () => {
  const tiny = new TinyModel();
  const train = (store: Store, folder: string, environment = new MockActivityEnvironment()): Promise<Float32Array> =>
    environment.run(trainAdapter, tiny.model, {
      store,
      folder,
      examples: EXAMPLES,
      settings: SETTINGS,
      start: tiny.start,
    });

  it("goes on, after its worker has left, from the last step that was whole to the same adapter", async () => {
    const { store } = await tiny.storeWithStart("from");
    const leaving = new MockActivityEnvironment();
    leaving.on("heartbeat", ({ done }: WorkProgress) => {
      if (done === 3) leaving.cancel("WORKER_SHUTDOWN");
    });
    const left = (await train(store, "left", leaving).catch((failure: unknown) => failure)) as CancelledFailure;
    expect(left.message).toBe("WORKER_SHUTDOWN");
    const reached = (await readTrainingCheckpoint(store, "left"))!.step;
    expect(reached).toBeGreaterThanOrEqual(3);
    expect(reached).toBeLessThan(STEPS);

    const again = new MockActivityEnvironment({ attempt: 2 });
    const seen: WorkProgress[] = [];
    again.on("heartbeat", (progress: WorkProgress) => seen.push(progress));
    const resumed = await train(store, "left", again);
    expect(seen.find(({ done }) => done !== undefined)?.done).toBe(reached);
    expect(seen.filter(({ loss }) => loss !== undefined)).toHaveLength(STEPS - reached);
    expect(resumed).toEqual(await train(store, "undisturbed"));
  });

  it("says step n of m, loss and the time that is left", async () => {
    const { store } = await tiny.storeWithStart("from");
    const environment = new MockActivityEnvironment();
    const seen: WorkProgress[] = [];
    environment.on("heartbeat", (progress: WorkProgress) => seen.push(progress));
    await train(store, "told", environment);
    expect(seen[0]).toEqual({ doing: "fine-tuning", unit: "step", done: 0, of: STEPS });
    const last = seen.at(-1)!;
    expect(last).toMatchObject({ doing: "fine-tuning", done: STEPS, of: STEPS, secondsLeft: 0 });
    expect(last.loss).toBeGreaterThan(0);
  });
});
