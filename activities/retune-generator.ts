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
import { selfInstructInstances } from "./training/self-instruct-instances.js";
import { trainFurther } from "./training/train-further.js";

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
  const { run, iteration, particle, from, folder } = request;
  const context = await dependencies.openRun(run);
  const { store, grader, inputs } = context;
  return once(store, keys.retuned(folder), workDoneSchema, async () => {
    const elapsed = startStopwatch();
    const { seed, generators, swarm } = swarmConfig(context.config, keys.config(run.runId));
    if (swarm.retune === undefined) throw new TypeError(`${run.runId} fine-tunes no generator again`);
    const questions = await readExamples(context, request.examples);
    const examples =
      questions.length < FEWEST_QUESTIONS
        ? []
        : selfInstructInstances({
            domain: grader.description,
            questions: questions.map(({ question }) => question),
            examplesPerPrompt: generators.examplesPerPrompt,
            instances: swarm.retune.instances,
            random: new RandomStream({ seed, purpose: "retuning instances", iteration, particle }),
          });
    await trainFurther(dependencies, {
      store,
      from: { base: inputs.generatorBase, adapter: from },
      examples,
      settings: { ...generators.sft, seed },
      folder,
    });
    return { usage: usageOfWork("fine-tune", elapsed(), [{ sharedSeconds: undefined }]) };
  });
}
