/** `result.json` as other versions may have written it too: more fields are fine. */
import { z } from "zod";
import type { RunResult } from "../report/result.js";
import { readJson } from "../store/json.js";
import { keys } from "../store/keys.js";
import type { Store } from "../store/store.js";
import { InputError } from "./errors.js";

const number = z.number().nullable();
const fresh = z.looseObject({ score: number, low: number, high: number, questions: z.number() });

const initial = z.array(z.looseObject({ particle: z.number(), fresh }));
const comparison = { pValue: number, pValueAdjusted: number };

const resultSchema = z.looseObject({
  runId: z.string(),
  kind: z.string(),
  configDigest: z.string(),
  objective: z.string(),
  digest: z.string(),
  iterations: z.array(z.looseObject({ iteration: z.number(), scores: z.array(number), best: number, worst: number })),
  initial,
  best: z
    .looseObject({
      particle: z.number(),
      iteration: z.number(),
      searched: z.number(),
      fresh,
      validRate: z.number(),
      novelRate: z.number(),
      ...comparison,
    })
    .nullable(),
  unseen: z
    .looseObject({
      takers: z.array(z.string()),
      initial,
      best: z.looseObject({ fresh, ...comparison }).nullable(),
    })
    .nullable()
    // Results of before there were any have none.
    .default(null),
  usage: z.looseObject({
    questions: z.number(),
    tokens: z.number(),
    calls: z.number(),
    usd: z.number(),
    seconds: z.record(z.string(), z.number()),
  }),
  stoppedBecause: z.enum(["patience", "max-iterations", "stop-requested", "budget"]),
}) satisfies z.ZodType<RunResult>;

/** The result of a run, `undefined` as long as it has none. @throws StoreError */
export async function readResult(store: Store, runId: string): Promise<RunResult | undefined> {
  if ((await store.stat(keys.result(runId))) === undefined) return undefined;
  return readJson(store, keys.result(runId), resultSchema);
}

/** The same, but only once the report, which is written last, is there too. */
export async function readFinishedResult(store: Store, runId: string): Promise<RunResult | undefined> {
  if ((await store.stat(keys.report(runId))) === undefined) return undefined;
  return readResult(store, runId);
}

/** @throws InputError `NO_RESULT` */
export async function expectResult(store: Store, runId: string): Promise<RunResult> {
  const result = await readResult(store, runId);
  if (result !== undefined) return result;
  throw new InputError("NO_RESULT", `run ${runId} has no result yet; \`swarm status ${runId}\` says where it is`);
}
