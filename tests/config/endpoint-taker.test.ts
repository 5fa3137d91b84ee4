import { describe, expect, it } from "vitest";
import { parseConfig } from "../../config/parse-config.js";
import { MINIMAL } from "./minimal-config.js";

const TAKER = { name: "remote", endpoint: "http://localhost:8000/v1", model: "small" };

function parse(taker: Readonly<Record<string, unknown>>): unknown {
  return parseConfig({ ...MINIMAL, takers: [{ ...TAKER, ...taker }] }, "run.yaml").takers[0];
}

describe("a test taker behind an endpoint", () => {
  it("is asked with instructions, eight at once and two minutes of patience where the config says nothing", () => {
    const instructions = expect.stringContaining("first line") as unknown;
    expect(parse({})).toEqual({ ...TAKER, instructions, concurrency: 8, timeoutSeconds: 120 });
  });

  it("may be configured in all that differs between servers, and stays the same when it is parsed once more", () => {
    const taker = {
      ...TAKER,
      apiKeyVariable: "KEY_API_KEY",
      instructions: null,
      stop: ["\n", "END"],
      seed: 7,
      requestFields: { max_tokens: null, chat_template_kwargs: { enable_thinking: false }, logit_bias: [1, "x"] },
      concurrency: 2,
      timeoutSeconds: 30,
      price: { inputPerMillion: 0, outputPerMillion: 0.6 },
    };
    expect(parse(taker)).toEqual(taker);
  });

  it.each([
    "localhost:8000/v1",
    "ftp://host/v1",
    "http://",
    "http://host:99999/v1",
    "https://user:password@host/v1",
    "https://host/v1?key=secret",
    "https://host/v1#here",
    "https://host/v1/chat/completions",
    "https://host/v1/chat/completions/",
  ])("is refused with the address %s", (endpoint) => {
    expect(() => parse({ endpoint })).toThrow(expect.objectContaining({ code: "INVALID_CONFIG" }));
  });

  it.each([
    ["a concurrency of 0", { concurrency: 0 }],
    ["a longer patience than fetch has", { timeoutSeconds: 301 }],
    ["half a price", { price: { inputPerMillion: 1 } }],
    ["a negative price", { price: { inputPerMillion: -1, outputPerMillion: 1 } }],
    ["an empty stop", { stop: [""] }],
    ["no stop at all", { stop: [] }],
    ["messages of its own", { requestFields: { messages: [] } }],
    ["a second place for the seed", { requestFields: { seed: 1 } }],
    ["an unknown key", { apiKey: "sk-1234" }],
  ])("is refused with %s", (_, taker) => {
    expect(() => parse(taker)).toThrow(expect.objectContaining({ code: "INVALID_CONFIG" }));
  });
});
