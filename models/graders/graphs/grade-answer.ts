import { edgeKey } from "./check-draft.js";
import { DIRECTED_TASKS, type GraphProblem } from "./problem.js";
import { readMatching } from "./read-matching.js";
import {
  afterIntroduction,
  firstLine,
  type Names,
  readNumber,
  readSequence,
  readYesNo,
  splitTotal,
} from "../read-reply.js";
import type { Solution } from "./solve.js";

/**
 * Whether a reply is right. The reply's first line counts (NLGraph's matchings: its first lines).
 *
 * | task | right |
 * |---|---|
 * | connectivity, cycle | says yes or no, and only that one |
 * | shortest path | a path between the asked nodes of the least weight, whichever; a stated total must be right |
 * | shortest path, length wanted | the length; a path stated beside it must be right |
 * | topological sort | every node once, none before one that must come earlier |
 * | maximum flow | the value |
 * | bipartite matching | allowed pairs, nobody and no job twice, as many as possible |
 * | Hamilton path | every node once along edges; or no, where there is none |
 *
 * An introduction, separators and units are tolerated (`read-reply.ts`); anything that can be read in two ways is wrong.
 */
export function gradeAnswer(problem: GraphProblem, solution: Solution, reply: string): boolean {
  const line = firstLine(reply);
  const names: Names = { nodes: new Set(problem.nodes), query: problem.query };
  switch (solution.kind) {
    case "yes-no":
      return readYesNo(line) === solution.yes;
    case "order":
      return isOrder(
        problem,
        afterIntroduction(line, names, (text) => readSequence(text, names.nodes)),
      );
    case "path":
      return problem.wants === "length"
        ? isLength(problem, solution.length, line, names)
        : isShortest(problem, solution.length, line, names);
    case "value":
      return afterIntroduction(line, names, readNumber) === solution.value;
    case "matching":
      return isMatching(problem, solution.pairs.length, reply);
    case "hamilton": {
      if (solution.path === undefined) return readYesNo(line) === false;
      const path = afterIntroduction(line, names, (text) => readSequence(text, names.nodes));
      return visitsAll(problem, path) && pathWeight(problem, path) !== undefined;
    }
  }
}

function isShortest(problem: GraphProblem, length: number, line: string, names: Names): boolean {
  const { text, total } = splitTotal(line);
  if (total !== undefined && total !== length) return false;
  const path = afterIntroduction(text, names, (part) => readSequence(part, names.nodes));
  return path !== undefined && isPathOf(problem, path, length);
}

function isLength(problem: GraphProblem, length: number, line: string, names: Names): boolean {
  const number = afterIntroduction(line, names, readNumber);
  if (number !== undefined) return number === length;
  const { text, total } = splitTotal(line);
  if (total !== length) return false;
  const path = afterIntroduction(text, names, (part) => readSequence(part, names.nodes));
  return text === "" || (path !== undefined && isPathOf(problem, path, length));
}

function isPathOf(problem: GraphProblem, path: readonly string[], length: number): boolean {
  return path[0] === problem.query?.from && path.at(-1) === problem.query?.to && pathWeight(problem, path) === length;
}

/** The weight along a path, or `undefined` where two neighbours on it are not joined. */
function pathWeight(problem: GraphProblem, path: readonly string[]): number | undefined {
  const directed = DIRECTED_TASKS.has(problem.task);
  const weights = new Map(problem.edges.map((edge) => [edgeKey(edge, directed), edge.weight ?? 1]));
  let sum = 0;
  for (const [index, target] of path.slice(1).entries()) {
    const weight = weights.get(edgeKey({ source: path[index] as string, target }, directed));
    if (weight === undefined) return undefined;
    sum += weight;
  }
  return sum;
}

function isOrder(problem: GraphProblem, order: readonly string[] | undefined): boolean {
  if (!visitsAll(problem, order)) return false;
  const place = new Map(order.map((node, index) => [node, index]));
  return problem.edges.every((edge) => (place.get(edge.source) as number) < (place.get(edge.target) as number));
}

function visitsAll(problem: GraphProblem, nodes: readonly string[] | undefined): nodes is readonly string[] {
  return nodes !== undefined && nodes.length === problem.nodes.length && new Set(nodes).size === nodes.length;
}

function isMatching(problem: GraphProblem, size: number, reply: string): boolean {
  const pairs = readMatching(reply, problem.edges);
  if (pairs === undefined || pairs.length !== size) return false;
  const allowed = new Set(problem.edges.map((edge) => edgeKey(edge, true)));
  return (
    pairs.every(([source, target]) => allowed.has(edgeKey({ source, target }, true))) &&
    new Set(pairs.map(([person]) => person)).size === size &&
    new Set(pairs.map(([, job]) => job)).size === size
  );
}
