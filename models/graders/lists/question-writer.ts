import type { QuestionWriter } from "../question-writer.js";
import { PHRASINGS, writeQuestion } from "./phrasing.js";
import { LIST_TASKS } from "./problem.js";
import { solve, writeAnswer } from "./solve.js";
import { writeProblem } from "./writer.js";

const SMALLEST = 3;
const LARGEST = 12;

/** List problems in both phrasings. A size is the number of items in the list that is given. */
export const listWriter: QuestionWriter = {
  domain: "lists",
  tasks: LIST_TASKS,
  sizes: [
    [SMALLEST, 4],
    [5, 6],
    [7, 8],
    [9, LARGEST],
  ],
  write({ task, size, random }) {
    const known = LIST_TASKS.find((candidate) => candidate === task);
    if (known === undefined) throw new RangeError(`no list task "${task}"; tasks are ${LIST_TASKS.join(", ")}`);
    if (!Number.isInteger(size) || size < SMALLEST || size > LARGEST)
      throw new RangeError(`lists have ${SMALLEST} to ${LARGEST} items, got ${size}`);
    const problem = writeProblem(known, size, random);
    const question = writeQuestion(problem, random.integer(0, PHRASINGS - 1));
    return { task, size, question, answer: writeAnswer(solve(problem)) };
  },
};
