import { average } from "./performance.js";
import { ObjectiveError } from "./objective-error.js";

/** A graded answer, as far as the matrix looks at it. */
export interface MatrixGrade {
  readonly taker: string;
  readonly questionId: string;
  /** 0 to 1. */
  readonly performance: number;
}

/**
 * The evaluation matrix (takers × questions, in the orders given) from grades in any order; repeated answers are averaged.
 * Throws `INVALID_EVALUATION` where a cell has no grade or a grade is of an unknown taker or question: nothing is filled in.
 */
export function evaluationMatrix(options: {
  readonly takers: readonly string[];
  readonly questionIds: readonly string[];
  readonly grades: Iterable<MatrixGrade>;
}): number[][] {
  const { takers, questionIds, grades } = options;
  const rows = new Map(takers.map((taker, index) => [taker, index]));
  const columns = new Map(questionIds.map((id, index) => [id, index]));
  if (rows.size !== takers.length) throw new ObjectiveError("INVALID_EVALUATION", "two test takers have the same name");
  if (columns.size !== questionIds.length)
    throw new ObjectiveError("INVALID_EVALUATION", "two questions have the same id");
  const cells: number[][][] = takers.map(() => questionIds.map(() => []));
  for (const { taker, questionId, performance } of grades) {
    const row = rows.get(taker);
    const column = columns.get(questionId);
    if (row === undefined || column === undefined) {
      throw new ObjectiveError(
        "INVALID_EVALUATION",
        `a grade is of taker "${taker}", question "${questionId}", which is not evaluated`,
      );
    }
    cells[row]?.[column]?.push(performance);
  }
  return cells.map((row, taker) =>
    row.map((grades, question) => {
      if (grades.length > 0) return average(grades);
      throw new ObjectiveError(
        "INVALID_EVALUATION",
        `taker "${takers[taker]}" has no grade for question "${questionIds[question]}"`,
      );
    }),
  );
}
