/** A run's folder with questions, and what the activity that answers them needs, without Temporal and without models. */
import type { ActivityDependencies, RunContext } from "../../activities/dependencies.js";
import type { RunInputs } from "../../activities/run/run-inputs.js";
import { parseConfig } from "../../config/parse-config.js";
import { graderFor } from "../../models/graders/registry.js";
import type { Question } from "../../models/records.js";
import { keys } from "../../store/keys.js";
import { writeJsonLines } from "../../store/json-lines.js";
import { openStore } from "../../store/open-store.js";
import type { Store } from "../../store/store.js";
import { EndpointCache } from "../../workers/endpoint-cache.js";
import { MINIMAL } from "../config/minimal-config.js";
import { difficult } from "../../swarm/objectives/difficult.js";
import { NO_INPUTS } from "./no-inputs.js";

export const TAKER = "remote";
const RUN_ID = "endpoint-run";
export const FOLDER = keys.fresh(RUN_ID, "given");
export const REQUEST = { run: { runId: RUN_ID, storeUri: "unused" }, folder: FOLDER, taker: TAKER };

export const QUESTIONS = questions(8);

/** Different ones. */
export function questions(count: number): Question[] {
  return Array.from({ length: count }, (_, index) => ({
    // Ids of other people's data hold what no key can.
    id: `q/${index} ä`,
    question: `In the graph A-B-C D-E, is there a path between A and ${"BCDE"[index % 4]}? (${index})`,
  }));
}

export interface EndpointRun {
  readonly store: Store;
  readonly dependencies: ActivityDependencies;
}

/** @param settings of the taker and of the whole config, over what every run must say */
export async function endpointRun(
  directory: string,
  taker: Readonly<Record<string, unknown>> & { readonly endpoint: string },
  settings: Readonly<Record<string, unknown>> = {},
  given: readonly Question[] = QUESTIONS,
): Promise<EndpointRun> {
  const store = await openStore(directory);
  const config = parseConfig({ ...MINIMAL, takers: [{ name: TAKER, model: "small", ...taker }], ...settings }, "test");
  const inputs: RunInputs = { ...NO_INPUTS, takers: [{ name: TAKER, base: null, adapter: null }] };
  const context: RunContext = {
    runId: RUN_ID,
    store,
    config,
    inputs,
    grader: graderFor("graphs"),
    objective: difficult,
  };
  await writeJsonLines(store, keys.questions(FOLDER), given);
  const endpoints = new EndpointCache({ firstMilliseconds: 1, longestMilliseconds: 4 });
  return {
    store,
    dependencies: {
      openRun: () => Promise.resolve(context),
      openModel: () => Promise.reject(new Error("no embedded model is asked")),
      openEndpoint: endpoints.open.bind(endpoints),
    },
  };
}

export async function listKeys(store: Store, prefix: string): Promise<string[]> {
  const found: string[] = [];
  for await (const key of store.list(prefix)) found.push(key);
  return found;
}
