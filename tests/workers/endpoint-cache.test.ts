import { describe, expect, it, vi } from "vitest";
import type { EndpointTakerConfig } from "../../config/model-schema.js";
import { EndpointCache } from "../../workers/endpoint-cache.js";

const VARIABLE = "ENDPOINT_TEST_API_KEY";
const TAKER: EndpointTakerConfig = {
  name: "one",
  endpoint: "http://127.0.0.1:9/v1",
  model: "small",
  instructions: null,
  concurrency: 4,
  timeoutSeconds: 10,
};

describe("the endpoints of a worker", () => {
  it("share one limit for takers, runs and activities that ask alike, whatever the taker is called", () => {
    const endpoints = new EndpointCache();
    const one = endpoints.open(TAKER);
    expect(endpoints.open({ ...TAKER, name: "other", seed: 3, stop: ["\n"] })).toBe(one);
    expect(one.places).toBe(4);
  });

  it("are apart where model, key, limit or what is sent differs", () => {
    vi.stubEnv(VARIABLE, "sk-1234");
    const endpoints = new EndpointCache();
    const others: Partial<EndpointTakerConfig>[] = [
      {},
      { endpoint: "http://127.0.0.1:10/v1" },
      { model: "large" },
      { apiKeyVariable: VARIABLE },
      { concurrency: 5 },
      { timeoutSeconds: 11 },
      { instructions: "Be brief." },
      { requestFields: { top_k: 1 } },
    ];
    expect(new Set(others.map((other) => endpoints.open({ ...TAKER, ...other }))).size).toBe(others.length);
  });

  it("are looked for again where the key was missing", () => {
    const endpoints = new EndpointCache();
    const taker = { ...TAKER, apiKeyVariable: VARIABLE };
    vi.stubEnv(VARIABLE, undefined);
    expect(() => endpoints.open(taker)).toThrow(expect.objectContaining({ code: "MISSING_KEY" }));
    vi.stubEnv(VARIABLE, "sk-1234");
    expect(endpoints.open(taker).places).toBe(4);
  });
});
