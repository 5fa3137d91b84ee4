/** Methods that learn nothing from grades: takers answer the measured questions and no others. */
import type { BaselinePlan } from "../../activities/open-baseline.js";
import type { Usage } from "../../report/result.js";
import { keys } from "../../store/keys.js";
import { cpu } from "../activity-options.js";
import type { StageContext } from "../evaluate.js";
import { addUsage, NO_USAGE } from "../usage.js";
import type { FixedMethod } from "./method.js";
import { tuneGenerators } from "./tune-generators.js";

/** The dev set: questions of the seed data. */
export const devSet: FixedMethod = {
  make: () => Promise.resolve({ writer: { kind: "split", split: "seed" }, round: 0, usage: NO_USAGE }),
};

/** The held-out set. */
export const heldOutSet: FixedMethod = {
  make: () => Promise.resolve({ writer: { kind: "split", split: "held-out" }, round: 0, usage: NO_USAGE }),
};

/** The initial generators of a swarm, each with an equal share of the questions. */
export const initialGenerators: FixedMethod = {
  async make(stage) {
    const { adapters, usage } = await tuneGenerators(stage);
    return { writer: { kind: "generators", adapters: [...adapters] }, round: 0, usage };
  },
};

/** The mean of the initial generators, filed under round 1 because round 0 is theirs. It is shown all seed data. */
export const modelSoup: FixedMethod = {
  async make(stage) {
    stage.progress.expect("update", 1);
    const tuned = await tuneGenerators(stage);
    const { adapter, usage } = await merge(stage, tuned.adapters);
    return { writer: { kind: "model", adapter, examples: null }, round: 1, usage: addUsage(tuned.usage, usage) };
  },
};

async function merge(
  { run, progress, hold }: StageContext<BaselinePlan>,
  adapters: readonly [string, ...string[]],
): Promise<{ readonly adapter: string; readonly usage: Usage }> {
  const folder = keys.particle(run.runId, 1, 0);
  await hold();
  const { usage } = await progress.track("update", cpu.meanAdapter({ run, adapters, folder }));
  return { adapter: folder, usage };
}

/** Self-Instruct: the base model with the prompt of section 2.1. */
export const selfInstruct: FixedMethod = {
  make: () => Promise.resolve({ writer: { kind: "model", adapter: null, examples: null }, round: 0, usage: NO_USAGE }),
};
