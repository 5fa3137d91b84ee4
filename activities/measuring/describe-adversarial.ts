import type { AdversarialResult, TakerIteration, TrainingComparison } from "../../report/adversarial-result.js";
import type { FreshScore } from "../../report/result.js";
import { gradeSchema, questionSchema } from "../../models/records.js";
import { readJsonLines } from "../../store/json-lines.js";
import { keys, TESTED } from "../../store/keys.js";
import { evaluationMatrix } from "../../swarm/objectives/evaluation-matrix.js";
import { meanPerformance } from "../../swarm/objectives/mean-performance.js";
import type { SwarmState } from "../../swarm/state.js";
import { bootstrapInterval } from "../../swarm/statistics/bootstrap.js";
import { CORRECT_FROM } from "../../swarm/statistics/compare-difficulty.js";
import { pairedBootstrapTest } from "../../swarm/statistics/paired-bootstrap.js";
import { type Proportion, twoProportionTest } from "../../swarm/statistics/two-proportion-test.js";
import type { RunContext } from "../dependencies.js";

/** What the swarm of takers came to. */
export interface AdversarialSearchResult {
  readonly takers: SwarmState;
  readonly iterations: readonly TakerIteration[];
  /** Fine-tuned for comparison; 0 questions where there was nothing to learn from. */
  readonly trained: readonly { readonly training: string; readonly questions: number; readonly instances: number }[];
}

const NO_SCORE: FreshScore = { score: null, low: null, high: null, questions: 0 };

/** Compares, on the test questions, the best taker with what other ways of learning gave. */
export async function describeAdversarial(
  context: RunContext,
  { takers, iterations, trained }: AdversarialSearchResult,
): Promise<AdversarialResult> {
  const { inputs } = context;
  const names = inputs.takers.map(({ name }) => name);
  const { globalBest } = takers;
  if (globalBest === null) throw new TypeError("no taker has a score");
  const tested = trained.filter(({ questions, training }) => questions > 0 || training === "base-model");
  const rows = await readTest(context, [
    TESTED.best,
    ...names.map((_, particle) => TESTED.initial(particle)),
    ...tested.map(({ training }) => training),
  ]);
  const row = (name: string): readonly number[] => rows.get(name) ?? [];
  const score = (name: string): FreshScore => measure(context, row(name));
  const best = row(TESTED.best);
  const comparisons = trained.map(({ training, questions, instances }): TrainingComparison => {
    const other = row(training);
    const compared = other.length === 0 ? { pValue: null, pValuePaired: null } : compare(context, best, other);
    return { training, questions, instances, test: score(training), ...compared };
  });
  const found = iterations.find(({ iteration }) => iteration === globalBest.iteration);
  const test = score(TESTED.best);
  return {
    takers: names,
    iterations,
    heldOutQuestions: await heldOutQuestions(context),
    best: {
      taker: names[globalBest.particle] as string,
      iteration: globalBest.iteration,
      window: globalBest.score,
      heldOut: found?.heldOut[globalBest.particle] as number,
      test,
    },
    initial: names.map((taker, particle) => ({ taker, test: score(TESTED.initial(particle)) })),
    comparisons,
    relativeGain: relativeGain(test, comparisons),
  };
}

/** Performance of each who took the test, question by question. */
async function readTest(
  { store, runId }: RunContext,
  takers: readonly string[],
): Promise<ReadonlyMap<string, readonly number[]>> {
  const folder = keys.test(runId);
  const questions = await readJsonLines(store, keys.questions(folder), questionSchema);
  const rows = evaluationMatrix({
    takers,
    questionIds: questions.map(({ id }) => id),
    grades: await readJsonLines(store, keys.grades(folder), gradeSchema),
  });
  return new Map(takers.map((taker, index) => [taker, rows[index] as number[]]));
}

function measure({ config }: RunContext, row: readonly number[]): FreshScore {
  if (row.length === 0) return NO_SCORE;
  const { seed, evaluation } = config;
  const options = { objective: meanPerformance, seed, resamples: evaluation.bootstrapSamples };
  return { ...bootstrapInterval({ performance: [row] }, options), questions: row.length };
}

function compare(
  { config }: RunContext,
  candidate: readonly number[],
  reference: readonly number[],
): Pick<TrainingComparison, "pValue" | "pValuePaired"> {
  const { seed, evaluation } = config;
  const { pValue } = twoProportionTest({ larger: rightAnswers(candidate), smaller: rightAnswers(reference) });
  const paired = pairedBootstrapTest({ candidate, reference, seed, resamples: evaluation.bootstrapSamples });
  return { pValue, pValuePaired: paired.pValue };
}

function rightAnswers(row: readonly number[]): Proportion {
  return { events: row.filter((value) => value >= CORRECT_FROM).length, trials: row.length };
}

function relativeGain({ score }: FreshScore, comparisons: readonly TrainingComparison[]): number | null {
  const others = comparisons.flatMap(({ test }) => (test.score === null ? [] : [test.score]));
  const highest = Math.max(...others);
  return score === null || others.length === 0 || highest === 0 ? null : score / highest - 1;
}

async function heldOutQuestions({ store, runId }: RunContext): Promise<number> {
  return (await readJsonLines(store, keys.questions(keys.heldOut(runId, 0)), questionSchema)).length;
}
