import { type Draft, MalformedQuestion } from "./parse-result.js";
import type { Edge, GraphTask } from "./problem.js";

/** One task's wording in NLGraph: how a question opens, how it ends, and how one edge is written between the two. */
interface Wording {
  readonly task: GraphTask;
  /** May give `count` (nodes) and `last` (the highest number); for matchings `people`, `lastPerson`, `jobs`, `lastJob`. */
  readonly opening: RegExp;
  readonly edge: RegExp;
  readonly separator: RegExp;
  /** May give `from` and `to`. */
  readonly question: RegExp;
}

const NUMBER = "(?:0|[1-9]\\d{0,5})";
const PAIRS = {
  edge: new RegExp(`\\((?<source>${NUMBER}), ?(?<target>${NUMBER})\\)`, "y"),
  separator: / /y,
};
const MEANING = "\\(i,j\\) means that node i and node j are connected with an undirected edge\\.";
const NUMBERED = new RegExp(
  `^In an undirected graph, ${MEANING} The nodes are numbered from 0 to (?<last>${NUMBER}), and the edges are: `,
);

/** Written after NLGraph (Wang et al., 2023), as its data files have it, with white space of any kind for its line ends. */
const WORDINGS: readonly Wording[] = [
  {
    task: "connectivity",
    opening: new RegExp(`^Determine if there is a path between two nodes in the graph\\. Note that ${MEANING} Graph: `),
    ...PAIRS,
    question: new RegExp(`^Is there a path between node (?<from>${NUMBER}) and node (?<to>${NUMBER})\\?$`),
  },
  {
    task: "connectivity",
    opening: NUMBERED,
    ...PAIRS,
    question: new RegExp(`^Is there a path between node (?<from>${NUMBER}) and node (?<to>${NUMBER})\\?$`),
  },
  { task: "cycle", opening: NUMBERED, ...PAIRS, question: /^Is there a cycle in this graph\?$/ },
  {
    task: "hamilton-path",
    opening: NUMBERED,
    ...PAIRS,
    question:
      /^Is there a path in this graph that visits every node exactly once\? If yes, give the path\. Note that in a path, adjacent nodes must be connected with edges\.$/,
  },
  {
    task: "shortest-path",
    opening: new RegExp(
      `^In an undirected graph, the nodes are numbered from 0 to (?<last>${NUMBER}), and the edges are: `,
    ),
    edge: new RegExp(
      `an edge between node (?<source>${NUMBER}) and node (?<target>${NUMBER}) with weight (?<weight>${NUMBER})`,
      "y",
    ),
    separator: /, /y,
    question: new RegExp(`^Give the shortest path from node (?<from>${NUMBER}) to node (?<to>${NUMBER})\\.$`),
  },
  {
    task: "maximum-flow",
    opening: new RegExp(
      `^In a directed graph, the nodes are numbered from 0 to (?<last>${NUMBER}), and the edges are: `,
    ),
    edge: new RegExp(
      `an edge from node (?<source>${NUMBER}) to node (?<target>${NUMBER}) with capacity (?<weight>${NUMBER})`,
      "y",
    ),
    separator: /, /y,
    question: new RegExp(`^What is the maximum flow from node (?<from>${NUMBER}) to node (?<to>${NUMBER})\\?$`),
  },
  {
    task: "topological-sort",
    opening: new RegExp(`^In a directed graph with (?<count>${NUMBER}) nodes numbered from 0 to (?<last>${NUMBER}): `),
    edge: new RegExp(`node (?<source>${NUMBER}) should be visited before node (?<target>${NUMBER})`, "y"),
    separator: /[.,]? /y,
    question: /^Can all the nodes be visited\? Give the solution\.$/,
  },
  {
    task: "bipartite-matching",
    opening: new RegExp(
      `^There are (?<people>${NUMBER}) job applicants numbered from 0 to (?<lastPerson>${NUMBER}), and (?<jobs>${NUMBER}) jobs numbered ` +
        `from 0 to (?<lastJob>${NUMBER})\\. Each applicant is interested in some of the jobs\\. Each job can only accept one applicant ` +
        "and a job applicant can be appointed for only one job\\. ",
    ),
    edge: new RegExp(`Applicant (?<source>${NUMBER}) is interested in job (?<target>${NUMBER})`, "y"),
    separator: /\. /y,
    question:
      /^Find an assignment of jobs to applicants in such(?: a way)? that the maximum number of applicants find the job they are interested in\.$/,
  },
];

