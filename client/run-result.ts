/** `result.json` as other versions may have written it too: more fields are fine. */
import { z } from "zod";
import type { AdversarialResult } from "../report/adversarial-result.js";
import type { HyperparameterSearch } from "../report/hyperparameter-search.js";
import type { IterationResult, RunResult } from "../report/result.js";
import { readJson } from "../store/json.js";
import { keys } from "../store/keys.js";
import type { Store } from "../store/store.js";
import { InputError } from "./errors.js";

const number = z.number().nullable();
const fresh = z.looseObject({ score: number, low: number, high: number, questions: z.number() });

/** Also of a checkpoint. */
export const iterationSchema = z.looseObject({
  iteration: z.number().int().nonnegative(),
  scores: z.array(number),
  best: number,
  worst: number,
  challenges: z
    .array(
      z.looseObject({
        best: z.enum(["personal", "global"]),
        particle: z.number(),
        pValue: number,
        accepted: z.boolean(),
      }),
    )
    .optional(),
}) satisfies z.ZodType<IterationResult>;

const initial = z.array(z.looseObject({ particle: z.number(), fresh }));
const comparison = { pValue: number, pValueAdjusted: number };

const stoppedBecause = z.enum(["patience", "max-iterations", "hopeless", "stop-requested", "budget"]);
const value = z.number();

const searchSchema = z.looseObject({
  runs: z.array(
    z.looseObject({
      runId: z.string(),
      coefficients: z.looseObject({ inertia: value, cognitive: value, social: value, repel: value, stepLength: value }),
      searched: number,
      fresh: fresh.nullable(),
      iterations: value,
      stoppedBecause,
      seconds: value,
    }),
  ),
  drawn: value,
  winner: z.string(),
  stoppedBecause: z.enum(["all-runs", "stop-requested", "budget"]),
}) satisfies z.ZodType<HyperparameterSearch>;

const tested = { taker: z.string(), test: fresh };

const adversarialSchema = z.looseObject({
  takers: z.array(z.string()),
  iterations: z.array(
    z.looseObject({
      iteration: value,
      window: z.array(value),
      heldOut: z.array(value),
      questions: value,
      entered: value,
    }),
  ),
  heldOutQuestions: value,
  best: z.looseObject({ ...tested, iteration: value, window: value, heldOut: value }),
  initial: z.array(z.looseObject(tested)),
  comparisons: z.array(
    z.looseObject({
      training: z.string(),
      questions: value,
      instances: value,
      test: fresh,
      pValue: number,
      pValuePaired: number,
    }),
  ),
  relativeGain: number,
}) satisfies z.ZodType<AdversarialResult>;

const resultSchema = z.looseObject({
  runId: z.string(),
  kind: z.string(),
  method: z.string().optional(),
  configDigest: z.string(),
  objective: z.string(),
  digest: z.string(),
  iterations: z.array(iterationSchema),
  initial,
  best: z
    .looseObject({
      runId: z.string().optional(),
      particle: z.number(),
      startedAsBase: z.literal(true).optional(),
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
    shared: z
      .looseObject({
        questions: z.number(),
        tokens: z.number(),
        calls: z.number(),
        seconds: z.record(z.string(), z.number()),
      })
      .optional(),
  }),
  stoppedBecause,
  search: searchSchema.optional(),
  adversarial: adversarialSchema.optional(),
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
