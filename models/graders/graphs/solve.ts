import { connectedComponents } from "graphology-components";
import { hasCycle } from "graphology-dag";
import { dijkstra } from "graphology-shortest-path";
import { DirectedGraph, UndirectedGraph } from "graphology";
import type { AbstractGraph } from "graphology-types";
import { hamiltonPath } from "./hamilton-path.js";
import { maximumFlow } from "./maximum-flow.js";
import { DIRECTED_TASKS, type Edge, type GraphProblem } from "./problem.js";
import type { GraphRule } from "./rule.js";

/** What is true of a problem: one correct answer, and what any other answer must equal. */
export type Solution =
  | { readonly kind: "yes-no"; readonly yes: boolean }
  | { readonly kind: "order"; readonly order: readonly string[] }
  | { readonly kind: "path"; readonly path: readonly string[]; readonly length: number }
  | { readonly kind: "value"; readonly value: number }
  | { readonly kind: "matching"; readonly pairs: readonly (readonly [string, string])[] }
  | { readonly kind: "hamilton"; readonly path: readonly string[] | undefined };

/** The problem has no answer at all: a cycle where an order is asked for, or no way where a shortest one is. */
export interface Unsolvable {
  readonly kind: "unsolvable";
  readonly rule: GraphRule;
  readonly reason: string;
}

/** Builds the problem's graph; nodes keep the order of first mention. */
export function toGraph(problem: GraphProblem): AbstractGraph {
  const graph = DIRECTED_TASKS.has(problem.task) ? new DirectedGraph() : new UndirectedGraph();
  for (const node of problem.nodes) graph.addNode(node);
  for (const edge of problem.edges) graph.addEdge(edge.source, edge.target, { weight: edge.weight ?? 1 });
  return graph;
}

/** Solves a well-formed problem exactly. */
export function solve(problem: GraphProblem): Solution | Unsolvable {
  switch (problem.task) {
    case "connectivity": {
      const { from, to } = query(problem);
      const component = connectedComponents(toGraph(problem)).find((nodes) => nodes.includes(from));
      return { kind: "yes-no", yes: component?.includes(to) ?? false };
    }
    case "cycle": {
      const graph = toGraph(problem);
      // A graph without a cycle is a forest: nodes = edges + components.
      return { kind: "yes-no", yes: graph.size + connectedComponents(graph).length > graph.order };
    }
    case "topological-sort": {
      const graph = toGraph(problem);
      if (hasCycle(graph))
        return { kind: "unsolvable", rule: "cycle", reason: "the graph has a cycle, so it has no topological order" };
      return { kind: "order", order: depthFirstOrder(graph) };
    }
    case "shortest-path": {
      const { from, to } = query(problem);
      const graph = toGraph(problem);
      const path = dijkstra.bidirectional(graph, from, to, "weight") as string[] | null;
      if (path === null)
        return { kind: "unsolvable", rule: "no path", reason: `there is no path from ${from} to ${to}` };
      return { kind: "path", path, length: pathLength(graph, path) as number };
    }
    case "maximum-flow": {
      const { from, to } = query(problem);
      return { kind: "value", value: maximumFlow(problem.edges, from, to).value };
    }
    case "bipartite-matching":
      return { kind: "matching", pairs: maximumMatching(problem.edges) };
    case "hamilton-path":
      return { kind: "hamilton", path: hamiltonPath(toGraph(problem)) };
  }
}

/**
 * A topological order of a graph without cycles: reversed post-order of a depth-first search (Tarjan, 1976) that takes nodes
 * and edges in order of mention.
 */
function depthFirstOrder(graph: AbstractGraph): string[] {
  const order: string[] = [];
  const seen = new Set<string>();
  const visit = (node: string): void => {
    if (seen.has(node)) return;
    seen.add(node);
    graph.forEachOutNeighbor(node, visit);
    order.unshift(node);
  };
  graph.forEachNode(visit);
  return order;
}

/** The sum of the weights along a path, or `undefined` where two neighbours on it are not joined by an edge. */
export function pathLength(graph: AbstractGraph, path: readonly string[]): number | undefined {
  let length = 0;
  for (let index = 1; index < path.length; index++) {
    const edge = graph.edge(path[index - 1], path[index]);
    if (edge === undefined) return undefined;
    length += graph.getEdgeAttribute(edge, "weight") as number;
  }
  return length;
}

/** A maximum matching as a flow of unit capacities; `source` of every edge is on the one side, `target` on the other. */
function maximumMatching(edges: readonly Edge[]): (readonly [string, string])[] {
  const left = new Set(edges.map((edge) => `left ${edge.source}`));
  const right = new Set(edges.map((edge) => `right ${edge.target}`));
  const middle = edges.map((edge) => ({ source: `left ${edge.source}`, target: `right ${edge.target}`, weight: 1 }));
  const arcs = [
    ...middle,
    ...[...left].map((node) => ({ source: "from", target: node, weight: 1 })),
    ...[...right].map((node) => ({ source: node, target: "to", weight: 1 })),
  ];
  const { along } = maximumFlow(arcs, "from", "to");
  return edges.filter((_, index) => along[index] === 1).map((edge) => [edge.source, edge.target] as const);
}

function query(problem: GraphProblem): { from: string; to: string } {
  if (problem.query === undefined) throw new TypeError(`a ${problem.task} problem needs the two nodes it asks about`);
  return problem.query;
}
