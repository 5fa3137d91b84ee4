import { arithmeticGrader } from "./arithmetic/grader.js";
import type { Grader } from "./grader.js";
import { graphGrader } from "./graphs/grader.js";
import { listGrader } from "./lists/grader.js";

const GRADERS: ReadonlyMap<string, () => Grader> = new Map<string, () => Grader>([
  ["graphs", graphGrader],
  ["arithmetic", arithmeticGrader],
  ["lists", listGrader],
]);

/** There is no exact grader of the given name. */
export class UnknownGraderError extends Error {
  override readonly name = "UnknownGraderError";
  readonly code = "UNKNOWN_GRADER";

  constructor(readonly grader: string) {
    super(`there is no grader "${grader}"; known graders: ${graderNames().join(", ")}`);
  }
}

/** The names that {@link graderFor} takes. */
export function graderNames(): string[] {
  return [...GRADERS.keys()];
}

/**
 * A grader by its name, with a memory of its own.
 *
 * @throws UnknownGraderError
 */
export function graderFor(name: string): Grader {
  const create = GRADERS.get(name);
  if (create === undefined) throw new UnknownGraderError(name);
  return create();
}