/**
 * Reads the published phrasing of NLGraph's seven tasks. `A:` may end the text. The nodes are those that the opening numbers
 * (NLGraph's connectivity questions number none: there the asked nodes belong to the graph, with edges or without).
 * Applicants and jobs become the nodes `applicant 0` and `job 0`, since NLGraph numbers both from 0.
 *
 * @returns `undefined` where the text does not open like a question of NLGraph
 * @throws MalformedQuestion where it does, but does not go on as one
 */
export function parseNlgraph(text: string): Draft | undefined {
  const flat = text.replace(/\s+/g, " ").trim().replace(/ A:$/, "");
  const opened = WORDINGS.filter((wording) => wording.opening.test(flat));
  if (opened.length === 0) return undefined;
  const asked = flat.lastIndexOf(" Q: ");
  if (asked < 0)
    throw new MalformedQuestion("unknown ending", 'the question itself, after "Q:", is missing', onlyTask(opened));
  const question = flat.slice(asked + 4);
  const wording = opened.find((candidate) => candidate.question.test(question));
  if (wording === undefined) {
    throw new MalformedQuestion(
      "unknown ending",
      `"${question.slice(0, 60)}" does not ask what such a graph is asked`,
      onlyTask(opened),
    );
  }
  const opening = wording.opening.exec(flat) as RegExpExecArray;
  const { from, to } = wording.question.exec(question)?.groups ?? {};
  const query = from === undefined || to === undefined ? undefined : { from, to };
  const edges = parseEdges(flat.slice(opening[0].length, asked), wording);
  const nodes = stateNodes(opening.groups ?? {}, wording.task) ?? (query && nodesOf(edges, query));
  return {
    task: wording.task,
    edges,
    ...(nodes === undefined ? {} : { nodes }),
    ...(query === undefined ? {} : { query }),
  };
}

/** The nodes of the edges and the two that are asked about. */
export function nodesOf(edges: readonly Edge[], query: { readonly from: string; readonly to: string }): string[] {
  return [...new Set([...edges.flatMap((edge) => [edge.source, edge.target]), query.from, query.to])];
}

function parseEdges(text: string, { task, edge, separator }: Wording): Edge[] {
  const edges: Edge[] = [];
  // The last edge of some tasks ends in a full stop; the others end without one.
  const list = text.replace(/\.$/, "");
  for (let at = 0; at < list.length;) {
    edge.lastIndex = at;
    const groups = edge.exec(list)?.groups as { source: string; target: string; weight?: string } | undefined;
    if (groups === undefined)
      throw new MalformedQuestion("malformed edge", `"${list.slice(at, at + 40)}" is not an edge of this task`, task);
    const { source, target, weight } = groups;
    edges.push({ ...name(task, source, target), ...(weight === undefined ? {} : { weight: Number(weight) }) });
    at = edge.lastIndex;
    if (at === list.length) break;
    separator.lastIndex = at;
    if (!separator.test(list) || separator.lastIndex === list.length) {
      throw new MalformedQuestion("malformed edge", `"${list.slice(at, at + 40)}" cannot follow an edge`, task);
    }
    at = separator.lastIndex;
  }
  return edges;
}

function name(task: GraphTask, source: string, target: string): { source: string; target: string } {
  return task === "bipartite-matching"
    ? { source: `applicant ${source}`, target: `job ${target}` }
    : { source, target };
}

function stateNodes(groups: Readonly<Record<string, string | undefined>>, task: GraphTask): string[] | undefined {
  if (task === "bipartite-matching") {
    return [
      ...number(groups["people"], groups["lastPerson"], task).map((index) => `applicant ${index}`),
      ...number(groups["jobs"], groups["lastJob"], task).map((index) => `job ${index}`),
    ];
  }
  return groups["last"] === undefined ? undefined : number(groups["count"], groups["last"], task).map(String);
}

function number(count: string | undefined, last: string | undefined, task: GraphTask): number[] {
  const length = Number(last) + 1;
  if (count !== undefined && Number(count) !== length) {
    throw new MalformedQuestion("miscounted nodes", `${count} things cannot be numbered from 0 to ${last}`, task);
  }
  // One more than any limit is enough to be refused for its size.
  return Array.from({ length: Math.min(length, 1000) }, (_, index) => index);
}

function onlyTask(wordings: readonly Wording[]): GraphTask | undefined {
  const tasks = new Set(wordings.map((wording) => wording.task));
  return tasks.size === 1 ? wordings[0]?.task : undefined;
}
