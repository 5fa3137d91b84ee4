import { edgeKey } from "./check-draft.js";
import { DIRECTED_TASKS, type GraphProblem } from "./problem.js";

/**
 * A text that is equal for problems that ask the same thing, whatever the wording, the order of the edges and, where edges have
 * no direction, the order of an edge's ends. Names of nodes matter: it is not equal for merely isomorphic graphs.
 * A connectivity question asks the same both ways round; a shortest path from A to B does not ask for one from B to A.
 */
export function canonicalForm(problem: GraphProblem): string {
  const directed = DIRECTED_TASKS.has(problem.task);
  const joined = new Set(problem.edges.flatMap((edge) => [edge.source, edge.target]));
  const alone = problem.nodes.filter((node) => !joined.has(node)).sort();
  const edges = problem.edges
    .map((edge) => `${edgeKey(edge, directed)}${edge.weight === undefined ? "" : `\t${edge.weight}`}`)
    .sort();
  const asked = problem.query === undefined ? [] : [problem.query.from, problem.query.to];
  if (problem.task === "connectivity" || problem.wants === "length") asked.sort();
  return [problem.task, problem.wants === "length" ? "length" : "", asked.join("\t"), alone.join("\t"), ...edges].join(
    "\n",
  );
}
