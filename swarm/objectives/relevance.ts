import { ObjectiveError } from "./objective-error.js";
import { average } from "./performance.js";

/** An embedding: numbers in an array of either kind. */
export type Embedding = ArrayLike<number>;

/** k of the paper's section 2.2: user queries that a question is compared with. */
const NEAREST = 5;

/**
 * r(d, D_user) of each question: the mean cosine similarity to the `nearest` most similar user queries
 * (Data Swarms, section 2.2). Throws `INVALID_EVALUATION` where there are fewer user queries than that, or where embeddings
 * differ in length, are not finite, or are zero.
 */
export function relevanceToUsers(options: {
  readonly questions: readonly Embedding[];
  readonly userQueries: readonly Embedding[];
  /** 5 where not given. */
  readonly nearest?: number;
}): number[] {
  const { questions, userQueries, nearest = NEAREST } = options;
  if (!Number.isInteger(nearest) || nearest < 1 || userQueries.length < nearest) {
    throw new ObjectiveError(
      "INVALID_EVALUATION",
      `similarity to the ${nearest} nearest user queries needs at least as many, got ${userQueries.length}`,
    );
  }
  const dimensions = userQueries[0]?.length ?? 0;
  const users = userQueries.map((embedding) => unitVector(embedding, dimensions));
  return questions.map((question) => {
    const unit = unitVector(question, dimensions);
    const similarities = Float64Array.from(users, (user) => dotProduct(unit, user)).sort();
    return average([...similarities.subarray(-nearest)]);
  });
}

function unitVector(embedding: Embedding, dimensions: number): Float64Array {
  const unit = Float64Array.from(embedding);
  const length = Math.sqrt(dotProduct(unit, unit));
  if (unit.length !== dimensions || !(length > 0 && length < Infinity)) {
    throw new ObjectiveError(
      "INVALID_EVALUATION",
      `an embedding must have ${dimensions} finite numbers that are not all zero, got ${unit.length} of length ${length}`,
    );
  }
  return unit.map((value) => value / length);
}

function dotProduct(one: Float64Array, other: Float64Array): number {
  let total = 0;
  for (let index = 0; index < one.length; index++) total += (one[index] as number) * (other[index] as number);
  return total;
}
