import { z } from "zod";
import { type Grade, gradeSchema, type Question } from "../models/records.js";
import { writeJson } from "../store/json.js";
import { readJsonLines, writeJsonLines } from "../store/json-lines.js";
import { keys } from "../store/keys.js";
import type { Evaluation } from "../swarm/objectives/evaluation.js";
import { inSets, joinEvaluations, pickQuestions } from "../swarm/objectives/evaluation-parts.js";
import { raising, worthMost } from "../swarm/objectives/question-choice.js";
import { RandomStream } from "../swarm/random.js";
import type { ActivityDependencies, RunContext } from "./dependencies.js";
import { once } from "./durability/once.js";
import { readEvaluation } from "./measuring/read-evaluation.js";
import type { RunRef } from "./run/run-inputs.js";
import { startStopwatch } from "./durability/stopwatch.js";
import { usageOfWork } from "./durability/usage-of-work.js";
import { usageSchema } from "./durability/usage-schema.js";

export interface KeepRequest {
  readonly run: RunRef;
  readonly round: number;
  /** Folders of graded questions. */
  readonly from: readonly [string, ...string[]];
  /** Where those that are kept are written, with their grades: an evaluated folder again. */
  readonly folder: string;
  /** In the second case those that are worth most to the objective. */
  readonly keep: "all" | "as many as the first has";
}

const keptSchema = z.strictObject({
  /** Questions that are kept. */
  kept: z.number().int(),
  /** Of them, those that raise the objective; a writer may be shown them. */
  examples: z.number().int(),
  usage: usageSchema,
});
export type Kept = z.infer<typeof keptSchema>;

interface Graded {
  readonly questions: readonly Question[];
  readonly grades: readonly Grade[];
  readonly evaluation: Evaluation;
}

/**
 * Chooses among the graded questions of some folders by what each is worth to the objective. Of those that ask the same the first
 * counts. The kept ones are in random order, so that every part of them is like the whole.
 */
export async function keepQuestions(
  dependencies: ActivityDependencies,
  { run, round, from, folder, keep }: KeepRequest,
): Promise<Kept> {
  const context = await dependencies.openRun(run);
  const { store, config, objective } = context;
  return once(store, keys.chosen(folder), keptSchema, async () => {
    const elapsed = startStopwatch();
    const random = new RandomStream({ seed: config.seed, purpose: "kept questions", iteration: round });
    const parts = await readAll(context, from);
    const all = shuffled(withoutRepetitions(context, joined(parts)), random);
    const most = keep === "all" ? Infinity : parts[0].questions.length;
    const ordered = { ...all.evaluation, questionSets: inSets(all.questions.length, objective.needs.questionSets) };
    const kept = pick(all, worthMost(objective, ordered, most));

    const sets = inSets(kept.questions.length, objective.needs.questionSets);
    const evaluation = { ...kept.evaluation, questionSets: sets };
    const examples = raising(objective, evaluation, config.generators.examplesPerPrompt);
    await writeJsonLines(store, keys.questions(folder), kept.questions);
    await writeJsonLines(store, keys.grades(folder), kept.grades);
    if (objective.needs.relevance) await writeJson(store, keys.relevance(folder), evaluation.relevance);
    await writeJsonLines(
      store,
      keys.examples(folder),
      examples.map((index) => kept.questions[index]),
    );
    return {
      kept: kept.questions.length,
      examples: examples.length,
      usage: usageOfWork("score", elapsed(), [{ sharedSeconds: undefined }]),
    };
  });
}

async function readAll(context: RunContext, [first, ...others]: KeepRequest["from"]): Promise<[Graded, ...Graded[]]> {
  const read = async (folder: string): Promise<Graded> => ({
    ...(await readEvaluation(context, { folder, pool: "search" })),
    grades: await readJsonLines(context.store, keys.grades(folder), gradeSchema),
  });
  return [await read(first), ...(await Promise.all(others.map(read)))];
}

function joined(parts: readonly [Graded, ...Graded[]]): Graded {
  const [first, ...others] = parts;
  return {
    questions: parts.flatMap(({ questions }) => questions),
    grades: parts.flatMap(({ grades }) => grades),
    evaluation: joinEvaluations([first.evaluation, ...others.map(({ evaluation }) => evaluation)]),
  };
}

function withoutRepetitions({ grader }: RunContext, graded: Graded): Graded {
  const asked = new Set<string>();
  const first = graded.questions.map(({ question }) => {
    const examined = grader.examine(question);
    if (!examined.valid) throw new TypeError(`a graded question is not valid: ${examined.reason}`);
    const isNew = !asked.has(examined.canonical);
    asked.add(examined.canonical);
    return isNew;
  });
  return pick(
    graded,
    first.flatMap((isNew, index) => (isNew ? [index] : [])),
  );
}

function shuffled(graded: Graded, random: RandomStream): Graded {
  return pick(graded, random.shuffle([...graded.questions.keys()]));
}

function pick({ questions, grades, evaluation }: Graded, indices: readonly number[]): Graded {
  const picked = indices.map((index) => questions[index] as Question);
  const ids = new Set(picked.map(({ id }) => id));
  return {
    questions: picked,
    grades: grades.filter(({ questionId }) => ids.has(questionId)),
    evaluation: pickQuestions(evaluation, indices),
  };
}
