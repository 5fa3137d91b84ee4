import { canonicalJson } from "../config/canonical-json.js";
import type { EndpointTakerConfig } from "../config/model-schema.js";
import { readApiKey } from "../models/openai/api-key.js";
import { type Backoff, Endpoint } from "../models/openai/endpoint.js";

/** Endpoints by what they are asked as, each opened once in a process, so that its limits hold for all activities together. */
export class EndpointCache {
  readonly #endpoints = new Map<string, Endpoint>();
  readonly #backoff: Backoff | undefined;

  constructor(backoff?: Backoff) {
    this.#backoff = backoff;
  }

  /** @throws EndpointError `MISSING_KEY`, `INVALID_KEY` */
  open(taker: EndpointTakerConfig): Endpoint {
    const { endpoint, model, apiKeyVariable, instructions, requestFields, concurrency, timeoutSeconds } = taker;
    const asked = { endpoint, model, instructions, requestFields, concurrency };
    const key = canonicalJson({ ...asked, apiKeyVariable, timeoutSeconds });
    const known = this.#endpoints.get(key);
    if (known !== undefined) return known;
    const timeoutMilliseconds = timeoutSeconds * 1000;
    const backoff = this.#backoff === undefined ? {} : { backoff: this.#backoff };
    const opened = new Endpoint({ ...asked, apiKey: readApiKey(apiKeyVariable), timeoutMilliseconds, ...backoff });
    this.#endpoints.set(key, opened);
    return opened;
  }
}
