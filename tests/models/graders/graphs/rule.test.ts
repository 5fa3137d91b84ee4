import { describe, expect, it } from "vitest";
import { gradeLine } from "../../../../models/graders/grade-line.js";
import { graphGrader } from "../../../../models/graders/graphs/grader.js";

const grader = graphGrader();

function ruleOf(question: string): string | undefined {
  const examined = grader.examine(question);
  return examined.valid ? undefined : examined.rule;
}

const cycle = (edges: string): string => `In the graph ${edges}, is there a cycle?`;
const path = (edges: string): string => `In the graph ${edges}, what is the shortest path from A to D?`;
const NUMBERED =
  "In an undirected graph, (i,j) means that node i and node j are connected with an undirected edge. " +
  "The nodes are numbered from 0 to";
const ADJACENCY =
  "The following text describes an undirected graph. Determine if there is a path between two nodes in the graph.\n";

describe("the rule that an invalid question breaks", () => {
  it.each([
    ["empty", " "],
    ["too long", "A".repeat(50_001)],
    ["unknown opening", "What is love?"],
    ["unknown ending", "In the graph A-B-C, is there love?"],
    ["unknown ending", `${ADJACENCY}Node 0 is connected to 1.\nWhy?\nA:`],
    ["text after the question", `${cycle("A-B-C")} Or not?`],
    ["malformed edge", cycle("A-B--C")],
    ["self-loop", cycle("A-B B-B B-C")],
    ["two weights", path("A-B:3-A:4 B-D:1")],
    ["no edges", `${NUMBERED} 3, and the edges are:\nQ: Is there a cycle in this graph?\nA:`],
    ["edge outside the nodes", `${NUMBERED} 3, and the edges are: (0,7)\nQ: Is there a cycle in this graph?\nA:`],
    ["too few nodes", cycle("A-B")],
    ["same node asked twice", "In the graph A-B-C, is there a path between A and A?"],
    ["asked node missing", "In the graph A-B-C, is there a path between A and X?"],
    ["no path", path("A-B:3 C-D:1")],
    ["cycle", "In the graph A>B>C>A, what is a topological order?"],
    [
      "too many nodes",
      `In the graph ${Array.from("ABCDEFGHIJKLMNOPQRSTU").join("-")}, which path visits every node once?`,
    ],
  ])("is %s: %j", (rule, question) => {
    expect(ruleOf(question)).toBe(rule);
  });

  it("is the same for other nodes, while the reason names them", () => {
    const [one, other] = [
      gradeLine(grader, { question: cycle("A-B B-B B-C") }),
      gradeLine(grader, { question: cycle("X-Y Z-Z Y-Z") }),
    ];
    expect(one.reason).toContain("B to B");
    expect(other.reason).toContain("Z to Z");
    expect(one).not.toHaveProperty("rule");
  });
});
