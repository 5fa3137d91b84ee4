/** A stored config as far as comparisons look at it, whatever its kind. */
import { z } from "zod";
import { isRecord } from "../../config/fields.js";
import { objectiveSchema } from "../../config/objective-schema.js";
import { runConfigSchema } from "../../config/schema.js";
import { readYaml } from "../../config/yaml-text.js";
import type { Options } from "../../report/compare/compared-run.js";
import { decodeText, invalidContent, shapeProblem } from "../../store/content.js";
import { keys } from "../../store/keys.js";
import type { Store } from "../../store/store.js";

const comparedConfigSchema = z.looseObject({
  kind: z.string(),
  seed: z.number().int().nonnegative(),
  domain: z.string(),
  objective: objectiveSchema,
  takers: z.array(z.looseObject({ name: z.string() })),
  unseenTakers: z.array(z.looseObject({ name: z.string() })).default([]),
  answering: z.looseObject({}).default({}),
  judge: z.looseObject({}).default({}),
  evaluation: z.looseObject({ freshQuestions: z.number() }),
  baseline: z.looseObject({ method: z.string() }).optional(),
});
export type ComparedConfig = z.infer<typeof comparedConfigSchema>;

/**
 * Reads a run's config with all defaults filled in; one of a kind that this version does not know is taken as it is written.
 *
 * @throws StoreError, ConfigError
 */
export async function readComparedConfig(store: Store, runId: string): Promise<ComparedConfig> {
  const location = { uri: store.uri, key: keys.config(runId) };
  const written = readYaml(decodeText(location, await store.get(location.key)), `${store.uri}, run ${runId}`);
  const known = runConfigSchema.safeParse(written);
  const config = comparedConfigSchema.safeParse(known.success ? known.data : written);
  if (!config.success) throw invalidContent(location, shapeProblem(config.error));
  return config.data;
}

/** What names the run, says where things lie, or is looked at elsewhere: no part of how a method works. */
const NOT_THE_METHOD = new Set([
  ...["kind", "id", "name", "seed", "store", "iterationsPerExecution"],
  ...["domain", "seedData", "heldOutData", "userQueries", "objective", "takers", "unseenTakers"],
  ...["answering", "judge", "evaluation"],
]);

/** How the config's method works. */
export function methodOptions({ baseline, ...config }: ComparedConfig): Options {
  const sections = Object.entries(config).filter(([name]) => !NOT_THE_METHOD.has(name));
  const { method: _, ...settings } = baseline ?? { method: "" };
  return flatten({ ...Object.fromEntries(sections), baseline: settings });
}

/** Values by their place, such as `swarm.space`; sections that are empty have none. */
export function flatten(value: unknown, place = ""): Options {
  if (value === undefined) return {};
  if (!isRecord(value)) return { [place]: typeof value === "string" ? value : JSON.stringify(value) };
  const parts = Object.entries(value).map(([name, part]) => flatten(part, place === "" ? name : `${place}.${name}`));
  return Object.assign({}, ...parts) as Options;
}
