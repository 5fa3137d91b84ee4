import { z } from "zod";
import { gradeSchema, type Question, questionSchema } from "../../models/records.js";
import { readJson } from "../../store/json.js";
import { readJsonLines } from "../../store/json-lines.js";
import { keys, type TakerPool } from "../../store/keys.js";
import type { Evaluation } from "../../swarm/objectives/evaluation.js";
import { evaluationMatrix } from "../../swarm/objectives/evaluation-matrix.js";
import { inSets } from "../../swarm/objectives/evaluation-parts.js";
import { takerPerformance } from "../../swarm/objectives/performance.js";
import type { Objective, ObjectiveNeeds } from "../../swarm/objectives/objective.js";
import type { RunContext } from "../dependencies.js";
import { takersOf } from "../run/taker-pool.js";

export const relevanceSchema = z.array(z.number());

/** A run, as far as its evaluations are read. */
export interface EvaluatedRun {
  readonly runId: string;
  readonly store: RunContext["store"];
  readonly objective: Pick<Objective, "needs">;
  readonly inputs: Pick<RunContext["inputs"], "takers" | "unseenTakers">;
}

/** Reads a folder's questions and a pool's grades of them as the evaluation that an objective needs: the run's, where none is given. */
export async function readEvaluation(
  context: EvaluatedRun,
  {
    folder,
    pool,
    needs = context.objective.needs,
  }: { readonly folder: string; readonly pool: TakerPool; readonly needs?: ObjectiveNeeds },
): Promise<{ readonly evaluation: Evaluation; readonly questions: readonly Question[] }> {
  const { store, runId } = context;
  const { questions, performance } = await readMatrix(context, folder, pool);
  const seed = needs.seedPerformance ? await readMatrix(context, keys.seedEvaluation(runId), pool) : undefined;
  return {
    questions,
    evaluation: {
      performance,
      questionSets: inSets(questions.length, needs.questionSets),
      seedPerformance: seed && takerPerformance(seed.performance),
      relevance: needs.relevance ? await readJson(store, keys.relevance(folder), relevanceSchema) : undefined,
    },
  };
}

async function readMatrix(
  { store, inputs }: EvaluatedRun,
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
