import type { QuestionWriter } from "../question-writer.js";
import { ARITHMETIC_TASKS } from "./problem.js";
import { solve } from "./solve.js";
import { type PhrasingIndex, tell } from "./tell.js";
import { writeProblem } from "./writer.js";

const LARGEST_SIZE = 6;

/** Word problems in two phrasings a task. A size is a number of steps, as `solve` counts them. */
export const arithmeticWriter: QuestionWriter = {
  domain: "arithmetic",
  tasks: ARITHMETIC_TASKS,
  sizes: [
    [1, 1],
    [2, 2],
    [3, 4],
    [5, LARGEST_SIZE],
  ],
  write({ task: named, size, random }) {
    const task = ARITHMETIC_TASKS.find((candidate) => candidate === named);
    if (task === undefined)
      throw new RangeError(`there is no task "${named}"; the tasks are ${ARITHMETIC_TASKS.join(", ")}`);
    if (!Number.isInteger(size) || size < 1 || size > LARGEST_SIZE)
      throw new RangeError(`a size is a whole number from 1 to ${LARGEST_SIZE}, got ${size}`);
    const problem = writeProblem(task, size, random);
    const solution = solve(problem);
    const question = tell(problem, random.integer(0, 1) as PhrasingIndex, random);
    return { task, size: solution.size, question, answer: String(solution.answer) };
  },
};
