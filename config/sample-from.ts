/** Where the examples in a generator's prompt come from. Pure: workflows load it. */
export const SAMPLE_FROM = ["cluster", "all", "found"] as const;
export type SampleFrom = (typeof SAMPLE_FROM)[number];

/**
 * Whose seed questions a particle's generator is shown; null for all of the seed data.
 *
 * @param from `generators.sampling.from`
 */
export function shownCluster(from: SampleFrom, particle: number): number | null {
  return from === "all" ? null : particle;
}
