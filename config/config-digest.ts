/** The identity of what a run computes. */
import { createHash } from "node:crypto";
import { canonicalJson } from "./canonical-json.js";
import { describeFileError } from "./file-problem.js";
import { ConfigError } from "./config-error.js";
import { modelPath } from "./model-path.js";
import type { EndpointTakerConfig, TakerConfig } from "./model-schema.js";
import { isObjectiveModule, renameModules } from "./objective-schema.js";
import type { DataSwarmConfig, RunConfig } from "./schema.js";
import type { SearchConfig } from "./search-schema.js";

/** Gives the digest of a file's or folder's content. */
export type DigestOf = (path: string) => Promise<string>;

/**
 * SHA-256 over the config without its id and store and how fast endpoints are asked, and with digests of content in place of
 * paths: equal for runs that compute the same, wherever their files lie and their results go.
 *
 * @param config with absolute paths
 * @throws ConfigError `INVALID_CONFIG` with a line for each file that cannot be read
 */
export async function configDigest(config: RunConfig, source: string, digestOf: DigestOf): Promise<string> {
  const problems = new Set<string>();
  const digests = new Map<string, Promise<string>>();
  const content = async (place: string, path: string): Promise<string> => {
    const digest = digests.get(path) ?? digestOf(path);
    digests.set(path, digest);
    return digest.catch((error: unknown) => {
      problems.add(`${place}: ${describeFileError(error, path, "config file")}`);
      return "";
    });
  };
  const taker = async (place: string, one: TakerConfig): Promise<unknown> => {
    if ("endpoint" in one) return askedAs(one, config.budget);
    const base = await content(`${place}.base`, modelPath(one.base));
    const adapter = one.adapter === undefined ? undefined : await content(`${place}.adapter`, modelPath(one.adapter));
    return { ...one, base, adapter };
  };
  const takers = (place: string, list: readonly TakerConfig[]): Promise<unknown[]> =>
    Promise.all(list.map((one, index) => taker(`${place}.${index}`, one)));

  const modules = new Map<string, string>();
  for (const path of Object.keys(config.objective).filter(isObjectiveModule))
    modules.set(path, await content("objective", path));

  const identity = {
    ...config,
    objective: renameModules(config.objective, (path) => modules.get(path) ?? path),
    id: undefined,
    store: undefined,
    ...("swarm" in config ? { swarm: withoutNewerDefaults(config.swarm) } : {}),
    ...("search" in config && config.search !== undefined
      ? { search: searchIdentity(config.search, config.budget) }
      : {}),
    seedData: { ...config.seedData, path: await content("seedData", config.seedData.path) },
    heldOutData:
      config.heldOutData === undefined
        ? undefined
        : { ...config.heldOutData, path: await content("heldOutData", config.heldOutData.path) },
    userQueries: config.userQueries === undefined ? undefined : await content("userQueries", config.userQueries),
    generators: { ...config.generators, base: await content("generators.base", modelPath(config.generators.base)) },
    takers: await takers("takers", config.takers),
    unseenTakers: await takers("unseenTakers", config.unseenTakers),
  };
  if (problems.size > 0) throw new ConfigError("INVALID_CONFIG", source, [...problems]);
  return createHash("sha256").update(canonicalJson(identity)).digest("hex");
}

/** Options that came after runs had digests: where they have their default, a digest stays what it was. */
function withoutNewerDefaults({ space, bestUpdate, bestUpdateLevel, ...swarm }: DataSwarmConfig["swarm"]): unknown {
  return {
    ...swarm,
    ...(space === "factors" ? {} : { space }),
    ...(bestUpdate === "paper" ? {} : { bestUpdate, bestUpdateLevel }),
  };
}

/** How many runs are side by side decides something only where runs end by what those before them did. */
function searchIdentity({ atOnce, ...search }: SearchConfig, budget: RunConfig["budget"]): unknown {
  const isLimited = Object.values(budget).some((limit) => limit !== undefined);
  return search.earlyStop !== undefined || isLimited ? { ...search, atOnce } : search;
}

/** Without what only decides how fast it answers, which key pays, and what is paid, unless a budget ends the search by that. */
function askedAs(taker: EndpointTakerConfig, { usd }: RunConfig["budget"]): unknown {
  const { apiKeyVariable: _key, concurrency: _concurrency, timeoutSeconds: _timeout, price, ...asked } = taker;
  return usd === undefined ? asked : { ...asked, price };
}
