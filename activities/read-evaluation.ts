import { z } from "zod";
import { gradeSchema, type Question, questionSchema } from "../models/records.js";
import { readJson } from "../store/json.js";
import { readJsonLines } from "../store/json-lines.js";
import { keys, type TakerPool } from "../store/keys.js";
import type { Evaluation } from "../swarm/objectives/evaluation.js";
import { evaluationMatrix } from "../swarm/objectives/evaluation-matrix.js";
import { takerPerformance } from "../swarm/objectives/performance.js";
import type { ObjectiveNeeds } from "../swarm/objectives/objective.js";
import { objectiveOf } from "../swarm/objectives/registry.js";
import type { RunContext } from "./dependencies.js";
import { takersOf } from "./taker-pool.js";

export const relevanceSchema = z.array(z.number());

/** Reads a folder's questions and a pool's grades of them as the evaluation that an objective needs: the run's, where none is given. */
export async function readEvaluation(
  context: RunContext,
  {
    folder,
    pool,
    needs = objectiveOf(context.config.objective).needs,
  }: { readonly folder: string; readonly pool: TakerPool; readonly needs?: ObjectiveNeeds },
): Promise<{ readonly evaluation: Evaluation; readonly questions: readonly Question[] }> {
  const { store, runId } = context;
  const { questions, performance } = await readMatrix(context, folder, pool);
  const seed = needs.seedPerformance ? await readMatrix(context, keys.seedEvaluation(runId), pool) : undefined;
  return {
    questions,
    evaluation: {
      performance,
      questionSets: questions.map((_, index) => Math.floor((index * needs.questionSets) / questions.length)),
      seedPerformance: seed && takerPerformance(seed.performance),
      relevance: needs.relevance ? await readJson(store, keys.relevance(folder), relevanceSchema) : undefined,
    },
  };
}

async function readMatrix(
  { store, inputs }: RunContext,
  folder: string,
  pool: TakerPool,
): Promise<{ readonly performance: number[][]; readonly questions: Question[] }> {
  const questions = await readJsonLines(store, keys.questions(folder), questionSchema);
  const performance = evaluationMatrix({
    takers: takersOf(inputs, pool).map(({ name }) => name),
    questionIds: questions.map(({ id }) => id),
    grades: await readJsonLines(store, keys.grades(keys.pool(folder, pool)), gradeSchema),
  });
  return { questions, performance };
}
