import type { RunContext } from "../activities/dependencies.js";
import { runObjective } from "../activities/run/objective-module.js";
import { type RunRef, runInputsSchema } from "../activities/run/run-inputs.js";
import { parseConfig } from "../config/parse-config.js";
import { readYaml } from "../config/yaml-text.js";
import { graderFor } from "../models/graders/registry.js";
import { readJson } from "../store/json.js";
import { keys } from "../store/keys.js";
import { openStore } from "../store/open-store.js";

/** Runs by store and id, each opened once in a process: what decides its results never changes. */
export class RunCache {
  readonly #runs = new Map<string, Promise<RunContext>>();

  open(run: RunRef): Promise<RunContext> {
    const key = `${run.storeUri} ${run.runId}`;
    const known = this.#runs.get(key);
    if (known !== undefined) return known;
    const opened = openRunContext(run);
    this.#runs.set(key, opened);
    opened.catch(() => this.#runs.delete(key));
    return opened;
  }
}

async function openRunContext({ runId, storeUri }: RunRef): Promise<RunContext> {
  const store = await openStore(storeUri);
  const source = `${storeUri}/${keys.config(runId)}`;
  const text = Buffer.from(await store.get(keys.config(runId))).toString("utf8");
  const config = parseConfig(readYaml(text, source), source);
  const inputs = await readJson(store, keys.inputs(runId), runInputsSchema);
  const objective = await runObjective(store, config, inputs);
  return { runId, store, config, inputs, grader: graderFor(config.domain), objective };
}
