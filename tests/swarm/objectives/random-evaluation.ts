import type { Evaluation } from "../../../swarm/objectives/evaluation.js";
import { type RandomStream } from "../../../swarm/random.js";

/** An evaluation with every field. */
export type WholeEvaluation = { readonly [Field in keyof Evaluation]-?: NonNullable<Evaluation[Field]> };

/** A random evaluation with everything that any objective needs. */
export function randomEvaluation(random: RandomStream): WholeEvaluation {
  const takers = random.integer(2, 6);
  const questions = random.integer(4, 20);
  const grade = random.choice([() => random.uniform(), () => random.integer(0, 1), () => random.integer(1, 10) / 10]);
  return {
    performance: Array.from({ length: takers }, () => Array.from({ length: questions }, grade)),
    questionSets: Array.from({ length: questions }, (_, question) => question % 4),
    seedPerformance: Array.from({ length: takers }, grade),
    relevance: Array.from({ length: questions }, () => 2 * random.uniform() - 1),
  };
}

/** The same evaluation with takers and questions in another order. */
export function reordered(evaluation: WholeEvaluation, random: RandomStream): Evaluation {
  const takers = random.shuffle([...evaluation.performance.keys()]);
  const questions = random.shuffle([...evaluation.relevance.keys()]);
  const by = <Item>(items: readonly Item[], order: readonly number[]): Item[] => order.map((index) => items[index]!);
  return {
    performance: by(evaluation.performance, takers).map((row) => by(row, questions)),
    questionSets: by(evaluation.questionSets, questions),
    seedPerformance: by(evaluation.seedPerformance, takers),
    relevance: by(evaluation.relevance, questions),
  };
}
