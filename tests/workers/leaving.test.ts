import { describe, expect, it } from "vitest";
import { progressSchema, type WorkProgress } from "../../activities/durability/progress.js";
import { readTrainingCheckpoint } from "../../activities/training/training-checkpoint.js";
import { pendingActivities } from "../../client/pending-activities.js";
import { keys } from "../../store/keys.js";
import { openStore } from "../../store/open-store.js";
import { SwarmEngine, type SwarmHandle } from "../support/swarm-engine.js";
import { useTemporal } from "../support/temporal.js";
import { temporaryDirectory } from "../support/temporary-directory.js";

const LIMIT_MS = 120_000;

describe("a worker that leaves in the middle of a fine-tuning", () => {
  const engine = new SwarmEngine(useTemporal());

  it("puts it down between two steps, and another goes on from there", { timeout: 3 * LIMIT_MS }, async () => {
    const directory = await temporaryDirectory();
    const store = await openStore(directory);
    await engine.startWorkers();
    const set = ["generators.clusters=1", "generators.sft.epochs=1000"];
    const handle = await engine.start({ id: "leaving", store: directory, set });
    const before = await fineTuning(handle, ({ done = 0, loss }) => done > 0 && loss !== undefined);
    expect(before).toMatchObject({ doing: "fine-tuning", unit: "step" });
    expect(before.of).toBeGreaterThan(1000);
    expect(before.secondsLeft).toBeGreaterThan(0);

    await engine.stopWorkers();
    const checkpoint = await readTrainingCheckpoint(store, keys.particle("leaving", 0, 0));
    expect(checkpoint!.step).toBeGreaterThanOrEqual(before.done!);

    await engine.startWorkers();
    const after = await fineTuning(handle, ({ done = 0 }) => done > checkpoint!.step);
    expect(after.of).toBe(before.of);
    await handle.cancel();
    await expect(handle.result()).rejects.toThrow();
  });
});

/** What the run's fine-tuning tells, as soon as it is what is waited for. */
async function fineTuning(handle: SwarmHandle, isReached: (told: WorkProgress) => boolean): Promise<WorkProgress> {
  let latest: WorkProgress | undefined;
  const look = async (): Promise<boolean> => {
    const [activity] = pendingActivities((await handle.describe()).raw);
    latest = progressSchema.safeParse(activity?.heartbeat).data;
    return latest !== undefined && isReached(latest);
  };
  await expect.poll(look, { timeout: LIMIT_MS, interval: 500 }).toBe(true);
  return latest as unknown as WorkProgress;
}
