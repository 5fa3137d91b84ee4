import { describe, expect, it } from "vitest";
import { gradeAnswer } from "../../../../models/graders/graphs/grade-answer.js";
import { GRAPH_TASKS, type GraphProblem, type GraphTask } from "../../../../models/graders/graphs/problem.js";
import { solve, type Solution, toGraph } from "../../../../models/graders/graphs/solve.js";
import { writeTruth } from "../../../../models/graders/graphs/truth.js";
import { writeProblem } from "../../../../models/graders/graphs/writer.js";
import { RandomStream } from "../../../../swarm/random.js";

interface Case {
  readonly problem: GraphProblem;
  readonly solution: Solution;
  readonly random: RandomStream;
}

function cases(task: GraphTask, largest: number, count = 100): Case[] {
  return Array.from({ length: count }, (_, iteration) => {
    const random = new RandomStream({ seed: 3, purpose: `property ${task}`, iteration });
    const problem = writeProblem(task, random.integer(3, largest), random);
    const solution = solve(problem);
    if (solution.kind === "unsolvable") throw new Error(solution.reason);
    return { problem, solution, random };
  });
}

/** Replies that are near the truth and cannot be right. */
function mutations({ problem, solution, random }: Case): string[] {
  switch (solution.kind) {
    case "yes-no":
      return [solution.yes ? "no" : "yes", "yes no", "no yes"];
    case "value":
      return [String(solution.value + 1), String(solution.value - 1), `${solution.value} ${solution.value}`];
    case "order":
    case "path":
      return mutateSequence(solution.kind === "order" ? solution.order : solution.path, random);
    case "matching": {
      const pairs = solution.pairs.map(([person, job]) => `${person}-${job}`);
      const [person, job] = solution.pairs[0] as readonly [string, string];
      return [
        pairs.slice(1).join(" "),
        [...pairs, pairs[0]].join(" "),
        [...pairs.slice(1), `${job}-${person}`].join(" "),
      ];
    }
    case "hamilton":
      return solution.path === undefined
        ? ["yes", random.shuffle(problem.nodes).join("-")]
        : ["no", "yes", solution.path.slice(1).join("-"), [...solution.path, solution.path[0]].join("-")];
  }
}

function mutateSequence(nodes: readonly string[], random: RandomStream): string[] {
  const at = random.integer(0, nodes.length - 1);
  return [
    nodes.toReversed(),
    nodes.toSpliced(at, 1),
    nodes.toSpliced(at, 0, nodes[at] as string),
    [...nodes, nodes[0] as string],
    nodes.with(at, "@"),
  ].map((mutated) => mutated.join("-"));
}

function permutations(nodes: readonly string[]): string[][] {
  if (nodes.length <= 1) return [[...nodes]];
  return nodes.flatMap((node) => permutations(nodes.filter((other) => other !== node)).map((rest) => [node, ...rest]));
}

describe.each(GRAPH_TASKS)("on random problems of the task %s", (task) => {
  it("the solver's own answer is right", () => {
    for (const { problem, solution } of cases(task, 12)) {
      expect(gradeAnswer(problem, solution, writeTruth(problem, solution)), JSON.stringify(problem)).toBe(true);
    }
  });

  it("an answer that is changed a little is wrong", () => {
    for (const tried of cases(task, 9)) {
      for (const reply of mutations(tried)) {
        expect(gradeAnswer(tried.problem, tried.solution, reply), `${reply} ${JSON.stringify(tried.problem)}`).toBe(
          false,
        );
      }
    }
  });

  it("two answers in one reply earn nothing", () => {
    for (const { problem, solution } of cases(task, 9)) {
      const truth = writeTruth(problem, solution);
      expect(gradeAnswer(problem, solution, `${truth} or ${truth}`), JSON.stringify(problem)).toBe(false);
    }
  });
});

describe("of all replies that could be given, exactly the correct ones are right", () => {
  it("among all orders of the nodes: the topological ones", () => {
    for (const { problem, solution } of cases("topological-sort", 6, 20)) {
      for (const order of permutations(problem.nodes)) {
        const valid = problem.edges.every(({ source, target }) => order.indexOf(source) < order.indexOf(target));
        expect(gradeAnswer(problem, solution, order.join(">"))).toBe(valid);
      }
    }
  });

  it("among all orders of the nodes: the Hamilton paths", () => {
    for (const { problem, solution } of cases("hamilton-path", 6, 20)) {
      const graph = toGraph(problem);
      const paths = permutations(problem.nodes).filter((order) =>
        order.slice(1).every((node, index) => graph.areNeighbors(order[index], node)),
      );
      expect(solution.kind === "hamilton" && solution.path === undefined).toBe(paths.length === 0);
      for (const order of permutations(problem.nodes)) {
        expect(gradeAnswer(problem, solution, order.join("-"))).toBe(
          paths.some((path) => path.join() === order.join()),
        );
      }
    }
  });

  it("among all simple paths: those of the least weight", () => {
    for (const { problem, solution } of cases("shortest-path", 7, 20)) {
      const graph = toGraph(problem);
      const { from, to } = problem.query as { from: string; to: string };
      const paths: { nodes: string[]; weight: number }[] = [];
      const walk = (nodes: string[], weight: number): void => {
        const last = nodes.at(-1) as string;
        if (last === to) paths.push({ nodes, weight });
        else
          graph.forEachEdge(last, (_edge, attributes, source, target) => {
            const next = source === last ? target : source;
            if (!nodes.includes(next)) walk([...nodes, next], weight + (attributes["weight"] as number));
          });
      };
      walk([from], 0);
      const least = Math.min(...paths.map(({ weight }) => weight));
      for (const { nodes, weight } of paths) {
        expect(gradeAnswer(problem, solution, nodes.join("-"))).toBe(weight === least);
      }
    }
  });
});
