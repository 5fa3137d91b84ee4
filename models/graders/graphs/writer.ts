import type { RandomStream } from "../../../swarm/random.js";
import { type Edge, type GraphProblem, type GraphTask, QUERY_TASKS, WEIGHTED_TASKS } from "./problem.js";

const LETTERS = Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
const LARGEST_WEIGHT = 9;

/**
 * Writes a random solvable problem.
 *
 * A graph is told as walks: a main walk over new nodes, then side walks that leave it and may come back. Where a way must
 * exist every side walk leaves a node that was named before; on directed tasks it comes back only further on, so that no
 * graph has a circle. A writer who only looks back can keep these rules.
 *
 * @param size number of nodes, 3 to 26
 */
export function writeProblem(task: GraphTask, size: number, random: RandomStream): GraphProblem {
  const edges = writeEdges(task, size, random);
  const weighted = WEIGHTED_TASKS.has(task)
    ? edges.map((edge) => ({ ...edge, weight: random.integer(1, LARGEST_WEIGHT) }))
    : edges;
  const nodes = [...new Set(edges.flatMap((edge) => [edge.source, edge.target]))];
  return { task, nodes, edges: weighted, ...(QUERY_TASKS.has(task) ? { query: writeQuery(task, nodes, random) } : {}) };
}

function writeEdges(task: GraphTask, size: number, random: RandomStream): Edge[] {
  const letters = random.sample(LETTERS, size);
  switch (task) {
    case "bipartite-matching":
      return writePairs(letters, random);
    case "connectivity": {
      if (random.uniform() < 0.5 || size < 4) return writeWalks({ letters, random });
      const cut = random.integer(2, size - 2);
      return [
        ...writeWalks({ letters: letters.slice(0, cut), random }),
        ...writeWalks({ letters: letters.slice(cut), random }),
      ];
    }
    case "cycle":
      return random.uniform() < 0.5
        ? writeWalks({ letters, random, comesBack: 0, shortcuts: 0 })
        : writeWalks({ letters, random });
    case "topological-sort":
      return writeWalks({ letters, random, startsAnew: 0.25 });
    default:
      return writeWalks({ letters, random });
  }
}

interface Walks {
  readonly letters: readonly string[];
  readonly random: RandomStream;
  /** How likely a side walk ends at a node that was named before. */
  readonly comesBack?: number;
  /** How likely a side walk starts at a new node. */
  readonly startsAnew?: number;
  /** Largest share of nodes at which a single edge is added between nodes named before. */
  readonly shortcuts?: number;
}

function writeWalks({ letters, random, comesBack = 0.5, startsAnew = 0, shortcuts = 0.4 }: Walks): Edge[] {
  const mainLength = random.integer(Math.ceil(letters.length / 2), letters.length);
  const rest = letters.slice(mainLength);
  // Nodes in an order in which every edge leads forwards.
  const order = letters.slice(0, mainLength);
  const joined = new Set<string>();
  const edges: Edge[] = [];
  addWalk(order);

  while (rest.length > 0) {
    const fresh = rest.splice(0, random.integer(1, 3));
    if (random.uniform() < startsAnew) {
      addWalk([...fresh, random.choice(order)]);
      order.unshift(...fresh);
      continue;
    }
    const start = random.integer(0, order.length - 1);
    const later = order.slice(start + 1);
    const back = later.length > 0 && random.uniform() < comesBack ? [random.choice(later)] : [];
    addWalk([order[start] as string, ...fresh, ...back]);
    order.splice(start + 1, 0, ...fresh);
  }
  for (let count = random.integer(0, Math.floor(shortcuts * letters.length)); count > 0; count--) {
    const [start, end] = [random.integer(0, order.length - 2), random.integer(1, order.length - 1)];
    if (start < end && !joined.has(`${order[start]}${order[end]}`))
      addWalk([order[start] as string, order[end] as string]);
  }
  return edges;

  function addWalk(nodes: readonly string[]): void {
    for (const [index, target] of nodes.slice(1).entries()) {
      const source = nodes[index] as string;
      joined.add(`${source}${target}`);
      edges.push({ source, target });
    }
  }
}

/** People (letters) and the one to three jobs (numbers) each could do. */
function writePairs(letters: readonly string[], random: RandomStream): Edge[] {
  const people = letters.slice(0, Math.ceil(letters.length / 2));
  const jobs = Array.from({ length: letters.length - people.length }, (_, index) => String(index + 1));
  return people.flatMap((person) =>
    random
      .sample(jobs, random.integer(1, Math.min(3, jobs.length)))
      .sort((one, other) => Number(one) - Number(other))
      .map((job) => ({ source: person, target: job })),
  );
}

function writeQuery(task: GraphTask, nodes: readonly string[], random: RandomStream): { from: string; to: string } {
  // A flow runs from the first node, from which all others can be reached.
  if (task === "maximum-flow") return { from: nodes[0] as string, to: random.choice(nodes.slice(1)) };
  const [from, to] = random.sample(nodes, 2) as [string, string];
  return { from, to };
}
