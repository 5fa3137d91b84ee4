import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkDraft } from "../../../../models/graders/graphs/check-draft.js";
import { gradeAnswer } from "../../../../models/graders/graphs/grade-answer.js";
import { type GraphProblem, type GraphTask } from "../../../../models/graders/graphs/problem.js";
import { solve } from "../../../../models/graders/graphs/solve.js";
import { writeTruth } from "../../../../models/graders/graphs/truth.js";

interface Golden {
  readonly task: GraphTask;
  readonly edges: readonly (readonly [string, string, number?])[];
  readonly query?: readonly [string, string];
  readonly truth: number | boolean | null;
}

/** Written by ../make_golden.py: 30 problems a task. */
const goldens = JSON.parse(
  readFileSync(new URL("../networkx.golden.json", import.meta.url), "utf8"),
) as readonly Golden[];

function toProblem({ task, edges, query }: Golden): GraphProblem {
  return checkDraft({
    task,
    edges: edges.map(([source, target, weight]) => ({ source, target, ...(weight === undefined ? {} : { weight }) })),
    ...(query === undefined ? {} : { query: { from: query[0], to: query[1] } }),
  });
}

/** The part of a solution that networkx was asked for. */
function comparable(problem: GraphProblem): number | boolean | null {
  const solution = solve(problem);
  switch (solution.kind) {
    case "yes-no":
      return solution.yes;
    case "order":
      return true;
    case "path":
      return solution.length;
    case "value":
      return solution.value;
    case "matching":
      return solution.pairs.length;
    case "hamilton":
      return solution.path !== undefined;
    case "unsolvable":
      return problem.task === "topological-sort" ? false : null;
  }
}

describe("the solver", () => {
  it.each([...new Set(goldens.map(({ task }) => task))])("agrees with networkx on %s", (task) => {
    const problems = goldens.filter((golden) => golden.task === task);
    expect(problems).toHaveLength(30);
    expect(problems.map((golden) => comparable(toProblem(golden)))).toEqual(problems.map(({ truth }) => truth));
  });

  it("gives answers that the grader finds right", () => {
    for (const golden of goldens) {
      const problem = toProblem(golden);
      const solution = solve(problem);
      if (solution.kind === "unsolvable") continue;
      expect(gradeAnswer(problem, solution, writeTruth(problem, solution)), JSON.stringify(golden)).toBe(true);
    }
  });

  it("finds a Hamilton path among 20 nodes in a row, whatever the order of the edges", () => {
    const nodes = Array.from("ABCDEFGHIJKLMNOPQRST");
    const edges = nodes.slice(1).map((target, index) => ({ source: nodes[index] as string, target }));
    const solution = solve({ task: "hamilton-path", nodes: nodes.toReversed(), edges: edges.toReversed() });
    expect(solution).toEqual({ kind: "hamilton", path: nodes.toReversed() });
  });
});
