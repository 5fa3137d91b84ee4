import type { Edge } from "./problem.js";

/** A maximum flow: its value and what runs along each edge, in the order of the edges given. */
export interface Flow {
  readonly value: number;
  readonly along: readonly number[];
}

/**
 * Maximum flow by shortest augmenting paths (Edmonds and Karp, 1972).
 *
 * @param edges directed edges with integer capacities in `weight`
 */
export function maximumFlow(edges: readonly Edge[], source: string, sink: string): Flow {
  const residual = edges.flatMap((edge) => [
    { from: edge.source, to: edge.target, left: edge.weight ?? 1 },
    { from: edge.target, to: edge.source, left: 0 },
  ]);
  const outgoing = new Map<string, number[]>();
  for (const [index, arc] of residual.entries()) {
    outgoing.set(arc.from, [...(outgoing.get(arc.from) ?? []), index]);
  }

  let value = 0;
  for (;;) {
    const path = augmentingPath();
    if (path === undefined) break;
    const bottleneck = Math.min(...path.map((index) => arcAt(index).left));
    for (const index of path) {
      arcAt(index).left -= bottleneck;
      arcAt(index ^ 1).left += bottleneck;
    }
    value += bottleneck;
  }
  return { value, along: edges.map((_, index) => arcAt(2 * index + 1).left) };

  function arcAt(index: number): (typeof residual)[number] {
    return residual[index] as (typeof residual)[number];
  }

  function augmentingPath(): number[] | undefined {
    const reachedBy = new Map<string, number>();
    const queue = [source];
    for (const node of queue) {
      for (const index of outgoing.get(node) ?? []) {
        const { to, left } = arcAt(index);
        if (left <= 0 || to === source || reachedBy.has(to)) continue;
        reachedBy.set(to, index);
        if (to === sink) return trace(reachedBy);
        queue.push(to);
      }
    }
    return undefined;
  }

  function trace(reachedBy: ReadonlyMap<string, number>): number[] {
    const path: number[] = [];
    for (let node = sink; node !== source;) {
      const index = reachedBy.get(node) as number;
      path.unshift(index);
      node = arcAt(index).from;
    }
    return path;
  }
}
