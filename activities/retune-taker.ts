import { adversarialConfig } from "../config/swarm-config.js";
import { questionSchema } from "../models/records.js";
import { readJsonLines } from "../store/json-lines.js";
import { keys } from "../store/keys.js";
import { RandomStream } from "../swarm/random.js";
import type { TakerModel } from "./answer-questions.js";
import type { ActivityDependencies } from "./dependencies.js";
import { once } from "./durability/once.js";
import { startStopwatch } from "./durability/stopwatch.js";
import { usageOfWork } from "./durability/usage-of-work.js";
import { type WorkDone, workDoneSchema } from "./durability/usage-schema.js";
import { readJointSet } from "./run/joint-set.js";
import type { RunRef } from "./run/run-inputs.js";
import { answerInstances } from "./training/answer-instances.js";
import { questionsToLearn } from "./training/questions-to-learn.js";
import { trainFurther } from "./training/train-further.js";

export interface RetuneTakerRequest {
  readonly run: RunRef;
  readonly iteration: number;
  /** Number of the taker in its swarm. */
  readonly particle: number;
  /** What training starts from. */
  readonly model: TakerModel & { readonly adapter: string };
  /** Folder of the taker's new position. */
  readonly folder: string;
}

/**
 * Fine-tunes a test taker again after it has moved (`adversarial.models.retune`), on questions that the generators have just written and
 * their true answers. Questions that it is scored on, in the window and outside, are not among them; where no others are left the
 * taker stays where it is.
 */
export async function retuneTaker(dependencies: ActivityDependencies, request: RetuneTakerRequest): Promise<WorkDone> {
  const { run, iteration, particle, model: from, folder } = request;
  const context = await dependencies.openRun(run);
  const { store } = context;
  return once(store, keys.retuned(folder), workDoneSchema, async () => {
    const elapsed = startStopwatch();
    const { seed, adversarial } = adversarialConfig(context.config, keys.config(run.runId));
    const { retune } = adversarial.models;
    if (retune === undefined) throw new TypeError(`${run.runId} fine-tunes no taker again`);
    const window = await readJsonLines(store, keys.questions(keys.window(run.runId, iteration)), questionSchema);
    const questions = await questionsToLearn(context, await readJointSet(context, iteration), window);
    const random = new RandomStream({ seed, purpose: "retuning takers", iteration, particle });
    await trainFurther(dependencies, {
      store,
      from,
      examples: answerInstances(context, random.shuffle(questions), retune.instances),
      settings: { ...adversarial.comparison.sft, seed },
      folder,
    });
    return { usage: usageOfWork("fine-tune", elapsed(), [{ sharedSeconds: undefined }]) };
  });
}
