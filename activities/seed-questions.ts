import { z } from "zod";
import { type Question, questionSchema } from "../models/records.js";
import { keys } from "../store/keys.js";
import { readJson } from "../store/json.js";
import { readJsonLines } from "../store/json-lines.js";
import type { RunContext } from "./dependencies.js";

export const clustersSchema = z.array(z.strictObject({ cluster: z.number().int(), questionIds: z.array(z.string()) }));

/** All seed questions of a run. */
export function readSeedQuestions({ store, inputs }: RunContext): Promise<Question[]> {
  return readJsonLines(store, inputs.seedData.key, questionSchema);
}

/** The seed questions of one cluster, or all of them for null. */
export async function readCluster(context: RunContext, cluster: number | null): Promise<Question[]> {
  const questions = await readSeedQuestions(context);
  if (cluster === null) return questions;
  const clusters = await readJson(context.store, keys.clusters(context.runId), clustersSchema);
  const members = new Set(clusters.find((one) => one.cluster === cluster)?.questionIds);
  return questions.filter((question) => members.has(question.id));
}
