/** Particles of a swarm: one for each cluster, and after them the base model where it is included. Pure: workflows load it. */
export function particleCount({
  clusters,
  includeBase,
}: {
  readonly clusters: number;
  readonly includeBase?: boolean | undefined;
}): number {
  return clusters + (includeBase === true ? 1 : 0);
}
