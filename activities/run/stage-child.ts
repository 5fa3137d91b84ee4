import { createHash } from "node:crypto";
import { canonicalJson } from "../../config/canonical-json.js";
import { parseConfig } from "../../config/parse-config.js";
import { writeYaml } from "../../config/yaml-text.js";
import { writeJson } from "../../store/json.js";
import { keys } from "../../store/keys.js";
import type { RunContext } from "../dependencies.js";
import type { RunInputs, RunRef } from "./run-inputs.js";

/**
 * Lays out a run that another one starts: the source's inputs, and its config with some sections replaced. Equal changes of equal
 * sources have equal digests, so that what they compute is the same.
 *
 * @param changes sections by name; null takes one out
 * @throws ConfigError `INVALID_CONFIG` where the changed config is none
 */
export async function stageChild(
  { store, config, inputs, modules }: RunContext,
  { runId, changes }: { readonly runId: string; readonly changes: Readonly<Record<string, unknown>> },
): Promise<RunRef> {
  const given = Object.entries({ ...config, ...changes, id: runId }).filter(([, value]) => value !== null);
  const changed = parseConfig(Object.fromEntries(given), keys.config(runId));
  const configDigest = createHash("sha256")
    .update(canonicalJson({ source: inputs.configDigest, ...changes }))
    .digest("hex");
  await store.put(keys.config(runId), writeYaml(changed));
  await writeJson(store, keys.inputs(runId), { ...inputs, configDigest } satisfies RunInputs);
  return { runId, storeUri: store.uri, ...(modules === undefined ? {} : { modules }) };
}
