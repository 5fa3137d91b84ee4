import { z } from "zod";
import { canonicalJson } from "../../config/canonical-json.js";
import type { Options } from "../../report/compare/compared-run.js";
import type { ComparedConfig } from "./read-compared-config.js";

/** As the run resolved it when it started: an adapter is named by its content. */
export const resolvedTakerSchema = z.looseObject({
  name: z.string(),
  base: z.string().nullable(),
  adapter: z.string().nullable(),
});
type ResolvedTaker = z.infer<typeof resolvedTakerSchema>;

/** Enough of a SHA-256 to tell contents apart. */
const DIGEST_LENGTH = 12;

export function shortDigest(sha256: string): string {
  return sha256.slice(0, DIGEST_LENGTH);
}

/** Who answers: equal for equal test takers, in whatever order the config names them. */
export function takerOptions(
  place: string,
  resolved: readonly ResolvedTaker[],
  configured: ComparedConfig["takers"],
): Options {
  if (resolved.length === 0) return {};
  const described = resolved.map((taker) => {
    const config = configured.find(({ name }) => name === taker.name);
    return [`${place}.${taker.name}`, describeTaker(taker, config)] as const;
  });
  const names = resolved.map(({ name }) => name).sort();
  return { [place]: names.join(", "), ...Object.fromEntries(described) };
}

function describeTaker({ base, adapter }: ResolvedTaker, config: ComparedConfig["takers"][number] | undefined): string {
  if (base === null) return describeEndpoint(config ?? {});
  return adapter === null ? base : `${base} with ${shortDigest(adapter.split("/").at(-1) ?? adapter)}`;
}

/** Without how fast it answers, which key pays, and what is paid. */
function describeEndpoint(config: Readonly<Record<string, unknown>>): string {
  const {
    name: _,
    apiKeyVariable: _key,
    concurrency: _calls,
    timeoutSeconds: _timeout,
    price: _price,
    ...asked
  } = config;
  return canonicalJson(asked);
}
