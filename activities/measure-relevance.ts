import { questionSchema } from "../models/records.js";
import { readJsonLines } from "../store/json-lines.js";
import { keys } from "../store/keys.js";
import { relevanceToUsers } from "../swarm/objectives/relevance.js";
import type { ActivityDependencies } from "./dependencies.js";
import { once } from "./durability/once.js";
import { relevanceSchema } from "./measuring/read-evaluation.js";
import type { RunRef } from "./run/run-inputs.js";
import { KeptReads } from "./sharing/kept-reads.js";
import { startStopwatch } from "./durability/stopwatch.js";
import type { WorkDone } from "./durability/usage-schema.js";
import { embedTexts } from "./measuring/embed-texts.js";

export interface RelevanceRequest {
  readonly run: RunRef;
  readonly folder: string;
}

/** User queries are named by their content and never change, so those of the latest runs are embedded once. */
const userVectors = new KeptReads<Float32Array[]>(4);

/** Measures how near each question of a folder is to what users ask: r(d, D_user) of the personalized objective (section 2.2). */
export async function measureRelevance(
  dependencies: ActivityDependencies,
  { run, folder }: RelevanceRequest,
): Promise<WorkDone> {
  const { store, inputs } = await dependencies.openRun(run);
  const elapsed = startStopwatch();
  await once(store, keys.relevance(folder), relevanceSchema, async () => {
    if (inputs.userQueries === null) throw new TypeError("the run has no user queries");
    const model = await dependencies.openModel(inputs.generatorBase);
    const embed = async (key: string): Promise<Float32Array[]> =>
      embedTexts(
        model,
        (await readJsonLines(store, key, questionSchema)).map(({ question }) => question),
      );
    const { key } = inputs.userQueries;
    return relevanceToUsers({
      questions: await embed(keys.questions(folder)),
      userQueries: await userVectors.get(`${store.uri} ${key} ${inputs.generatorBase}`, () => embed(key)),
    });
  });
  return { usage: { questions: 0, tokens: 0, calls: 0, usd: 0, seconds: { score: elapsed() } } };
}
