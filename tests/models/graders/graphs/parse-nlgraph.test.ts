import { describe, expect, it } from "vitest";
import { graphGrader } from "../../../../models/graders/graphs/grader.js";
import { parseQuestion } from "../../../../models/graders/graphs/parse.js";

const grader = graphGrader();

const CONNECTIVITY = (edges: string, from: number, to: number): string =>
  "Determine if there is a path between two nodes in the graph. Note that (i,j) means that node i and node j are connected with " +
  `an undirected edge.\nGraph: ${edges}\nQ: Is there a path between node ${from} and node ${to}?\nA:`;
const NUMBERED = (last: number, edges: string, question: string): string =>
  "In an undirected graph, (i,j) means that node i and node j are connected with an undirected edge.\n" +
  `The nodes are numbered from 0 to ${last}, and the edges are: ${edges}\nQ: ${question}\nA:`;
const CYCLE = "Is there a cycle in this graph?";
const HAMILTON =
  "Is there a path in this graph that visits every node exactly once? If yes, give the path. " +
  "Note that in a path, adjacent nodes must be connected with edges.";
const WEIGHTED = (last: number, edges: readonly string[], question: string): string =>
  `In an undirected graph, the nodes are numbered from 0 to ${last}, and the edges are:\n${edges.join(",\n")}.\nQ: ${question}\nA:`;
const EDGES = [
  "an edge between node 0 and node 1 with weight 2",
  "an edge between node 1 and node 2 with weight 3",
  "an edge between node 0 and node 2 with weight 7",
];
const FLOW = (edges: readonly string[]): string =>
  `In a directed graph, the nodes are numbered from 0 to 3, and the edges are:\n${edges.join(",\n")}.\n` +
  "Q: What is the maximum flow from node 0 to node 3?\nA:";
const CAPACITIES = [
  "an edge from node 0 to node 1 with capacity 10",
  "an edge from node 1 to node 3 with capacity 4",
  "an edge from node 0 to node 2 with capacity 3",
  "an edge from node 2 to node 3 with capacity 8",
];
const ORDER = (count: number, last: number, lines: readonly string[]): string =>
  `In a directed graph with ${count} nodes numbered from 0 to ${last}:\n${lines.join("\n")}\n` +
  "Q: Can all the nodes be visited? Give the solution.\nA:";
const MATCHING = (people: number, jobs: number, interests: readonly (readonly [number, number])[]): string =>
  `There are ${people} job applicants numbered from 0 to ${people - 1}, and ${jobs} jobs numbered from 0 to ${jobs - 1}. ` +
  "Each applicant is interested in some of the jobs. Each job can only accept one applicant and a job applicant can be " +
  `appointed for only one job.\n${interests.map(([person, job]) => `Applicant ${person} is interested in job ${job}.\n`).join("")}` +
  "Q: Find an assignment of jobs to applicants in such that the maximum number of applicants find the job they are interested in.\nA:";

