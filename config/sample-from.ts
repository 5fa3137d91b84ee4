/** Where the examples in a generator's prompt come from. Pure: workflows load it. */
export const SAMPLE_FROM = ["cluster", "all", "found"] as const;
export type SampleFrom = (typeof SAMPLE_FROM)[number];

/**
 * Whose seed questions a particle's generator is shown; null for all of the seed data, which the base model is shown too.
 *
 * @param from `generators.sampling.from`
 * @param clusters `generators.clusters`
 */
export function shownCluster(from: SampleFrom, particle: number, clusters: number): number | null {
  return from === "all" || particle >= clusters ? null : particle;
}
