import { describe, expect, it } from "vitest";
import { LIST_TASKS, type ListProblem, type ListTask } from "../../../../models/graders/lists/problem.js";
import { solve } from "../../../../models/graders/lists/solve.js";
import { applyStep } from "../../../../models/graders/lists/step.js";
import { writeProblem } from "../../../../models/graders/lists/writer.js";
import { RandomStream } from "../../../../swarm/random.js";

function problems(task: ListTask): ListProblem[] {
  return Array.from({ length: 200 }, (_, iteration) => {
    const random = new RandomStream({ seed: 6, purpose: `list problem ${task}`, iteration });
    return writeProblem(task, random.integer(3, 12), random);
  });
}

describe("a written list problem", () => {
  it.each(LIST_TASKS.filter((task) => task !== "count"))("is still solved with an item fewer or more: %s", (task) => {
    for (const problem of problems(task)) {
      const largest = problem.items.reduce((one, other) => (Number(other) > Number(one) ? other : one));
      expect(() => solve({ ...problem, items: [...problem.items, largest] })).not.toThrow();
      // Where numbers are filtered, the one that stays for certain is kept.
      const fewer = task === "filter" ? problem.items.filter((item) => item === largest) : problem.items.slice(1);
      expect(() => solve({ ...problem, items: fewer }), JSON.stringify(problem)).not.toThrow();
    }
  });

  it("drops some numbers and keeps some where numbers are filtered", () => {
    for (const problem of problems("filter")) {
      const solution = solve(problem);
      expect(solution.kind === "list" && solution.items.length).toBeGreaterThan(0);
      expect(solution.kind === "list" && solution.items.length).toBeLessThan(problem.items.length);
    }
  });

  it.each(["two-steps", "three-steps"] as const)("has no step that takes back what was done: %s", (task) => {
    for (const problem of problems(task)) {
      const lists = [problem.items];
      for (const step of "steps" in problem ? problem.steps : []) lists.push(applyStep(lists.at(-1) ?? [], step));
      expect(lists).toHaveLength(task === "two-steps" ? 3 : 4);
      expect(new Set(lists.map((list) => list.join(""))).size).toBe(lists.length);
    }
  });
});
