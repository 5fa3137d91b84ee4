/** From what the store holds of a finished run to what is compared. */
import { z } from "zod";
import { runObjective, unnamedModules } from "../../activities/run/objective-module.js";
import { type EvaluatedRun, readEvaluation } from "../../activities/measuring/read-evaluation.js";
import type { ComparedRun, Measurement, Options } from "../../report/compare/compared-run.js";
import { measureQuestions, type QuestionMeasures } from "../../report/compare/question-measures.js";
import { spentOf } from "../../report/compare/spent.js";
import { holdingRun } from "../../report/hyperparameter-search.js";
import { lengthOf } from "../../report/question-lengths.js";
import type { FreshScore, RunResult } from "../../report/result.js";
import { winningCluster } from "../../report/winning-cluster.js";
import { type Question, questionSchema } from "../../models/records.js";
import { readJson } from "../../store/json.js";
import { readJsonLines } from "../../store/json-lines.js";
import { keys, type TakerPool } from "../../store/keys.js";
import type { Objective, ObjectiveNeeds } from "../../swarm/objectives/objective.js";
import { InputError } from "../errors.js";
import type { FoundRun } from "../known-runs.js";
import { type ComparedConfig, flatten, methodOptions, readComparedConfig } from "./read-compared-config.js";
import { resolvedTakerSchema, shortDigest, takerOptions } from "./taker-options.js";

const artifact = z.looseObject({ key: z.string(), sha256: z.string(), bytes: z.number() });

/** Of `inputs.json`, as any kind of run writes it. */
const inputsSchema = z.looseObject({
  seedData: artifact,
  heldOutData: artifact.nullable().default(null),
  userQueries: artifact.nullable().default(null),
  objectives: z.record(z.string(), artifact).default({}),
  takers: z.array(resolvedTakerSchema),
  unseenTakers: z.array(resolvedTakerSchema).default([]),
});
type ComparedInputs = z.infer<typeof inputsSchema>;

interface ReadRun {
  /** The run whose folders hold it. */
  readonly found: FoundRun;
  readonly config: ComparedConfig;
  readonly inputs: ComparedInputs;
  readonly objective: Objective;
}

/** The folder of the fresh measurement of what a run ended with. */
const BEST = "best";

/**
 * @param modules SHA-256 of the objectives of users' own that may be imported
 * @throws InputError `UNTRUSTED_OBJECTIVE`; StoreError, ConfigError, ObjectiveError
 */
export async function readComparedRun(
  found: FoundRun,
  result: RunResult,
  modules: readonly string[],
): Promise<ComparedRun> {
  const { store, run } = found;
  const config = await readComparedConfig(store, run.runId);
  const inputs = await readJson(store, keys.inputs(run.runId), inputsSchema);
  const [unnamed] = unnamedModules(inputs, modules);
  if (unnamed !== undefined) {
    throw new InputError(
      "UNTRUSTED_OBJECTIVE",
      `run ${run.runId}: its objective ${unnamed} is a program in the store that was not started from here; name your copy of it with --objective`,
    );
  }
  const objective = await runObjective(store, { config, inputs, modules });
  const holder = { store, run: { ...run, runId: holdingRun(result) } };
  const read = { found: holder, config, inputs, objective };
  const { best, unseen } = result;
  const conditions = conditionsOf(read);
  const { measurement, questions } = await readMeasurement(read, best?.fresh, "search");
  return {
    runId: run.runId,
    kind: config.kind,
    baseline: config.baseline?.method,
    seed: config.seed,
    domain: config.domain,
    objective,
    isComposite: Object.values(config.objective).filter((weight) => weight > 0).length > 1,
    measured: await measuredOptions(read, conditions),
    conditions: { ...conditions, ...takerOptions("takers", inputs.takers, config.takers) },
    takers: inputs.takers.map(({ name }) => name),
    unseenTakers: takerOptions("unseenTakers", inputs.unseenTakers, config.unseenTakers),
    options: { ...methodOptions(config), ...heldOutOptions(read) },
    searched: best?.searched ?? null,
    search: measurement,
    unseen: unseen === null ? null : (await readMeasurement(read, unseen.best?.fresh, "unseen")).measurement,
    questions,
    winner: winningCluster(result),
    spent: spentOf(result.usage),
  };
}

async function readMeasurement(
  { found: { store, run }, inputs, objective }: ReadRun,
  fresh: FreshScore | undefined,
  pool: TakerPool,
): Promise<{ readonly measurement: Measurement; readonly questions: QuestionMeasures | null }> {
  if (fresh === undefined || fresh.score === null)
    return { measurement: { score: null, questions: 0, evaluation: undefined }, questions: null };
  const folder = keys.fresh(run.runId, BEST);
  const source = { runId: run.runId, store, inputs, objective };
  const needs = await knownNeeds(source, folder, pool);
  const { evaluation, questions } = await readEvaluation(source, { folder, pool, needs });
  const { score, questions: graded } = fresh;
  return {
    measurement: { score, questions: graded, evaluation },
    questions: measureQuestions(questions.map(describeQuestion)),
  };
}

/** What the run's objective needs, and what else there is that another one may need. */
async function knownNeeds(
  { runId, store, objective: { needs } }: EvaluatedRun,
  folder: string,
  pool: TakerPool,
): Promise<ObjectiveNeeds> {
  const isThere = async (key: string): Promise<boolean> => (await store.stat(key)) !== undefined;
  return {
    ...needs,
    seedPerformance: needs.seedPerformance || (await isThere(keys.grades(keys.pool(keys.seedEvaluation(runId), pool)))),
    relevance: needs.relevance || (await isThere(keys.relevance(folder))),
  };
}

function describeQuestion({ question, meta }: Question): { readonly size: number | null; readonly length: number } {
  const size = meta?.["size"];
  return { size: typeof size === "number" ? size : null, length: lengthOf(question) };
}

/** What every objective is measured under: by content where the config has paths. */
function conditionsOf({ config, inputs }: ReadRun): Options {
  return {
    seedData: shortDigest(inputs.seedData.sha256),
    ...flatten({ answering: config.answering, judge: config.judge }),
    freshQuestions: String(config.evaluation.freshQuestions),
  };
}

/** What was measured and how. */
async function measuredOptions({ found, config, inputs, objective }: ReadRun, conditions: Options): Promise<Options> {
  const { needs } = objective;
  const modules = Object.values(inputs.objectives).map(({ sha256 }) => shortDigest(sha256));
  return {
    ...conditions,
    ...(modules.length === 0 ? {} : { objective: modules.sort().join(", ") }),
    ...(needs.relevance && inputs.userQueries !== null ? { userQueries: shortDigest(inputs.userQueries.sha256) } : {}),
    ...(needs.seedPerformance ? { seedQuestions: await countSeedQuestions(found) } : {}),
    ...(needs.takers > 0 ? takerOptions("takers", inputs.takers, config.takers) : {}),
  };
}

async function countSeedQuestions({ store, run: { runId } }: FoundRun): Promise<string> {
  const questions = await readJsonLines(store, keys.questions(keys.seedEvaluation(runId)), questionSchema);
  return String(questions.length);
}

/** Held-out data makes a difference to what gives it out as its questions. */
function heldOutOptions({ config, inputs }: ReadRun): Options {
  if (inputs.heldOutData === null || config.baseline?.method !== "held-out-set") return {};
  return { heldOutData: shortDigest(inputs.heldOutData.sha256) };
}
