import type { Evaluation } from "../objectives/evaluation.js";
import { questionCount } from "../objectives/evaluation.js";
import type { RandomStream } from "../random.js";

/** Draws questions of an evaluation with replacement, as many as it has; from each question set as many as that set has. */
export function questionResampler(evaluation: Evaluation, random: RandomStream): () => Evaluation {
  const sets = new Map<number, number[]>();
  for (let question = 0; question < questionCount(evaluation); question++) {
    const set = evaluation.questionSets?.[question] ?? 0;
    const questions = sets.get(set) ?? [];
    questions.push(question);
    sets.set(set, questions);
  }
  const strata = [...sets.values()];
  return () => {
    const drawn: number[] = [];
    for (const questions of strata) {
      for (let draw = 0; draw < questions.length; draw++) drawn.push(random.choice(questions));
    }
    return selectQuestions(evaluation, drawn);
  };
}

/** The evaluation of the named questions only, which may repeat. */
export function selectQuestions(evaluation: Evaluation, questions: readonly number[]): Evaluation {
  const select = (values: readonly number[]): number[] => questions.map((question) => values[question] as number);
  const { performance, questionSets, relevance } = evaluation;
  return {
    ...evaluation,
    performance: performance.map(select),
    ...(questionSets === undefined ? {} : { questionSets: select(questionSets) }),
    ...(relevance === undefined ? {} : { relevance: select(relevance) }),
  };
}
