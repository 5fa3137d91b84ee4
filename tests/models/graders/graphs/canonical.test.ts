import { describe, expect, it } from "vitest";
import { writeCompact } from "../../../../models/graders/graphs/compact.js";
import { graphGrader } from "../../../../models/graders/graphs/grader.js";
import { DIRECTED_TASKS, GRAPH_TASKS, type GraphProblem } from "../../../../models/graders/graphs/problem.js";
import { writeProblem } from "../../../../models/graders/graphs/writer.js";
import { RandomStream } from "../../../../swarm/random.js";

const grader = graphGrader();

function canonical(question: string): string {
  const examined = grader.examine(question);
  if (!examined.valid) throw new Error(examined.reason);
  return examined.canonical;
}

/** The same problem told in another order of edges and, where edges have no direction, with their ends exchanged. */
function retell(problem: GraphProblem, random: RandomStream): GraphProblem {
  const turns = !DIRECTED_TASKS.has(problem.task) && problem.task !== "bipartite-matching";
  const edges = random
    .shuffle(problem.edges)
    .map((edge) => (turns && random.uniform() < 0.5 ? { ...edge, source: edge.target, target: edge.source } : edge));
  return { ...problem, edges };
}

describe("the canonical form", () => {
  it.each(GRAPH_TASKS)("is the same in another wording and order: %s", (task) => {
    for (let iteration = 0; iteration < 50; iteration++) {
      const random = new RandomStream({ seed: 2, purpose: `canonical ${task}`, iteration });
      const problem = writeProblem(task, random.integer(3, 10), random);
      expect(canonical(writeCompact(retell(problem, random), 1))).toBe(canonical(writeCompact(problem, 0)));
    }
  });

  it("is the same for a path asked for the other way round where only yes or no is wanted", () => {
    const ask = (from: string, to: string): string =>
      canonical(`In the graph A-B-C, is there a path between ${from} and ${to}?`);
    expect(ask("A", "C")).toBe(ask("C", "A"));
  });

  it("is the same in two phrasings of NLGraph", () => {
    const published =
      "Determine if there is a path between two nodes in the graph. Note that (i,j) means that node i and node j are connected with an " +
      "undirected edge. Graph: (0,1) (2,1) Q: Is there a path between node 0 and node 2?";
    const listed =
      "The following text describes an undirected graph. Determine if there is a path between two nodes in the graph.\n" +
      "Node 0 is connected to 1.\nNode 1 is connected to 0, 2.\nNode 2 is connected to 1.\nQ: Is there a path between node 2 and node 0?\n" +
      "Please directly answer with Yes or No:";
    expect(canonical(published)).toBe(canonical(listed));
  });

  it.each([
    ["other names", "In the graph A-B-C, is there a cycle?", "In the graph A-B-D, is there a cycle?"],
    ["another task", "In the graph A-B-C, is there a cycle?", "In the graph A-B-C, which path visits every node once?"],
    ["another edge", "In the graph A-B-C, is there a cycle?", "In the graph A-B-C-A, is there a cycle?"],
    [
      "another direction",
      "In the graph A>B>C, what is a topological order?",
      "In the graph C>B>A, what is a topological order?",
    ],
    [
      "another weight",
      "In the graph A-B:1-C:2, what is the shortest path from A to C?",
      "In the graph A-B:2-C:2, what is the shortest path from A to C?",
    ],
    [
      "the way back",
      "In the graph A-B:1-C:2, what is the shortest path from A to C?",
      "In the graph A-B:1-C:2, what is the shortest path from C to A?",
    ],
  ])("differs for %s", (_what, one, other) => {
    expect(canonical(one)).not.toBe(canonical(other));
  });
});
