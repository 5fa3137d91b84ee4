import { z } from "zod";
import type { Training } from "../config/adversarial-schema.js";
import { adversarialConfig } from "../config/swarm-config.js";
import { type Question, questionSchema } from "../models/records.js";
import { readJsonLines } from "../store/json-lines.js";
import { keys } from "../store/keys.js";
import { RandomStream } from "../swarm/random.js";
import type { TakerModel } from "./answer-questions.js";
import type { ActivityDependencies, RunContext } from "./dependencies.js";
import { once } from "./durability/once.js";
import { answerInstances } from "./training/answer-instances.js";
import { questionsToLearn } from "./training/questions-to-learn.js";
import type { RunRef } from "./run/run-inputs.js";
import { readSeedQuestions } from "./run/seed-questions.js";
import { startStopwatch } from "./durability/stopwatch.js";
import { trainIntoFolder } from "./training/train-into-folder.js";
import { usageSchema } from "./durability/usage-schema.js";

export interface TrainTakerRequest {
  readonly run: RunRef;
  readonly training: Training;
  /** Folders whose questions it is fine-tuned on; null for the seed data. */
  readonly folders: readonly string[] | null;
  /** Training instances of an epoch. */
  readonly instances: number;
  /** What is fine-tuned; an adapter of null is a new one. */
  readonly model: TakerModel;
}

const trainedSchema = z.strictObject({
  /** Different questions that it was fine-tuned on; 0 where there was none, and no adapter then. */
  questions: z.number().int(),
  instances: z.number().int(),
  usage: usageSchema,
});
export type TrainedTaker = z.infer<typeof trainedSchema>;

/**
 * Fine-tunes an adapter of the takers' base model on questions and their true answers (section 4, figure 3), by the one recipe
 * `adversarial.comparison.sft`. Where there are fewer questions than instances they are gone through again, so that all trainings
 * take equally many steps.
 */
export async function trainTaker(
  dependencies: ActivityDependencies,
  request: TrainTakerRequest,
): Promise<TrainedTaker> {
  const { run, training, instances, model: from } = request;
  const context = await dependencies.openRun(run);
  const { store, config } = context;
  const folder = keys.training(run.runId, training);
  return once(store, keys.trained(folder), trainedSchema, async () => {
    const elapsed = startStopwatch();
    const questions = await drawQuestions(context, request);
    if (questions.length > 0) {
      const { seed, adversarial } = adversarialConfig(config, keys.config(run.runId));
      await trainIntoFolder(dependencies, {
        store,
        from,
        examples: answerInstances(context, questions, instances),
        settings: { ...adversarial.comparison.sft, seed },
        folder,
      });
    }
    const usage = { questions: 0, tokens: 0, calls: 0, usd: 0, seconds: { "fine-tune": elapsed() } };
    return { questions: questions.length, instances: questions.length === 0 ? 0 : instances, usage };
  });
}

/** At most as many questions as there are instances, in random order. */
async function drawQuestions(
  context: RunContext,
  { training, folders, instances }: TrainTakerRequest,
): Promise<readonly Question[]> {
  const { store, config } = context;
  const given =
    folders === null
      ? await readSeedQuestions(context)
      : (
          await Promise.all(folders.map((folder) => readJsonLines(store, keys.questions(folder), questionSchema)))
        ).flat();
  const random = new RandomStream({ seed: config.seed, purpose: `training: ${training}` });
  return random.sample(await questionsToLearn(context, given), instances);
}
