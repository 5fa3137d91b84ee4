import { z } from "zod";
import { writeJsonLines } from "../store/json-lines.js";
import { keys } from "../store/keys.js";
import { raising } from "../swarm/objectives/question-choice.js";
import type { ActivityDependencies } from "./dependencies.js";
import { once } from "./durability/once.js";
import { readEvaluation } from "./measuring/read-evaluation.js";
import type { RunRef } from "./run/run-inputs.js";
import { startStopwatch } from "./durability/stopwatch.js";
import { usageOfWork } from "./durability/usage-of-work.js";
import { usageSchema } from "./durability/usage-schema.js";

export interface ChooseExamplesRequest {
  readonly run: RunRef;
  /** Folder of graded questions. */
  readonly folder: string;
}

const chosenSchema = z.strictObject({ examples: z.number().int(), usage: usageSchema });

/** Writes which of a folder's questions raise the objective: those that generators may be shown (`generators.sampling.from: found`). */
export async function chooseExamples(
  dependencies: ActivityDependencies,
  { run, folder }: ChooseExamplesRequest,
): Promise<z.infer<typeof chosenSchema>> {
  const context = await dependencies.openRun(run);
  const { store, config, objective } = context;
  return once(store, keys.chosen(folder), chosenSchema, async () => {
    const elapsed = startStopwatch();
    const { evaluation, questions } = await readEvaluation(context, { folder, pool: "search" });
    const { examplesPerPrompt, sampling } = config.generators;
    const chosen = raising(objective, evaluation, examplesPerPrompt, sampling.elite);
    await writeJsonLines(
      store,
      keys.examples(folder),
      chosen.map((index) => questions[index]),
    );
    return { examples: chosen.length, usage: usageOfWork("score", elapsed(), [{ sharedSeconds: undefined }]) };
  });
}
