import type { AbstractGraph } from "graphology-types";

/**
 * A path that visits every node once, or `undefined` where there is none (Held-Karp subset table, exact).
 * Of several paths it gives the one whose nodes come earliest in the graph's own order of nodes.
 */
export function hamiltonPath(graph: AbstractGraph): string[] | undefined {
  const nodes = graph.nodes();
  const count = nodes.length;
  const neighbours = nodes.map((node) =>
    nodes.reduce((mask, other, bit) => (graph.areNeighbors(node, other) ? mask | (1 << bit) : mask), 0),
  );
  const everything = 2 ** count - 1;

  // starts[visited] holds, as bits, the nodes at which a path over exactly `visited` can start.
  const starts = new Int32Array(2 ** count);
  for (let bit = 0; bit < count; bit++) starts[1 << bit] = 1 << bit;
  for (let visited = 1; visited <= everything; visited++) {
    for (let start = 0; start < count; start++) {
      const rest = visited & ~(1 << start);
      if (rest === visited || rest === 0) continue;
      if ((starts[rest] as number) & (neighbours[start] as number))
        starts[visited] = (starts[visited] as number) | (1 << start);
    }
  }
  if (count === 0 || starts[everything] === 0) return undefined;

  const path: string[] = [];
  let visited = everything;
  let reachable = everything;
  while (visited !== 0) {
    const candidates = (starts[visited] as number) & reachable;
    const next = 31 - Math.clz32(candidates & -candidates);
    path.push(nodes[next] as string);
    visited &= ~(1 << next);
    reachable = neighbours[next] as number;
  }
  return path;
}
