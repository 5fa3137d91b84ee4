import { z } from "zod";
import { type Question, questionSchema } from "../../models/records.js";
import { keys } from "../../store/keys.js";
import { readJson } from "../../store/json.js";
import { readJsonLines } from "../../store/json-lines.js";
import type { RunContext } from "../dependencies.js";
import { KeptReads } from "../sharing/kept-reads.js";

export const clustersSchema = z.array(z.strictObject({ cluster: z.number().int(), questionIds: z.array(z.string()) }));

/** Of the runs under way; those that are compared have the same. */
const kept = new KeptReads<readonly Question[]>(8);

/** All seed questions of a run. Seed data is named by its content, so it is read, and each of its questions examined, once. */
export function readSeedQuestions({ store, inputs }: RunContext): Promise<readonly Question[]> {
  const { key } = inputs.seedData;
  return kept.get(`${store.uri} ${key}`, () => readJsonLines(store, key, questionSchema));
}

/** The seed questions of one cluster, or all of them for null. */
export async function readCluster(context: RunContext, cluster: number | null): Promise<readonly Question[]> {
  const questions = await readSeedQuestions(context);
  if (cluster === null) return questions;
  const clusters = await readJson(context.store, keys.clusters(context.runId), clustersSchema);
  const members = new Set(clusters.find((one) => one.cluster === cluster)?.questionIds);
  return questions.filter((question) => members.has(question.id));
}

/** Questions that a generator is shown in place of seed questions. */
export async function readExamples({ store }: RunContext, keys: readonly string[]): Promise<Question[]> {
  const read = await Promise.all(keys.map((key) => readJsonLines(store, key, questionSchema)));
  return read.flat();
}
