/** A config with what every run must say, and no more. */
export const MINIMAL = {
  kind: "data-swarm",
  name: "example",
  seed: 1,
  domain: "graphs",
  seedData: "seed.jsonl",
  generators: { base: "base" },
  takers: [
    { name: "one", base: "base", adapter: "adapters/one" },
    { name: "two", base: "base" },
  ],
  objective: "difficult",
};
