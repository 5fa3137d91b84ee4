import { ApplicationFailure } from "@temporalio/common";
import type { RunContext } from "../activities/dependencies.js";
import { runObjective } from "../activities/run/objective-module.js";
import { type RunRef, runInputsSchema } from "../activities/run/run-inputs.js";
import { parseConfig } from "../config/parse-config.js";
import { readYaml } from "../config/yaml-text.js";
import { graderFor } from "../models/graders/registry.js";
import { readJson } from "../store/json.js";
import { keys } from "../store/keys.js";
import { openStore } from "../store/open-store.js";
import type { Objective } from "../swarm/objectives/objective.js";
import { type AllowedStores, anyStore, expectAllowed } from "./allowed-stores.js";

/** Runs by store and id, each opened once in a process: what decides its results never changes. */
export class RunCache {
  readonly #runs = new Map<string, Promise<RunContext>>();
  readonly #stores: AllowedStores;

  /** @param stores those that a run may be in */
  constructor(stores: AllowedStores = anyStore) {
    this.#stores = stores;
  }

  /** @throws ApplicationFailure `StoreNotAllowed`, `UntrustedObjective` */
  async open(run: RunRef): Promise<RunContext> {
    const key = [run.storeUri, run.runId, ...(run.modules ?? [])].join(" ");
    const known = this.#runs.get(key);
    if (known !== undefined) return known;
    await expectAllowed(run.storeUri, this.#stores);
    const opened = openRunContext(run);
    this.#runs.set(key, opened);
    opened.catch(() => this.#runs.delete(key));
    return opened;
  }
}

async function openRunContext({ runId, storeUri, modules }: RunRef): Promise<RunContext> {
  const store = await openStore(storeUri);
  const source = `${storeUri}/${keys.config(runId)}`;
  const text = Buffer.from(await store.get(keys.config(runId))).toString("utf8");
  const config = parseConfig(readYaml(text, source), source);
  const inputs = await readJson(store, keys.inputs(runId), runInputsSchema);
  const context = { runId, store, config, inputs, modules, grader: graderFor(config.domain) };
  const objective = await runObjective(store, context).catch((error: unknown) => {
    if (error instanceof ApplicationFailure) return error;
    throw error;
  });
  if (!(objective instanceof ApplicationFailure)) return { ...context, objective };
  // Work that needs no objective, such as sampling from a generator that was found, goes on without it.
  const refused = objective;
  return {
    ...context,
    get objective(): Objective {
      throw refused;
    },
  };
}
