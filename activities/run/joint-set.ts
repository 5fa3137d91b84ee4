import { particleCount } from "../../config/particle-count.js";
import { type Question, questionSchema } from "../../models/records.js";
import { readJsonLines } from "../../store/json-lines.js";
import { keys } from "../../store/keys.js";
import type { RunContext } from "../dependencies.js";

/** The valid questions that all generators wrote in an iteration (Algorithm 2, line 6). */
export async function readJointSet({ store, config, runId }: RunContext, iteration: number): Promise<Question[]> {
  const written = await Promise.all(
    Array.from({ length: particleCount(config.generators) }, (_, particle) =>
      readJsonLines(store, keys.questions(keys.particle(runId, iteration, particle)), questionSchema),
    ),
  );
  return written.flat();
}
