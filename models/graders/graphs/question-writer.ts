import type { QuestionWriter } from "../question-writer.js";
import { writeAnswer } from "./answer.js";
import { writeCompact } from "./compact.js";
import { GRAPH_TASKS, type GraphTask } from "./problem.js";
import { solve } from "./solve.js";
import { writeProblem } from "./writer.js";

const PHRASINGS = 2;

/** Graph problems in the compact phrasings. A size is a number of nodes. */
export const graphWriter: QuestionWriter = {
  domain: "graphs",
  tasks: GRAPH_TASKS,
  sizes: [
    [3, 4],
    [5, 6],
    [7, 8],
    [9, 12],
  ],
  write({ task, size, random }) {
    const problem = writeProblem(task as GraphTask, size, random);
    const question = writeCompact(problem, random.integer(0, PHRASINGS - 1));
    const solution = solve(problem);
    if (solution.kind === "unsolvable") throw new Error(`the writer wrote an unsolvable problem: ${solution.reason}`);
    return { task, size: problem.nodes.length, question, answer: writeAnswer(solution) };
  },
};
