/** What the runs of one domain share: its seed data, its models and how they are trained and asked. */
import { join } from "node:path";
import { packageRoot } from "../../config/package-root.js";
import { domainNamed } from "../../fixtures/domains/domains.js";
import { seedDataFile, type TakerRecipe, userQueriesFile } from "../../fixtures/domains/domain.js";

export type Sections = Readonly<Record<string, unknown>>;

const BASE = "embedded:small";

/** @throws Error for a domain that the embedded model does not know */
export function domainSections(name: string): Sections {
  const { takers } = domainNamed(name);
  const path = dataset(seedDataFile(name));
  return {
    domain: name,
    seedData: { path, split: "dev" },
    heldOutData: { path, split: "test" },
    userQueries: dataset(userQueriesFile(name)),
    generators: GENERATORS,
    takers: adapters(
      name,
      takers.filter(({ unseen }) => !unseen),
    ),
    unseenTakers: adapters(
      name,
      takers.filter(({ unseen }) => unseen),
    ),
    answering: { maxNewTokens: 48 },
  };
}

export const GENERATORS = {
  base: BASE,
  clusters: 4,
  examplesPerPrompt: 1,
  sft: { instances: 960, epochs: 1, learningRate: 2e-3, batchSize: 16, schedule: "constant" },
  sampling: { temperature: 0.8, topP: 0.95, maxNewTokens: 96 },
} as const;

/** What takes the place of a domain's takers where they are to learn. */
export function expertTakers(name: string): Sections[] {
  return adapters(name, domainNamed(name).experts);
}

function adapters(domain: string, recipes: readonly TakerRecipe[]): Sections[] {
  return recipes.map(({ name }) => ({ name, base: BASE, adapter: `${BASE}/takers/${domain}/${name}` }));
}

export function dataset(file: string): string {
  return join(packageRoot(), "fixtures", "datasets", file);
}
