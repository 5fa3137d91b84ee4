import { describe, expect, it } from "vitest";
import { writeCompact } from "../../../../models/graders/graphs/compact.js";
import { parseQuestion } from "../../../../models/graders/graphs/parse.js";
import { GRAPH_TASKS } from "../../../../models/graders/graphs/problem.js";
import { writeProblem } from "../../../../models/graders/graphs/writer.js";
import { RandomStream } from "../../../../swarm/random.js";

describe("a compact question", () => {
  it.each(GRAPH_TASKS)("of the writer is read back as the problem that was written: %s", (task) => {
    for (let iteration = 0; iteration < 200; iteration++) {
      const random = new RandomStream({ seed: 11, purpose: `parse ${task}`, iteration });
      const problem = writeProblem(task, random.integer(3, 26), random);
      if (task === "hamilton-path" && problem.nodes.length > 20) continue;
      const question = writeCompact(problem, random.integer(0, 1));
      expect(parseQuestion(question), question).toEqual({ ok: true, problem });
    }
  });

  it("tells edges as walks with directions and weights", () => {
    expect(parseQuestion("Pipes A>B:3>C:5 A>C:1. How much can flow from A to C?")).toEqual({
      ok: true,
      problem: {
        task: "maximum-flow",
        nodes: ["A", "B", "C"],
        edges: [
          { source: "A", target: "B", weight: 3 },
          { source: "B", target: "C", weight: 5 },
          { source: "A", target: "C", weight: 1 },
        ],
        query: { from: "A", to: "C" },
      },
    });
  });

  it("counts an edge that is told twice once", () => {
    const parsed = parseQuestion("In the graph A-B-C B-A, is there a cycle?");
    expect(parsed.ok && parsed.problem.edges).toEqual([
      { source: "A", target: "B" },
      { source: "B", target: "C" },
    ]);
  });

  it("keeps two edges of opposite direction apart", () => {
    const parsed = parseQuestion("Pipes A>B:3>A:2>C:4. How much can flow from B to C?");
    expect(parsed.ok && parsed.problem.edges).toHaveLength(3);
  });

  it.each([
    ["text after it", "In the graph A-B-C, is there a cycle? Yes"],
    ["text before it", "Well: In the graph A-B-C, is there a cycle?"],
    ["another task's ending", "Roads A-B-C, is there a cycle?"],
    ["no ending", "In the graph A-B-C"],
    ["half an ending", "In the graph A-B-C, is there a"],
    ["weights where none belong", "In the graph A-B:3-C:2, is there a cycle?"],
    ["no weights where they belong", "In the graph A-B-C, what is the shortest path from A to C?"],
    ["one weight missing", "In the graph A-B:2-C, what is the shortest path from A to C?"],
    ["a weight of 0", "In the graph A-B:0-C:2, what is the shortest path from A to C?"],
    ["a weight of 100", "In the graph A-B:100-C:2, what is the shortest path from A to C?"],
    ["a weight with a leading 0", "In the graph A-B:03-C:2, what is the shortest path from A to C?"],
    ["a direction where none belongs", "In the graph A>B>C, is there a cycle?"],
    ["no direction where one belongs", "Tasks A-B-C. In what order can you do all of them?"],
    ["both kinds of edges", "Tasks A>B-C. In what order can you do all of them?"],
    ["a lonely node", "In the graph A-B-C D, is there a cycle?"],
    ["an open walk", "In the graph A-B-C-, is there a cycle?"],
    ["a node of two letters", "In the graph AB-C-D, is there a cycle?"],
    ["a lower-case node", "In the graph a-B-C, is there a cycle?"],
    ["two spaces", "In the graph A-B  B-C, is there a cycle?"],
    ["commas between walks", "In the graph A-B, B-C, is there a cycle?"],
    ["a job first", "In the graph 1-A 2-B, what is a maximum matching?"],
    ["a pair of people", "In the graph A-B A-1, what is a maximum matching?"],
    ["a walk over jobs", "In the graph A-1-B, what is a maximum matching?"],
    ["a job number 0", "In the graph A-0 B-1, what is a maximum matching?"],
    ["a job where a node is asked about", "In the graph A-B-C, is there a path between A and 1?"],
    ["no edges", "In the graph , is there a cycle?"],
    ["nothing", "   "],
    ["another language", "Dans le graphe A-B-C, y a-t-il un cycle ?"],
  ])("with %s is malformed", (_what, question) => {
    expect(parseQuestion(question)).toMatchObject({ ok: false, reason: expect.any(String) as string });
  });

  it.each([
    [
      "an edge with two weights",
      "In the graph A-B:3-C:2 B-A:4, what is the shortest path from A to C?",
      "shortest-path",
    ],
    ["an edge from a node to itself", "In the graph A-A-B-C, is there a cycle?", "cycle"],
    ["two nodes only", "In the graph A-B, is there a cycle?", "cycle"],
    ["an asked node outside the graph", "In the graph A-B-C, is there a path between A and D?", "connectivity"],
    ["the same node asked about twice", "In the graph A-B-C, is there a path between A and A?", "connectivity"],
    [
      "more nodes than a Hamilton path is solved for",
      "In the graph A-B-C-D-E-F-G-H-I-J-K-L-M-N-O-P-Q-R-S-T-U, which path visits every node once?",
      "hamilton-path",
    ],
  ])("with %s is invalid, and its task is known", (_what, question, task) => {
    expect(parseQuestion(question)).toMatchObject({ ok: false, task });
  });

  it("of more than 50,000 characters is not read", () => {
    const walks = Array.from({ length: 20_000 }, () => "A-B-C").join(" ");
    expect(parseQuestion(`In the graph ${walks}, is there a cycle?`).ok).toBe(false);
  });
});
