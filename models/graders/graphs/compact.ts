/**
 * The compact phrasing of graph problems: one short sentence in which the edges are told as walks: `A-B-C B-D` for the
 * edges A-B, B-C and B-D, `A>B>C` where they have a direction, `A-B:3-C:5` where they have a weight. It is the phrasing of
 * the embedded model, whose nodes are letters and whose weights are 1 to 99. Matchings name people and jobs: `A-1 A-3 B-1`.
 */
import { DIRECTED_TASKS, type GraphProblem, type GraphTask, WEIGHTED_TASKS } from "./problem.js";

/** Sentences of each task; the seed data uses all of them. */
export const COMPACT_TEMPLATES: Readonly<Record<GraphTask, readonly string[]>> = {
  connectivity: [
    "In the graph {edges}, is there a path between {from} and {to}?",
    "Roads {edges}. Can you get from {from} to {to}?",
  ],
  cycle: ["In the graph {edges}, is there a cycle?", "Roads {edges}. Can you walk in a circle?"],
  "topological-sort": [
    "In the graph {edges}, what is a topological order?",
    "Tasks {edges}. In what order can you do all of them?",
  ],
  "shortest-path": [
    "In the graph {edges}, what is the shortest path from {from} to {to}?",
    "Roads {edges}. Which way from {from} to {to} is shortest?",
  ],
  "maximum-flow": [
    "In the graph {edges}, what is the maximum flow from {from} to {to}?",
    "Pipes {edges}. How much can flow from {from} to {to}?",
  ],
  "bipartite-matching": [
    "In the graph {edges}, what is a maximum matching?",
    "People and jobs {edges}. Who does what so that most have a job?",
  ],
  "hamilton-path": [
    "In the graph {edges}, which path visits every node once?",
    "Roads {edges}. How can you visit every place once?",
  ],
};

/** Writes a problem in the compact phrasing. `template` counts from 0. */
export function writeCompact(problem: GraphProblem, template: number): string {
  const templates = COMPACT_TEMPLATES[problem.task];
  const text = templates[template % templates.length] as string;
  return text
    .replace("{edges}", writeWalks(problem))
    .replace("{from}", problem.query?.from ?? "")
    .replace("{to}", problem.query?.to ?? "");
}

/** An edge that starts where the one before it ends goes on with the same walk. */
function writeWalks(problem: GraphProblem): string {
  const arrow = DIRECTED_TASKS.has(problem.task) ? ">" : "-";
  let text = "";
  let end: string | undefined;
  for (const { source, target, weight } of problem.edges) {
    if (source !== end) text += `${text === "" ? "" : " "}${source}`;
    text += `${arrow}${target}${WEIGHTED_TASKS.has(problem.task) ? `:${weight}` : ""}`;
    end = target;
  }
  return text;
}
