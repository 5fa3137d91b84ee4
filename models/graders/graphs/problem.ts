/** The seven graph tasks of NLGraph (Wang et al., 2023) and the form in which every phrasing of them is read. */
export const GRAPH_TASKS = [
  "connectivity",
  "cycle",
  "topological-sort",
  "shortest-path",
  "maximum-flow",
  "bipartite-matching",
  "hamilton-path",
] as const;

export type GraphTask = (typeof GRAPH_TASKS)[number];

export interface Edge {
  readonly source: string;
  readonly target: string;
  /** Length on a shortest-path problem, capacity on a maximum-flow problem. */
  readonly weight?: number;
}

export interface GraphProblem {
  readonly task: GraphTask;
  /** The nodes in order of first mention (in number order where the question only says how many there are). */
  readonly nodes: readonly string[];
  /** Each edge once; on undirected tasks `source` is the end that is named first. */
  readonly edges: readonly Edge[];
  /** The two nodes that are asked about (connectivity, shortest path, maximum flow). */
  readonly query?: { readonly from: string; readonly to: string };
  /** What the question wants to be told where a task has two forms: the path itself or only its length. */
  readonly wants?: "path" | "length";
}

export const DIRECTED_TASKS: ReadonlySet<GraphTask> = new Set(["topological-sort", "maximum-flow"]);
export const WEIGHTED_TASKS: ReadonlySet<GraphTask> = new Set(["shortest-path", "maximum-flow"]);
export const QUERY_TASKS: ReadonlySet<GraphTask> = new Set(["connectivity", "shortest-path", "maximum-flow"]);

/** The largest Hamilton-path problem that is solved exactly; the subset table grows as 2^nodes. */
export const MAXIMUM_HAMILTON_NODES = 20;

/** A graph of fewer nodes leaves nothing to find out. */
export const MINIMUM_NODES = 3;

/** The largest graph of the other tasks: several times NLGraph's largest, small enough to be solved at once. */
export const MAXIMUM_NODES = 200;
