import type { RunRef } from "../activities/run/run-inputs.js";
import type { SampleRequest, SampleSummary } from "../activities/sample-questions.js";
import type { StagePlan, TakerPlan } from "../activities/run/stage-plan.js";
import type { TakerPool } from "../store/keys.js";
import { addUsage, NO_USAGE } from "./usage.js";
import type { Usage } from "../report/result.js";
import { cpu, gpu, llm } from "./activity-options.js";
import type { Progress } from "./progress.js";
import { settleAll } from "./settle.js";

/** What every stage of a run works with. */
export interface StageContext<Plan extends StagePlan = StagePlan> {
  readonly run: RunRef;
  readonly plan: Plan;
  readonly progress: Progress;
  /** Resolves at once, or when a paused run is resumed. */
  readonly hold: () => Promise<void>;
  /** Whether other runs may sample and have answered the same: then work on embedded models is shared with them. */
  readonly share?: boolean;
}

/** What one evaluation of a generator gave. */
export interface Evaluation {
  /** Null where too few questions were valid and new. */
  readonly score: number | null;
  readonly usage: Usage;
}

/** Announces evaluations to the progress. */
export function expectEvaluations({ progress, plan }: StageContext, count: number): void {
  progress.expect("sample", count);
  expectAnswers(progress, { folders: count, takers: plan.takers });
  progress.expect("score", count);
}

/** Announces that each of some takers answers the questions of a number of folders. */
export function expectAnswers(
  progress: Progress,
  { folders, takers }: { readonly folders: number; readonly takers: readonly TakerPlan[] },
): void {
  progress.expect("answer", folders * takers.length);
  progress.expect("judge", folders);
}

/** Counts as done what takers need not do for questions that are not to be graded. */
export function skipGrading(progress: Progress, takers: readonly TakerPlan[]): void {
  progress.skip("answer", takers.length);
  progress.skip("judge");
  progress.skip("score");
}

/** Samples from one generator, has every taker answer and the judge grade, and scores the objective (section 2.2). */
export async function evaluate(context: StageContext, sample: Omit<SampleRequest, "run">): Promise<Evaluation> {
  const { run, progress, hold, share } = context;
  await hold();
  const sampled = await progress.track("sample", gpu.sampleQuestions({ run, share, ...sample }));
  return evaluateSampled(context, sample.folder, sampled);
}

/** What of a sample decides whether it is graded. */
type Sampled = Pick<SampleSummary, "drawn" | "valid" | "validRate" | "usage">;

/** The rest of an evaluation, once a folder's questions are there; what they cost is part of what it cost. */
export async function evaluateSampled(context: StageContext, folder: string, sampled: Sampled): Promise<Evaluation> {
  const { plan, progress } = context;
  if (!hasEnough(sampled, plan)) {
    skipGrading(progress, plan.takers);
    return { score: null, usage: sampled.usage };
  }
  const { score, usage } = await gradeAndScore(context, folder);
  return { score, usage: addUsage(sampled.usage, usage) };
}

/** `valid` counts the valid new ones. */
function hasEnough({ drawn, valid, validRate }: Sampled, { minValid, minNew = 0 }: StagePlan): boolean {
  return valid > 0 && validRate >= minValid && valid / drawn >= minNew;
}

/** Has every taker answer a folder's questions and the judge grade, and scores the objective. */
export async function gradeAndScore(
  context: StageContext,
  folder: string,
): Promise<Evaluation & { readonly score: number }> {
  const { run, plan, progress, hold } = context;
  const graded = await answerAndJudge(context, folder);
  await hold();
  const measured = plan.needsRelevance ? await gpu.measureRelevance({ run, folder }) : { usage: NO_USAGE };
  const scored = await progress.track("score", cpu.scoreObjective({ run, folder, pool: "search" }));
  return { score: scored.score, usage: [measured, scored].map(({ usage }) => usage).reduce(addUsage, graded) };
}

/** Has every taker of a pool answer a folder's questions, then grades the answers. */
export async function answerAndJudge(
  context: StageContext,
  folder: string,
  pool: TakerPool = "search",
): Promise<Usage> {
  const { run, plan, progress, hold, share } = context;
  const takers = pool === "search" ? plan.takers : plan.unseenTakers;
  await hold();
  const answered = await settleAll(
    takers.map((taker) => () => {
      const { name, model } = taker;
      const answering = activitiesFor(taker).answerQuestions({ run, folder, pool, taker: name, model, share });
      return progress.track("answer", answering);
    }),
  );
  await hold();
  const names = takers.some(({ model }) => model !== undefined) ? takers.map(({ name }) => name) : undefined;
  const judged = await progress.track("judge", cpu.judgeAnswers({ run, folder, pool, takers: names }));
  return [...answered, judged].map(({ usage }) => usage).reduce(addUsage);
}

function activitiesFor(taker: TakerPlan): Pick<typeof gpu, "answerQuestions"> {
  return taker.queue === "llm" ? llm : gpu;
}
