import { z } from "zod";
import { adversarialConfig } from "../config/swarm-config.js";
import { type Question, questionSchema } from "../models/records.js";
import { readJsonLines, writeJsonLines } from "../store/json-lines.js";
import { keys } from "../store/keys.js";
import { RandomStream } from "../swarm/random.js";
import { slideWindow as slide } from "../swarm/window.js";
import type { ActivityDependencies, RunContext } from "./dependencies.js";
import { once } from "./durability/once.js";
import { questionsToLearn } from "./training/questions-to-learn.js";
import { readJointSet } from "./run/joint-set.js";
import type { RunRef } from "./run/run-inputs.js";

export interface SlideRequest {
  readonly run: RunRef;
  readonly iteration: number;
}

const slidSchema = z.strictObject({
  /** Valid questions of all generators: what the iteration's joint set holds. */
  joint: z.number().int(),
  /** In the window now. */
  questions: z.number().int(),
  entered: z.number().int(),
  left: z.number().int(),
});
export type Slid = z.infer<typeof slidSchema>;

/**
 * Joins the questions of an iteration's generators (Algorithm 2, line 6), puts them through the window, and lays out what the
 * takers are asked next: the window, and the held-out questions once more.
 */
export async function slideWindow(dependencies: ActivityDependencies, request: SlideRequest): Promise<Slid> {
  const { run, iteration } = request;
  const context = await dependencies.openRun(run);
  const { store, config } = context;
  const folder = keys.window(run.runId, iteration);
  return once(store, keys.slid(folder), slidSchema, async () => {
    const { adversarial, seed } = adversarialConfig(config, keys.config(run.runId));
    const before = iteration === 0 ? [] : await readQuestions(context, keys.window(run.runId, iteration - 1));
    const joint = await readJointSet(context, iteration);
    const { window, entered, left } = slide({
      window: before,
      joint: await questionsToLearn(context, joint, before),
      size: adversarial.windowSize,
      replace: adversarial.windowReplace,
      order: adversarial.windowOrder,
      random: new RandomStream({ seed, purpose: "window", iteration }),
    });
    await writeJsonLines(store, keys.questions(folder), window);
    if (iteration > 0) {
      const heldOut = await readQuestions(context, keys.heldOut(run.runId, 0));
      await writeJsonLines(store, keys.questions(keys.heldOut(run.runId, iteration)), heldOut);
    }
    return { joint: joint.length, questions: window.length, entered, left };
  });
}

function readQuestions({ store }: RunContext, folder: string): Promise<Question[]> {
  return readJsonLines(store, keys.questions(folder), questionSchema);
}
