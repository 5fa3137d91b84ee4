import type { RandomKey } from "../../swarm/random.js";
import { BundleError } from "./bundle-error.js";

/** A prompt, and what its random numbers are keyed by: equal keys draw equal tokens, whatever is decoded beside them. */
export interface GenerationRequest {
  readonly prompt: string;
  /** What the prompt begins with, where others begin so too: it is read once for all of them, apart from the rest. */
  readonly opening?: string;
  readonly random: RandomKey;
}

/** How tokens are drawn. */
export interface Sampling {
  /** 0 takes the most probable token. */
  readonly temperature: number;
  /** Tokens are drawn from the smallest set of most probable ones that has at least this probability; 1 is all. */
  readonly topP: number;
  readonly maxNewTokens: number;
  /** Ends a text right before the `count`-th occurrence of `text` (1 where not given). */
  readonly stop?: { readonly text: string; readonly count?: number };
}

/** @throws {BundleError} where a setting is outside its range */
export function checkSampling({ temperature, topP, maxNewTokens, stop }: Sampling): void {
  const fail = (message: string): never => {
    throw new BundleError({ code: "invalid-sampling", message });
  };
  if (!(temperature >= 0 && Number.isFinite(temperature))) fail(`temperature must be 0 or more, got ${temperature}`);
  if (!(topP > 0 && topP <= 1)) fail(`topP must be above 0 and at most 1, got ${topP}`);
  if (!Number.isInteger(maxNewTokens) || maxNewTokens < 1) fail(`maxNewTokens must be 1 or more, got ${maxNewTokens}`);
  if (stop !== undefined && stop.text === "") fail("stop.text must not be empty");
  if (stop?.count !== undefined && (!Number.isInteger(stop.count) || stop.count < 1)) {
    fail(`stop.count must be 1 or more, got ${stop.count}`);
  }
}

/** What a model wrote after a prompt. */
export interface Generation {
  /** Without special tokens and without the text that stopped it. */
  readonly text: string;
  readonly promptTokens: number;
  /** Every token drawn, an end token and those of the stopping text included. */
  readonly generatedTokens: number;
  /** `stop`: an end token or the stopping text; `length`: `maxNewTokens` or the model's context was reached. */
  readonly finish: "stop" | "length";
}
