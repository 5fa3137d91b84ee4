import { writeFlatAdapter } from "../adapters/flat.js";
import { storeFolder } from "../adapters/folder.js";
import { swarmConfig } from "../config/swarm-config.js";
import { keys } from "../store/keys.js";
import { RandomStream } from "../swarm/random.js";
import type { ActivityDependencies } from "./dependencies.js";
import { once } from "./durability/once.js";
import { startStopwatch } from "./durability/stopwatch.js";
import { usageOfWork } from "./durability/usage-of-work.js";
import { type WorkDone, workDoneSchema } from "./durability/usage-schema.js";
import type { RunRef } from "./run/run-inputs.js";
import { readExamples } from "./run/seed-questions.js";
import { copyAdapter } from "./training/copy-adapter.js";
import { readAdapter } from "./training/read-adapter.js";
import { selfInstructInstances } from "./training/self-instruct-instances.js";
import { trainAdapter } from "./training/train-adapter.js";
import { dropTrainingCheckpoint } from "./training/training-checkpoint.js";

export interface RetuneRequest {
  readonly run: RunRef;
  readonly iteration: number;
  readonly particle: number;
  /** Folder of the adapter that training starts from. */
  readonly from: string;
  /** Keys of the questions that it learns. */
  readonly examples: readonly string[];
  /** Folder of the particle's new position. */
  readonly folder: string;
}

/** Two questions make an instance: one is shown and one learnt. */
const FEWEST_QUESTIONS = 2;

/**
 * Fine-tunes a particle again after it has moved (`swarm.retune`), with self-instruct instances of what was found. Where that is
 * less than two questions there is nothing to learn, and the particle stays where it is.
 */
export async function retuneGenerator(dependencies: ActivityDependencies, request: RetuneRequest): Promise<WorkDone> {
  const { run, iteration, particle, from, examples, folder } = request;
  const context = await dependencies.openRun(run);
  const { store, grader, inputs } = context;
  return once(store, keys.retuned(folder), workDoneSchema, async () => {
    const elapsed = startStopwatch();
    const { seed, generators, swarm } = swarmConfig(context.config, keys.config(run.runId));
    if (swarm.retune === undefined) throw new TypeError(`${run.runId} fine-tunes no generator again`);
    const questions = await readExamples(context, examples);
    if (questions.length < FEWEST_QUESTIONS) {
      await copyAdapter(store, from, folder);
    } else {
      const model = await dependencies.openModel(inputs.generatorBase);
      const random = new RandomStream({ seed, purpose: "retuning instances", iteration, particle });
      const adapter = await trainAdapter(model, {
        store,
        folder,
        examples: selfInstructInstances({
          domain: grader.description,
          questions: questions.map(({ question }) => question),
          examplesPerPrompt: generators.examplesPerPrompt,
          instances: swarm.retune.instances,
          random,
        }),
        settings: { ...generators.sft, seed },
        start: await readAdapter(store, from, model.manifest),
      });
      await writeFlatAdapter(storeFolder(store, folder), model.manifest.lora, adapter);
      await dropTrainingCheckpoint(store, folder);
    }
    return { usage: usageOfWork("fine-tune", elapsed(), [{ sharedSeconds: undefined }]) };
  });
}
