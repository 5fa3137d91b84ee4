/** Which runs this machine has started and where they are: `$SWARM_HOME/runs/<id>.json`, so that `--store` need not be repeated. */
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { z } from "zod";
import type { RunRef } from "../activities/run-inputs.js";
import { readEnvironment } from "../config/environment.js";
import { parseStoreUri } from "../config/store-uri.js";
import { keys } from "../store/keys.js";
import { openStore } from "../store/open-store.js";
import { checkName } from "../store/run-id.js";
import type { Store } from "../store/store.js";
import { InputError } from "./errors.js";

const knownRunSchema = z.object({ storeUri: z.string() });

/** Remembers where a run is. */
export async function rememberRun({ runId, storeUri }: RunRef): Promise<void> {
  const path = recordPath(runId);
  await mkdir(join(path, ".."), { recursive: true });
  const next = `${path}.${process.pid}`;
  await writeFile(next, `${JSON.stringify({ storeUri })}\n`);
  await rename(next, path);
}

export async function listKnownRuns(): Promise<RunRef[]> {
  const names = await readdir(join(readEnvironment().home, "runs")).catch(() => []);
  const runIds = names.filter((name) => name.endsWith(".json")).map((name) => basename(name, ".json"));
  const known = await Promise.all(runIds.map(async (runId) => ({ runId, storeUri: await rememberedStore(runId) })));
  return known.flatMap(({ runId, storeUri }) => (storeUri === undefined ? [] : [{ runId, storeUri }]));
}

export interface FoundRun {
  readonly run: RunRef;
  readonly store: Store;
}

/**
 * Finds a run by its id: in the given store, else where this machine last saw it, else in the default store.
 *
 * @throws InputError `UNKNOWN_RUN`; StoreError
 */
export async function findRun(runId: string, storeOption: string | undefined): Promise<FoundRun> {
  checkName("run id", runId);
  const store = await openStore(storeOption ?? (await rememberedStore(runId)) ?? defaultStoreUri());
  if ((await store.stat(keys.inputs(runId))) === undefined) {
    throw new InputError(
      "UNKNOWN_RUN",
      `there is no run ${runId} in ${store.uri}; \`swarm list\` shows the known ones, --store names another store`,
    );
  }
  return { run: { runId, storeUri: store.uri }, store };
}

export function defaultStoreUri(): string {
  return parseStoreUri(join(readEnvironment().home, "store"), process.cwd()).uri;
}

async function rememberedStore(runId: string): Promise<string | undefined> {
  try {
    return knownRunSchema.parse(JSON.parse(await readFile(recordPath(runId), "utf8"))).storeUri;
  } catch {
    // The record only saves typing --store.
    return undefined;
  }
}

function recordPath(runId: string): string {
  return join(readEnvironment().home, "runs", `${runId}.json`);
}
