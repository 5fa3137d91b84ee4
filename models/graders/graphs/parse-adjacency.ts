import { nodesOf } from "./parse-nlgraph.js";
import { type Draft, MalformedQuestion } from "./parse-result.js";
import type { Edge, GraphTask } from "./problem.js";

const NODE = "(?:0|[1-9]\\d{0,5})";

interface Wording {
  readonly task: GraphTask;
  readonly opening: string;
  /** One neighbour in a node's list. */
  readonly neighbour: RegExp;
  readonly question: RegExp;
  readonly wants?: "length";
}

const WORDINGS: readonly Wording[] = [
  {
    task: "connectivity",
    opening:
      "The following text describes an undirected graph. Determine if there is a path between two nodes in the graph.",
    neighbour: new RegExp(`^(?<target>${NODE})$`),
    question: new RegExp(
      `^Q: Is there a path between node (?<from>${NODE}) and node (?<to>${NODE})\\? Please directly answer with Yes or No:$`,
    ),
  },
  {
    task: "shortest-path",
    opening: "The following paragraph describes an undirected graph with weights.",
    neighbour: new RegExp(`^node (?<target>${NODE}) with weight (?<weight>${NODE})$`),
    question: new RegExp(
      `^Q: What is the shortest path between node (?<from>${NODE}) and node (?<to>${NODE}),? and what is the length of the shortest path\\? ` +
        "Please directly answer with the length of the shortest path:$",
    ),
    wants: "length",
  },
];

const NODE_LINE = new RegExp(`^Node (?<source>${NODE}) is connected to (?<neighbours>.+)\\.$`);

/**
 * Reads the phrasing that lists every node's neighbours, one node a line (connectivity, and the length of a shortest path).
 * An edge may be given from one end or from both. The asked nodes of a connectivity question belong to the graph, with edges
 * or without.
 *
 * @returns `undefined` where the text does not open like such a question
 * @throws MalformedQuestion where it does, but does not go on as one
 */
export function parseAdjacency(text: string): Draft | undefined {
  const wording = WORDINGS.find((candidate) => text.startsWith(candidate.opening));
  if (wording === undefined) return undefined;
  const { task } = wording;
  const lines = text.slice(wording.opening.length).split("\n");
  if (lines.shift() !== "")
    throw new MalformedQuestion("unknown opening", "a line end must follow the first sentences", task);
  const asked = wording.question.exec(lines.splice(-2).join(" "))?.groups as { from: string; to: string } | undefined;
  if (asked === undefined)
    throw new MalformedQuestion("unknown ending", "the two last lines do not ask what such a graph is asked", task);

  const described = new Set<string>();
  const edges = lines.flatMap((line) => {
    const groups = NODE_LINE.exec(line)?.groups as { source: string; neighbours: string } | undefined;
    if (groups === undefined)
      throw new MalformedQuestion(
        "malformed neighbours",
        `"${line.slice(0, 40)}" does not list a node's neighbours`,
        task,
      );
    if (described.has(groups.source))
      throw new MalformedQuestion("node described twice", `node ${groups.source} is described twice`, task);
    described.add(groups.source);
    return groups.neighbours.split(", ").map((neighbour) => parseNeighbour(groups.source, neighbour, wording));
  });
  const query = { from: asked.from, to: asked.to };
  return {
    task,
    edges,
    query,
    ...(task === "connectivity" ? { nodes: nodesOf(edges, query) } : {}),
    ...(wording.wants === undefined ? {} : { wants: wording.wants }),
  };
}

function parseNeighbour(source: string, text: string, { task, neighbour }: Wording): Edge {
  const groups = neighbour.exec(text)?.groups as { target: string; weight?: string } | undefined;
  if (groups === undefined)
    throw new MalformedQuestion(
      "malformed neighbours",
      `"${text.slice(0, 40)}" is not a neighbour of node ${source}`,
      task,
    );
  const { target, weight } = groups;
  return { source, target, ...(weight === undefined ? {} : { weight: Number(weight) }) };
}