describe("the published phrasing of NLGraph", () => {
  it.each([
    ["connectivity", CONNECTIVITY("(0,1) (1,2) (3,4)", 0, 2), 5, "yes", "The answer is yes."],
    ["connectivity", CONNECTIVITY("(0,1) (1,2) (3,4)", 0, 4), 5, "no", "The answer is no."],
    ["cycle", NUMBERED(4, "(0,1) (1,2) (3,4)", CYCLE), 5, "no", "No, there is no cycle in this graph."],
    ["cycle", NUMBERED(3, "(0,1) (1,2) (2,0)", CYCLE), 4, "yes", "Yes, there is a cycle in this graph."],
    ["hamilton-path", NUMBERED(3, "(2,0) (0,3) (3,1)", HAMILTON), 4, "1-3-0-2", "Yes. The path can be: 1,3,0,2"],
    ["hamilton-path", NUMBERED(3, "(2,0) (0,1)", HAMILTON), 4, "no", "No, there is no path that visits every node."],
    [
      "shortest-path",
      WEIGHTED(2, EDGES, "Give the shortest path from node 0 to node 2."),
      3,
      "0-1-2",
      "The shortest path from node 0 to node 2 is 0,1,2 with a total weight of 5",
    ],
    ["maximum-flow", FLOW(CAPACITIES), 4, "7", "The maximum flow from node 0 to node 3 is 7."],
    [
      "topological-sort",
      ORDER(3, 2, ["node 2 should be visited before node 0", "node 0 should be visited before node 1"]),
      3,
      "2>0>1",
      "The solution is: 2,0,1.",
    ],
    [
      "bipartite-matching",
      MATCHING(2, 2, [
        [0, 0],
        [0, 1],
        [1, 0],
      ]),
      4,
      "applicant 0-job 1 applicant 1-job 0",
      "applicant 0: job 1\napplicant 1: job 0\n2 applicants can find the job they are interested in.",
    ],
  ])("%s is read, solved and graded in its own words", (kind, question, size, truth, reply) => {
    expect(grader.examine(question)).toMatchObject({ valid: true, kind, size });
    expect(grader.isCorrect(question, truth)).toBe(true);
    expect(grader.isCorrect(question, reply)).toBe(true);
  });

  it("is read on one line, too", () => {
    const question = NUMBERED(4, "(0,1) (1,2) (3,4)", CYCLE);
    expect(parseQuestion(question.replaceAll("\n", " "))).toEqual(parseQuestion(question));
  });

  it("counts nodes that no edge touches where it numbers the nodes", () => {
    const parsed = parseQuestion(NUMBERED(4, "(0,1) (1,2)", CYCLE));
    expect(parsed.ok && parsed.problem.nodes).toEqual(["0", "1", "2", "3", "4"]);
  });

  it("takes an asked node without edges for a part of the graph in connectivity questions", () => {
    expect(grader.examine(CONNECTIVITY("(0,1) (1,2)", 0, 7))).toMatchObject({ valid: true, truth: "no", size: 4 });
  });

  it.each([
    ["text after the question", `${CONNECTIVITY("(0,1) (1,2)", 0, 2)} yes`],
    ["an edge of another notation", NUMBERED(3, "(0,1) 1-2", CYCLE)],
    ["a comma between edges", NUMBERED(3, "(0,1), (1,2)", CYCLE)],
    ["no question", NUMBERED(3, "(0,1) (1,2)", CYCLE).split("\nQ:")[0] as string],
    ["another task's question", NUMBERED(3, "(0,1) (1,2)", "What is the maximum flow from node 0 to node 2?")],
    ["an edge beyond the stated nodes", NUMBERED(3, "(0,1) (1,9)", CYCLE)],
    ["an asked node beyond the stated nodes", WEIGHTED(2, EDGES, "Give the shortest path from node 0 to node 5.")],
    ["a count that is not the numbers'", ORDER(5, 2, ["node 2 should be visited before node 0"])],
    ["no edges", NUMBERED(3, "", CYCLE)],
    ["a self loop", NUMBERED(3, "(0,1) (2,2)", CYCLE)],
    [
      "two weights for an edge",
      WEIGHTED(
        2,
        [...EDGES, "an edge between node 1 and node 0 with weight 9"],
        "Give the shortest path from node 0 to node 2.",
      ),
    ],
    ["capacity 0", FLOW([...CAPACITIES, "an edge from node 1 to node 2 with capacity 0"])],
    ["capacities where weights belong", WEIGHTED(3, CAPACITIES, "Give the shortest path from node 0 to node 2.")],
    ["a job that does not exist", MATCHING(2, 2, [[0, 5]])],
    ["21 nodes for a Hamilton path", NUMBERED(20, "(0,1) (1,2)", HAMILTON)],
    ["a million nodes", NUMBERED(999_999, "(0,1) (1,2)", CYCLE)],
  ])("with %s is invalid", (_what, question) => {
    expect(grader.examine(question)).toMatchObject({ valid: false, reason: expect.any(String) as string });
  });

  it("is invalid where an order or a shortest path does not exist", () => {
    const circle = [
      "node 0 should be visited before node 1",
      "node 1 should be visited before node 2",
      "node 2 should be visited before node 0",
    ];
    expect(grader.examine(ORDER(3, 2, circle))).toMatchObject({ valid: false, kind: "topological-sort" });
    const apart = WEIGHTED(3, EDGES, "Give the shortest path from node 0 to node 3.");
    expect(grader.examine(apart)).toMatchObject({ valid: false, kind: "shortest-path" });
  });

  it("has a flow of 0 where no way leads on", () => {
    const question = FLOW([
      CAPACITIES[0] as string,
      CAPACITIES[2] as string,
      "an edge from node 3 to node 2 with capacity 8",
    ]);
    expect(grader.examine(question)).toMatchObject({ valid: true, truth: "0" });
  });
});
