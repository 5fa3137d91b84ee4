import { createHash } from "node:crypto";
import { canonicalJson } from "../../config/canonical-json.js";
import type { RunResult } from "../../report/result.js";
import { writeJson } from "../../store/json.js";
import { keys } from "../../store/keys.js";
import type { RunContext } from "../dependencies.js";

export interface Finished extends Pick<RunResult, "unseen" | "usage" | "stoppedBecause" | "method" | "search"> {
  /** What the digest is over, next to the kind and the config's digest. */
  readonly decided: Pick<RunResult, "iterations" | "initial" | "best" | "adversarial">;
}

/** Writes `result.json`. */
export async function writeResult(
  { runId, store, config, inputs, objective }: RunContext,
  { decided: found, ...rest }: Finished,
): Promise<RunResult> {
  const decided = { kind: config.kind, configDigest: inputs.configDigest, ...found };
  // Where the best generator lies, and under which name, is no part of what was found.
  const identity = { ...decided, best: found.best === null ? null : { ...found.best, runId: undefined } };
  const result: RunResult = {
    runId,
    ...decided,
    ...rest,
    objective: objective.name,
    digest: createHash("sha256").update(canonicalJson(identity)).digest("hex"),
  };
  await writeJson(store, keys.result(runId), result);
  return result;
}
