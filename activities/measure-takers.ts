import { gradeSchema, questionSchema } from "../models/records.js";
import { readJsonLines } from "../store/json-lines.js";
import { keys } from "../store/keys.js";
import { evaluationMatrix } from "../swarm/objectives/evaluation-matrix.js";
import { takerPerformance } from "../swarm/objectives/performance.js";
import type { ActivityDependencies } from "./dependencies.js";
import type { RunRef } from "./run/run-inputs.js";

export interface MeasureTakersRequest {
  readonly run: RunRef;
  /** Of questions that were answered and graded. */
  readonly folder: string;
  /** Names of those who answered. */
  readonly takers: readonly string[];
}

/** Mean performance of each taker on a folder's questions, in the order of their names. */
export async function measureTakers(
  dependencies: ActivityDependencies,
  { run, folder, takers }: MeasureTakersRequest,
): Promise<readonly number[]> {
  const { store } = await dependencies.openRun(run);
  const questions = await readJsonLines(store, keys.questions(folder), questionSchema);
  const grades = await readJsonLines(store, keys.grades(folder), gradeSchema);
  return takerPerformance(evaluationMatrix({ takers, questionIds: questions.map(({ id }) => id), grades }));
}
