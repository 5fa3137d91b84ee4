import { MalformedQuestion, type Draft } from "./parse-result.js";
import {
  DIRECTED_TASKS,
  type Edge,
  type GraphProblem,
  MAXIMUM_HAMILTON_NODES,
  MAXIMUM_NODES,
  MINIMUM_NODES,
  QUERY_TASKS,
  WEIGHTED_TASKS,
} from "./problem.js";

/**
 * Applies the rules that hold in every phrasing and gives the problem with each edge once.
 *
 * | what is found | ruling |
 * |---|---|
 * | no edges, or fewer than 3 nodes | invalid: degenerate |
 * | an edge from a node to itself | invalid: degenerate |
 * | the same edge twice, equal weight (`A-B` and `B-A` are the same where edges have no direction) | counted once |
 * | the same edge with two weights | invalid: contradictory |
 * | an edge touches a node outside the stated ones | invalid: contradictory |
 * | a node is both a person and a job | invalid: contradictory |
 * | a weight or capacity that is not a whole number of 1 or more | invalid: degenerate |
 * | the asked nodes are one and the same | invalid: degenerate |
 * | an asked node is not in the graph | invalid; in NLGraph's connectivity questions it is a node without edges |
 * | more than 20 nodes on a Hamilton path, more than 200 elsewhere | invalid: beyond what is solved |
 * | no path where a shortest one is asked for; a cycle where an order is asked for | invalid (decided by the solver) |
 * | no path for connectivity or a Hamilton path, a maximum flow of 0 | valid: that is the answer |
 * | text before or after the question, an edge in another notation, one task's ending on another's graph | malformed (decided by the parsers) |
 *
 * @throws MalformedQuestion with the reason in plain words
 */
export function checkDraft(draft: Draft): GraphProblem {
  const { task } = draft;
  if (draft.edges.length === 0) throw new MalformedQuestion("no edges", "the graph has no edges", task);

  const stated = draft.nodes === undefined ? undefined : new Set(draft.nodes);
  const nodes = stated ?? new Set<string>();
  const edges = new Map<string, Edge>();
  for (const edge of draft.edges) {
    checkEdge(draft, edge);
    for (const node of [edge.source, edge.target]) {
      if (stated !== undefined && !stated.has(node)) {
        throw new MalformedQuestion(
          "edge outside the nodes",
          `the edge ${name(edge)} touches ${node}, which is not among the stated nodes`,
          task,
        );
      }
      nodes.add(node);
    }
    const key = edgeKey(edge, DIRECTED_TASKS.has(task));
    const earlier = edges.get(key);
    if (earlier !== undefined && earlier.weight !== edge.weight) {
      throw new MalformedQuestion(
        "two weights",
        `the edge ${name(edge)} has two weights, ${earlier.weight} and ${edge.weight}`,
        task,
      );
    }
    if (earlier === undefined) edges.set(key, edge);
  }

  if (nodes.size < MINIMUM_NODES) {
    throw new MalformedQuestion(
      "too few nodes",
      `the graph has ${nodes.size} nodes; at least ${MINIMUM_NODES} make a question`,
      task,
    );
  }
  const limit = task === "hamilton-path" ? MAXIMUM_HAMILTON_NODES : MAXIMUM_NODES;
  if (nodes.size > limit) {
    throw new MalformedQuestion(
      "too many nodes",
      `the graph has ${nodes.size} nodes; ${task} is solved up to ${limit}`,
      task,
    );
  }
  if (task === "bipartite-matching") checkSides(draft);
  const query = checkQuery(draft, nodes);
  return {
    task,
    nodes: [...nodes],
    edges: [...edges.values()],
    ...(query === undefined ? {} : { query }),
    ...(draft.wants === undefined ? {} : { wants: draft.wants }),
  };
}

/** Equal for edges that join the same nodes, whichever end is named first where edges have no direction. */
export function edgeKey({ source, target }: Edge, directed: boolean): string {
  return directed || source < target ? `${source}\t${target}` : `${target}\t${source}`;
}

function checkEdge({ task }: Draft, edge: Edge): void {
  if (edge.source === edge.target)
    throw new MalformedQuestion("self-loop", `the edge ${name(edge)} joins a node to itself`, task);
  if (!WEIGHTED_TASKS.has(task)) return;
  if (edge.weight === undefined || !Number.isSafeInteger(edge.weight) || edge.weight < 1) {
    throw new MalformedQuestion(
      "edge without weight",
      `the edge ${name(edge)} needs a weight that is a whole number of 1 or more`,
      task,
    );
  }
}

function checkSides({ task, edges }: Draft): void {
  const people = new Set(edges.map((edge) => edge.source));
  const both = edges.find((edge) => people.has(edge.target));
  if (both !== undefined)
    throw new MalformedQuestion("person and job", `${both.target} is both a person and a job`, task);
}

function checkQuery({ task, query }: Draft, nodes: ReadonlySet<string>): Draft["query"] {
  if (!QUERY_TASKS.has(task)) return undefined;
  if (query === undefined)
    throw new MalformedQuestion("no asked nodes", "the two nodes that are asked about are missing", task);
  if (query.from === query.to)
    throw new MalformedQuestion("same node asked twice", `both asked nodes are ${query.from}`, task);
  for (const node of [query.from, query.to]) {
    if (!nodes.has(node))
      throw new MalformedQuestion("asked node missing", `the asked node ${node} is not in the graph`, task);
  }
  return query;
}

function name({ source, target }: Edge): string {
  return `${source} to ${target}`;
}
