import { createHash } from "node:crypto";
import { writeYaml } from "../config/yaml-text.js";
import { canonicalJson } from "../config/canonical-json.js";
import { writeJson } from "../store/json.js";
import { keys } from "../store/keys.js";
import type { ActivityDependencies } from "./dependencies.js";
import type { RunInputs, RunRef } from "./run-inputs.js";

export interface StageRefreshRequest {
  readonly source: RunRef;
  readonly schedule: string;
  /** ISO date and time of this refresh. */
  readonly date: string;
}

const MILLISECONDS_A_DAY = 86_400_000;

/** Lays out a dated run with the source's config and inputs; the day's number is added to the seed, so that no two nights are alike. */
export async function stageRefresh(
  dependencies: ActivityDependencies,
  { source, schedule, date }: StageRefreshRequest,
): Promise<RunRef> {
  const { store, config, inputs } = await dependencies.openRun(source);
  const runId = `${schedule}-${date.replaceAll(":", "-")}`;
  const seed = config.seed + Math.floor(Date.parse(date) / MILLISECONDS_A_DAY);
  const configDigest = createHash("sha256")
    .update(canonicalJson({ source: inputs.configDigest, seed }))
    .digest("hex");
  await store.put(keys.config(runId), writeYaml({ ...config, seed }));
  await writeJson(store, keys.inputs(runId), { ...inputs, configDigest } satisfies RunInputs);
  return { runId, storeUri: source.storeUri };
}
