import { gradeSchema, answerSchema, questionSchema, type Question } from "../models/records.js";
import { holdingRun } from "../report/hyperparameter-search.js";
import { lengthOf } from "../report/question-lengths.js";
import { renderReport } from "../report/render-report.js";
import { reportSettings } from "./measuring/report-settings.js";
import type { ExampleQuestion, GeneratorReport, ReportData } from "../report/report-data.js";
import type { RunResult } from "../report/result.js";
import { readJson } from "../store/json.js";
import { readJsonLines } from "../store/json-lines.js";
import { keys, type TakerPool } from "../store/keys.js";
import type { ActivityDependencies, RunContext } from "./dependencies.js";
import type { RunRef } from "./run/run-inputs.js";
import { sampleSummarySchema } from "./sample-questions.js";
import { scoreSchema } from "./score-objective.js";
import { readSeedQuestions } from "./run/seed-questions.js";

export interface ReportRequest {
  readonly run: RunRef;
  readonly result: RunResult;
}

const EXAMPLES = 10;

/** Writes the run's report, one self-contained HTML page, into the store. */
export async function writeReport(dependencies: ActivityDependencies, { run, result }: ReportRequest): Promise<void> {
  const context = await dependencies.openRun({ ...run, runId: holdingRun(result) });
  await context.store.put(keys.report(run.runId), await renderReport(await gatherReport(context, result)));
}

/**
 * Reads everything that the report shows.
 *
 * @param context of the run whose folders hold it
 */
export async function gatherReport(context: RunContext, result: RunResult): Promise<ReportData> {
  const { config, inputs } = context;
  const measured = [
    ...result.initial.map(({ particle }) => ({ label: `initial-${particle}`, particle, iteration: 0 })),
    ...(result.best === null
      ? await unscored(context, result)
      : [{ label: "best", particle: result.best.particle, iteration: result.best.iteration }]),
  ];
  return {
    result,
    name: config.name,
    domain: context.grader.description,
    objective: result.objective,
    takers: inputs.takers.map(({ name }) => name),
    settings: reportSettings(config),
    generators: await Promise.all(measured.map((generator) => gatherGenerator(context, generator))),
    ...(config.kind === "baseline" ? { seedQuestions: await gatherSeedQuestions(context) } : {}),
  };
}

/** A baseline without a score may have written, and what became of that says why it has none. */
async function unscored(
  { store, runId }: RunContext,
  { method }: RunResult,
): Promise<Pick<GeneratorReport, "label" | "particle" | "iteration">[]> {
  const hasWritten = (await store.stat(keys.sampling(keys.fresh(runId, "best")))) !== undefined;
  return method !== undefined && hasWritten ? [{ label: "best", particle: 0, iteration: 0 }] : [];
}

async function gatherSeedQuestions(context: RunContext): Promise<GeneratorReport["questions"]> {
  return (await readSeedQuestions(context)).flatMap(({ question }) => {
    const examined = context.grader.examine(question);
    return examined.valid ? [{ kind: examined.kind, size: examined.size }] : [];
  });
}

async function gatherGenerator(
  { store, runId }: RunContext,
  generator: Pick<GeneratorReport, "label" | "particle" | "iteration">,
): Promise<GeneratorReport> {
  const folder = keys.fresh(runId, generator.label);
  const { usage: _, ...sampled } = await readJson(store, keys.sampling(folder), sampleSummarySchema);
  const questions = await readJsonLines(store, keys.questions(folder), questionSchema);
  const graded = (await store.stat(keys.score(folder))) !== undefined;
  return {
    ...generator,
    sampled,
    performance: await readPerformance(store, folder, "search"),
    unseenPerformance: await readPerformance(store, folder, "unseen"),
    questions: questions.flatMap((question) => {
      const { kind, size } = kindAndSize(question);
      return kind === null || size === null ? [] : [{ kind, size }];
    }),
    lengths: questions.map(({ question }) => lengthOf(question)),
    examples: graded ? await gatherExamples(store, folder, questions.slice(0, EXAMPLES)) : [],
  };
}

/** Empty where the pool did not answer. */
async function readPerformance(
  store: RunContext["store"],
  folder: string,
  pool: TakerPool,
): Promise<GeneratorReport["performance"]> {
  const key = keys.score(keys.pool(folder, pool));
  return (await store.stat(key)) === undefined ? {} : (await readJson(store, key, scoreSchema)).performance;
}

async function gatherExamples(
  store: RunContext["store"],
  folder: string,
  questions: readonly Question[],
): Promise<ExampleQuestion[]> {
  const answers = await readJsonLines(store, keys.answers(folder), answerSchema);
  const grades = await readJsonLines(store, keys.grades(folder), gradeSchema);
  const performance = new Map(
    grades
      .filter(({ sample }) => sample === 0)
      .map((grade) => [`${grade.questionId} ${grade.taker}`, grade.performance]),
  );
  return questions.map(({ id, question, answer, meta }) => ({
    question,
    answer: answer ?? "",
    ...kindAndSize({ meta }),
    replies: answers
      .filter(({ questionId, sample }) => questionId === id && sample === 0)
      .map(({ taker, response }) => ({
        taker,
        response,
        performance: performance.get(`${id} ${taker}`) as number,
      })),
  }));
}

/** What the domain's grader told of a question when it was sampled. */
function kindAndSize({ meta }: Pick<Question, "meta">): { readonly kind: string | null; readonly size: number | null } {
  const { kind, size } = meta ?? {};
  return { kind: typeof kind === "string" ? kind : null, size: typeof size === "number" ? size : null };
}
