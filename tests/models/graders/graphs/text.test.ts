import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { writeAnswer } from "../../../../models/graders/graphs/answer.js";
import { writeCompact } from "../../../../models/graders/graphs/compact.js";
import { GRAPH_TASKS } from "../../../../models/graders/graphs/problem.js";
import { solve } from "../../../../models/graders/graphs/solve.js";
import { writeProblem } from "../../../../models/graders/graphs/writer.js";
import { RandomStream } from "../../../../swarm/random.js";

it("questions and answers are, to the byte, the text that the embedded model was trained on", () => {
  const hash = createHash("sha256");
  for (const task of GRAPH_TASKS) {
    for (let iteration = 0; iteration < 100; iteration++) {
      const random = new RandomStream({ seed: 5, purpose: `text ${task}`, iteration });
      const problem = writeProblem(task, random.integer(3, 12), random);
      const solution = solve(problem);
      if (solution.kind === "unsolvable") throw new Error(solution.reason);
      hash.update(`${writeCompact(problem, iteration % 2)} ${writeAnswer(solution)}\n`);
    }
  }
  // Another value means a model, its adapters and the data sets that have to be made again.
  expect(hash.digest("hex")).toBe("54ae285064b54dbd0ec8136921af835c5bd5e64192ace27e1606bce8987f1645");
});
