import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { graphGrader } from "../../../../models/graders/graphs/grader.js";
import { parseQuestion } from "../../../../models/graders/graphs/parse.js";

const grader = graphGrader();

const PATH = (lines: readonly string[], from: number, to: number): string =>
  "The following text describes an undirected graph. Determine if there is a path between two nodes in the graph.\n" +
  `${lines.join("\n")}\nQ: Is there a path between node ${from} and node ${to}?\nPlease directly answer with Yes or No:`;
const LENGTH = (lines: readonly string[], from: number, to: number): string =>
  `The following paragraph describes an undirected graph with weights.\n${lines.join("\n")}\n` +
  `Q: What is the shortest path between node ${from} and node ${to}, and what is the length of the shortest path?\n` +
  "Please directly answer with the length of the shortest path:";
const ROW = ["Node 0 is connected to 1.", "Node 1 is connected to 0, 2.", "Node 2 is connected to 1."];
const WEIGHTED = [
  "Node 0 is connected to node 1 with weight 2, node 2 with weight 9.",
  "Node 1 is connected to node 0 with weight 2, node 2 with weight 3.",
  "Node 2 is connected to node 0 with weight 9, node 1 with weight 3.",
];

describe("the phrasing that lists every node's neighbours", () => {
  it("asks whether there is a path", () => {
    expect(grader.examine(PATH(ROW, 0, 2))).toMatchObject({ valid: true, kind: "connectivity", size: 3, truth: "yes" });
    expect(grader.examine(PATH(ROW, 0, 8))).toMatchObject({ valid: true, size: 4, truth: "no" });
    expect(grader.isCorrect(PATH(ROW, 0, 2), "Yes")).toBe(true);
  });

  it("asks for the length of a shortest path", () => {
    const question = LENGTH(WEIGHTED, 0, 2);
    expect(grader.examine(question)).toMatchObject({ valid: true, kind: "shortest-path", truth: "5" });
    const parsed = parseQuestion(question);
    expect(parsed.ok && parsed.problem).toMatchObject({ wants: "length", query: { from: "0", to: "2" } });
  });

  it("means the same where an edge is given from one end only", () => {
    const once = WEIGHTED.slice(0, 1).concat("Node 1 is connected to node 2 with weight 3.");
    expect(grader.examine(LENGTH(once, 0, 2))).toEqual(grader.examine(LENGTH(WEIGHTED, 0, 2)));
  });

  it.each([
    [
      "two weights for an edge",
      LENGTH([...WEIGHTED.slice(0, 2), "Node 2 is connected to node 0 with weight 8."], 0, 2),
    ],
    ["a node described twice", PATH([...ROW, "Node 2 is connected to 0."], 0, 2)],
    ["no path to be measured", LENGTH([...WEIGHTED, "Node 5 is connected to node 6 with weight 1."], 0, 5)],
    ["an asked node outside a weighted graph", LENGTH(WEIGHTED, 0, 9)],
    ["text after the question", `${PATH(ROW, 0, 2)} Yes`],
    ["weights where none belong", PATH(["Node 0 is connected to node 1 with weight 2."], 0, 1)],
    ["a broken line", PATH([...ROW, "Node 3 is connected to ."], 0, 2)],
    ["no lines", PATH([], 0, 2)],
  ])("with %s is invalid", (_what, question) => {
    expect(grader.examine(question)).toMatchObject({ valid: false });
  });
});

describe("every question of nlgraph.json (../shared/data)", () => {
  const path = new URL("../../../../../shared/data/nlgraph.json", import.meta.url);

  // None differs: ids of questions whose stored answer is not ours would be listed here with the reason.
  const EXPLAINED: readonly number[] = [];

  it("parses, and the solver's answer is the stored one", ({ skip }) => {
    skip(!existsSync(path), "nlgraph.json is other people's data and is not here");
    const { dev, test } = JSON.parse(readFileSync(path, "utf8")) as Record<
      "dev" | "test",
      { id: number; input: string; output: string }[]
    >;
    expect(dev.length + test.length).toBe(1200);
    const differing = [...dev, ...test].filter(({ input, output }) => {
      const examined = grader.examine(input);
      return !examined.valid || examined.truth !== output.toLowerCase() || !grader.isCorrect(input, output);
    });
    expect(differing.map(({ id }) => id)).toEqual(EXPLAINED);
  });
});
