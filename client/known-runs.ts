/** Which runs this machine has started and where they are: `$SWARM_HOME/runs/<id>.json`, so that `--store` need not be repeated. */
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { z } from "zod";
import type { RunRef } from "../activities/run/run-inputs.js";
import { readEnvironment } from "../config/environment.js";
import { parseStoreUri } from "../config/store-uri.js";
import { keys } from "../store/keys.js";
import { openStore } from "../store/open-store.js";
import { replaceFile } from "../store/replace-file.js";
import { checkName } from "../store/run-id.js";
import type { Store } from "../store/store.js";
import { InputError } from "./errors.js";
import { note } from "./output.js";

const knownRunSchema = z.object({ storeUri: z.string() });

/** Remembers where a run is. */
export async function rememberRun({ runId, storeUri }: RunRef): Promise<void> {
  await replaceFile(recordPath(runId), `${JSON.stringify({ storeUri })}\n`, { ownerOnly: true });
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
 * Finds a run by its id: in the given store, else where this machine last saw it, else in the default store, else where the
 * server says that it is.
 *
 * @throws InputError `UNKNOWN_RUN`, `STORE_ELSEWHERE`; StoreError; TemporalServerError
 */
export async function findRun(runId: string, storeOption?: string): Promise<FoundRun> {
  checkName("run id", runId);
  const known = storeOption ?? (await rememberedStore(runId));
  const found = await lookInto(known ?? defaultStoreUri(), runId);
  if (found !== undefined) return found;
  const told = known === undefined ? await storeOnServer(runId) : undefined;
  if (told !== undefined) return expectFromHere(runId, told);
  throw new InputError(
    "UNKNOWN_RUN",
    `there is no run ${runId} in ${known ?? defaultStoreUri()}; \`swarm list\` shows the known ones, --store names another store`,
  );
}

async function lookInto(storeUri: string, runId: string): Promise<FoundRun | undefined> {
  const store = await openStore(storeUri);
  if ((await store.stat(keys.inputs(runId))) === undefined) return undefined;
  return { run: { runId, storeUri: store.uri }, store };
}

/** What the server keeps with a run, for machines that did not start it. */
async function storeOnServer(runId: string): Promise<string | undefined> {
  // Loaded only where it is needed: Temporal's client takes longer to load than all of the rest.
  const [{ openRunningClient }, { describeRun }] = await Promise.all([
    import("./connection.js"),
    import("./start-run.js"),
  ]);
  const open = await openRunningClient(note);
  try {
    return open === undefined ? undefined : (await describeRun(open.client, runId))?.storeUri;
  } finally {
    await open?.close();
  }
}

/** A directory of another machine is not there on this one, or is another directory. */
async function expectFromHere(runId: string, storeUri: string): Promise<FoundRun> {
  const found = await lookInto(storeUri, runId);
  if (found !== undefined) return found;
  throw new InputError(
    "STORE_ELSEWHERE",
    `run ${runId} is in ${storeUri}, which this machine does not reach; name the store as this machine reaches it with --store`,
  );
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
