/** Puts into the store what a run works on, once everything about it that can be checked has been. */
import { modulesOf } from "../activities/run/objective-module.js";
import { type RunInputs, type RunRef, runInputsSchema, type Taker } from "../activities/run/run-inputs.js";
import type { LoadedConfig } from "../config/load-config.js";
import { modelPath } from "../config/model-path.js";
import type { TakerConfig } from "../config/model-schema.js";
import { type RunWorkflow, runWorkflow } from "../config/queues.js";
import { writeYaml } from "../config/yaml-text.js";
import { checkWritable } from "../store/check-writable.js";
import { canonicalJson } from "../config/canonical-json.js";
import { keys } from "../store/keys.js";
import { readJson } from "../store/json.js";
import { openStore } from "../store/open-store.js";
import type { Store } from "../store/store.js";
import type { Question } from "../models/records.js";
import { clusterFromEnvironment } from "../workers/temporal-server/open-temporal.js";
import { checkApiKeys } from "./check-endpoints.js";
import { type CheckedInputs, checkInputs } from "./check-inputs.js";
import { InputError } from "./errors.js";
import { moduleDigests } from "./known-modules.js";
import type { RunMemo } from "./start-run.js";
import { StagedWrites } from "./staged-writes.js";

export interface StagedRun {
  readonly run: RunRef;
  readonly inputs: RunInputs;
}

/** Lays out more of a run, before it counts as laid out. */
export type StageMore = (writes: StagedWrites, inputs: RunInputs) => Promise<void>;

/** A run that can start: everything about it that can be checked has been, and nothing of it is written yet. */
export interface PreparedRun {
  readonly run: RunRef;
  readonly workflow: RunWorkflow;
  /** What lists show of it. */
  readonly memo: RunMemo;
  readonly store: Store;
  /** What an earlier command laid out; staging then only renews the config. */
  readonly existing: RunInputs | undefined;
  /** Lays out artifacts, `config.yaml`, and `inputs.json` last. Where that fails nothing of it stays in the store. */
  stage(more?: StageMore): Promise<StagedRun>;
}

export interface PrepareOptions {
  /** Whether workers of other processes do the work, which then need the endpoints' keys. @default where TEMPORAL_ADDRESS says so */
  readonly worksElsewhere?: boolean;
}

/** @throws ConfigError, DatasetError, AdapterError, BundleError, StoreError; InputError `OTHER_CONFIG`, `INVALID_SEED_DATA` */
export async function prepareRun(
  loaded: LoadedConfig,
  { worksElsewhere = clusterFromEnvironment() !== undefined }: PrepareOptions = {},
): Promise<PreparedRun> {
  const checkKeys = (): void => {
    if (!worksElsewhere) checkApiKeys(loaded.config);
  };
  const workflow = runWorkflow(loaded.config);
  const store = await openStore(loaded.storeUri);
  const modules = await moduleDigests(modulesOf(loaded.config.objective));
  const run: RunRef = { runId: loaded.runId, storeUri: store.uri, ...(modules.length === 0 ? {} : { modules }) };
  const objective = Object.keys(loaded.config.objective).join(" + ");
  const memo: RunMemo = { storeUri: run.storeUri, configDigest: loaded.configDigest, objective };
  const existing = await readExisting(store, run.runId);
  if (existing !== undefined) {
    refuseOtherConfig(loaded, existing);
    return {
      run,
      workflow,
      memo,
      store,
      existing,
      stage: async () => {
        // Not before: a run that is done is shown without any key.
        checkKeys();
        await renewConfig(store, loaded);
        return { run, inputs: existing };
      },
    };
  }
  checkKeys();
  const checked = await checkInputs(loaded.config);
  await checkWritable(store);
  return {
    run,
    workflow,
    memo,
    store,
    existing,
    stage: async (more) => {
      const writes = new StagedWrites(store);
      try {
        const inputs = await layOut(writes, loaded, checked);
        await more?.(writes, inputs);
        await writes.put(keys.inputs(run.runId), `${canonicalJson(inputs)}\n`);
        return { run, inputs };
      } catch (error) {
        await writes.undo();
        throw error;
      }
    },
  };
}

/** Everything but the mark that it is whole. */
async function layOut(writes: StagedWrites, loaded: LoadedConfig, checked: CheckedInputs): Promise<RunInputs> {
  const { config, configDigest, runId } = loaded;
  const { seedQuestions, heldOutQuestions, userQueries, objectives } = checked;
  const inputs: RunInputs = {
    configDigest,
    seedData: await writes.artifact(jsonLines(seedQuestions)),
    heldOutData: heldOutQuestions === undefined ? null : await writes.artifact(jsonLines(heldOutQuestions)),
    userQueries: userQueries === undefined ? null : await writes.artifact(jsonLines(userQueries)),
    objectives: await stageObjectives(writes, objectives),
    generatorBase: config.generators.base,
    takers: await stageTakers(writes, config.takers),
    unseenTakers: await stageTakers(writes, config.unseenTakers),
  };
  await writes.put(keys.config(runId), writeYaml(config));
  return inputs;
}

/** What an earlier command laid out for this run. */
export async function readExisting(store: Store, runId: string): Promise<RunInputs | undefined> {
  if ((await store.stat(keys.inputs(runId))) === undefined) return undefined;
  return readJson(store, keys.inputs(runId), runInputsSchema);
}

/** What the digest leaves out, such as how many calls an endpoint gets at once, may change before a run goes on. */
async function renewConfig(store: Store, { runId, config }: LoadedConfig): Promise<void> {
  const text = writeYaml(config);
  const key = keys.config(runId);
  if (Buffer.from(await store.get(key)).toString("utf8") !== text) await store.put(key, text);
}

function refuseOtherConfig({ runId, configDigest }: LoadedConfig, existing: RunInputs): void {
  if (existing.configDigest === configDigest) return;
  throw new InputError(
    "OTHER_CONFIG",
    `run ${runId} has another config (digest ${existing.configDigest.slice(0, 8)}, this one has ${configDigest.slice(0, 8)}); choose another --id`,
  );
}

async function stageObjectives(
  writes: StagedWrites,
  texts: CheckedInputs["objectives"],
): Promise<RunInputs["objectives"]> {
  const staged: RunInputs["objectives"] = {};
  for (const [path, text] of texts) staged[path] = await writes.artifact(text);
  return staged;
}

async function stageTakers(writes: StagedWrites, takers: readonly TakerConfig[]): Promise<Taker[]> {
  const staged: Taker[] = [];
  for (const taker of takers) {
    if ("endpoint" in taker) staged.push({ name: taker.name, base: null, adapter: null });
    else {
      const adapter = taker.adapter === undefined ? null : await writes.adapter(modelPath(taker.adapter));
      staged.push({ name: taker.name, base: taker.base, adapter });
    }
  }
  return staged;
}

function jsonLines(questions: readonly Question[]): string {
  return questions.map((question) => `${canonicalJson(question)}\n`).join("");
}
