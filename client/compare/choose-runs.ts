/** Which runs a comparison is of. */
import type { RunResult } from "../../report/result.js";
import { openStore } from "../../store/open-store.js";
import { InputError } from "../errors.js";
import { type FoundRun, findRun, listKnownRuns } from "../known-runs.js";
import { expectResult, readResult } from "../run-result.js";

export interface RunChoice {
  /** Each must be finished. */
  readonly ids: readonly string[];
  /** Every finished run whose id begins so, but for those of a hyperparameter search; all of them where it is empty. */
  readonly prefix?: string | undefined;
  /** Where runs are; with a prefix, all of its runs are looked at, without one those that this machine knows. */
  readonly store?: string | undefined;
}

export interface ChosenRuns {
  readonly runs: readonly { readonly found: FoundRun; readonly result: RunResult }[];
  /** Ids that a prefix found and that have no result. */
  readonly unfinished: readonly string[];
}

/** @throws InputError `UNKNOWN_RUN`, `NO_RESULT`, `NOTHING_TO_COMPARE`; StoreError */
export async function chooseRuns({ ids, prefix, store }: RunChoice): Promise<ChosenRuns> {
  const named = await Promise.all(
    [...new Set(ids)].map(async (id) => {
      const found = await findRun(id, store);
      return { found, result: await expectResult(found.store, id) };
    }),
  );
  const others = prefix === undefined ? [] : await findByPrefix(prefix, store);
  // The runs of a hyperparameter search are what its winner was chosen from, and no repeats of it.
  const parts = others.flatMap(({ result }) => result?.search?.runs.map(({ runId }) => runId) ?? []);
  const more = others.filter(({ found: { run } }) => !ids.includes(run.runId) && !parts.includes(run.runId));
  const runs = [...named, ...more.flatMap(({ found, result }) => (result === undefined ? [] : [{ found, result }]))];
  if (runs.length < 2) throw new InputError("NOTHING_TO_COMPARE", describeTooFew(runs.length, prefix));
  return {
    runs,
    unfinished: more.filter(({ result }) => result === undefined).map(({ found }) => found.run.runId),
  };
}

function describeTooFew(count: number, prefix: string | undefined): string {
  const given = count === 0 ? "no finished run" : "one finished run";
  const where =
    prefix === undefined ? "was named" : prefix === "" ? "is there" : `has an id that begins with ${prefix}`;
  return `${given} ${where}, and a comparison needs two or more; \`swarm list\` shows the known ones`;
}

async function findByPrefix(
  prefix: string,
  store: string | undefined,
): Promise<{ readonly found: FoundRun; readonly result: RunResult | undefined }[]> {
  const found = store === undefined ? await knownRuns(prefix) : await storedRuns(prefix, store);
  return Promise.all(
    found
      .sort((one, other) => (one.run.runId < other.run.runId ? -1 : 1))
      .map(async (one) => ({ found: one, result: await readResult(one.store, one.run.runId) })),
  );
}

/** Runs whose store no longer has them are gone, and nothing to compare. */
async function knownRuns(prefix: string): Promise<FoundRun[]> {
  const known = (await listKnownRuns()).filter(({ runId }) => runId.startsWith(prefix));
  const found = await Promise.all(
    known.map(({ runId, storeUri }) =>
      findRun(runId, storeUri).catch((error: unknown) => {
        if (error instanceof InputError && error.code === "UNKNOWN_RUN") return undefined;
        throw error;
      }),
    ),
  );
  return found.filter((one) => one !== undefined);
}

async function storedRuns(prefix: string, storeOption: string): Promise<FoundRun[]> {
  const store = await openStore(storeOption);
  const runIds: string[] = [];
  for await (const key of store.list(`runs/${prefix}`)) {
    const runId = /^runs\/([^/]+)\/inputs\.json$/.exec(key)?.[1];
    if (runId !== undefined) runIds.push(runId);
  }
  return runIds.map((runId) => ({ run: { runId, storeUri: store.uri }, store }));
}
