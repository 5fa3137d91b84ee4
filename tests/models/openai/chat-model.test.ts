import { describe, expect, it } from "vitest";
import { ChatModel, type ChatModelOptions, type ChatRequest } from "../../../models/openai/chat-model.js";
import { type Behaviour, type FakeServer, protocolError, startFakeServer } from "./fake-server.js";

const KEY = "sk-test-0123456789abcdef";
const REQUEST: ChatRequest = { prompt: "Question: is there a cycle?\nAnswer:", temperature: 0, maxNewTokens: 16 };
const NEVER = new AbortController().signal;

function modelOf(server: FakeServer, options: Partial<ChatModelOptions> = {}): ChatModel {
  return new ChatModel({
    endpoint: server.url,
    model: "small",
    apiKey: KEY,
    instructions: "Be brief.",
    timeoutMilliseconds: 30_000,
    ...options,
  });
}

async function askOnce(behaviour: Behaviour, options: Partial<ChatModelOptions> = {}) {
  const server = await startFakeServer(() => behaviour);
  return modelOf(server, options).complete(REQUEST, NEVER);
}

describe("a chat model behind an endpoint", () => {
  it("is asked by the chat completions protocol, and its reply and token counts are read", async () => {
    const server = await startFakeServer(() => ({ text: " The answer is yes." }));
    const reply = await modelOf(server).complete({ ...REQUEST, stop: ["\n"], seed: 7 }, NEVER);
    expect(reply).toEqual({ text: " The answer is yes.", finish: "stop", promptTokens: 20, generatedTokens: 5 });
    const [request] = server.requests;
    expect(request?.path).toBe("/v1/chat/completions");
    expect(request?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(request?.body).toEqual({
      model: "small",
      messages: [
        { role: "system", content: "Be brief." },
        { role: "user", content: REQUEST.prompt },
      ],
      temperature: 0,
      max_tokens: 16,
      stop: ["\n"],
      seed: 7,
    });
  });

  it("is sent no key, system message, stop and seed where none is given", async () => {
    const server = await startFakeServer(() => ({ text: "yes" }));
    await modelOf(server, { apiKey: undefined, instructions: null }).complete(REQUEST, NEVER);
    const [request] = server.requests;
    expect(request?.headers.authorization).toBeUndefined();
    expect(request?.body).toEqual({
      model: "small",
      messages: [{ role: "user", content: REQUEST.prompt }],
      temperature: 0,
      max_tokens: 16,
    });
  });

  it("is sent further fields, and none that the config takes out with null", async () => {
    const server = await startFakeServer(() => ({ text: "yes" }));
    const requestFields = { max_tokens: null, temperature: null, max_completion_tokens: 64, reasoning_effort: "low" };
    await modelOf(server, { requestFields }).complete(REQUEST, NEVER);
    expect(server.requests[0]?.body).toMatchObject({ max_completion_tokens: 64, reasoning_effort: "low" });
    expect(server.requests[0]?.body).not.toHaveProperty("max_tokens");
    expect(server.requests[0]?.body).not.toHaveProperty("temperature");
  });

  it("may cut a reply off, which says so", async () => {
    expect(await askOnce({ text: "A, B, C", finish: "length" })).toMatchObject({ text: "A, B, C", finish: "length" });
  });

  it("keeps what a model thought within its reply: nothing is stripped", async () => {
    expect(await askOnce({ text: "<think>hm</think>\nyes" })).toMatchObject({ text: "<think>hm</think>\nyes" });
  });

  it("may leave out its token counts, which are then unknown and not 0", async () => {
    expect(await askOnce({ text: "yes", usage: null })).toMatchObject({ promptTokens: null, generatedTokens: null });
  });

  it.each<[string, Behaviour, string]>([
    ["an empty text", { text: "" }, "EMPTY_REPLY"],
    ["white space alone", { text: " \n" }, "EMPTY_REPLY"],
    ["no content", { text: null }, "EMPTY_REPLY"],
    ["a refusal", { text: null, refusal: "I cannot help with that." }, "WITHHELD_REPLY"],
    ["a content filter's cut", { text: "The", finish: "content_filter" }, "WITHHELD_REPLY"],
  ])("gives an error that says what was paid for %s", async (_, behaviour, code) => {
    const paid = { calls: 1, promptTokens: 20, generatedTokens: 5 };
    await expect(askOnce(behaviour)).rejects.toMatchObject({ name: "EndpointError", code, paid, isRetryable: false });
  });

  it.each<[string, Behaviour, string, boolean]>([
    ["400", protocolError(400, "bad"), "REFUSED", false],
    ["401", protocolError(401, "bad key"), "REFUSED", false],
    ["403", protocolError(403, "no"), "REFUSED", false],
    ["404", { status: 404, body: "not found" }, "REFUSED", false],
    ["422", { status: 422, body: '{"detail":"?"}' }, "REFUSED", false],
    ["408", { status: 408 }, "UNAVAILABLE", true],
    ["409", { status: 409 }, "UNAVAILABLE", true],
    ["429", protocolError(429, "slow down"), "RATE_LIMITED", true],
    ["500", protocolError(500, "oh"), "UNAVAILABLE", true],
    ["503", { status: 503, body: "<html>busy</html>" }, "UNAVAILABLE", true],
    ["no choices", { status: 200, body: '{"choices":[]}' }, "INVALID_REPLY", true],
    ["an error with status 200", { status: 200, body: '{"error":{"message":"?"}}' }, "INVALID_REPLY", true],
    ["HTML with status 200", { status: 200, body: "<html>" }, "INVALID_REPLY", true],
    ["nothing with status 200", { status: 200 }, "INVALID_REPLY", true],
    ["a dropped connection", "drop", "UNAVAILABLE", true],
  ])("answers %s, of which we know whether another try is worth it", async (_, behaviour, code, isRetryable) => {
    await expect(askOnce(behaviour)).rejects.toMatchObject({ code, isRetryable, paid: undefined });
  });

  it("has no quota left, where waiting does not help", async () => {
    const body = JSON.stringify({
      error: { message: "pay first", type: "x", param: null, code: "insufficient_quota" },
    });
    await expect(askOnce({ status: 429, body })).rejects.toMatchObject({ code: "REFUSED", isRetryable: false });
  });

  it("says how long it wants to be left alone", async () => {
    const limited = protocolError(429, "slow down", { "retry-after": "7" });
    await expect(askOnce(limited)).rejects.toMatchObject({ retryAfterMilliseconds: 7000 });
  });

  it("is not there", async () => {
    const server = await startFakeServer(() => "hang");
    // Port 1 is reserved, and nothing listens on it.
    const model = modelOf(server, { endpoint: "http://127.0.0.1:1/v1" });
    await expect(model.complete(REQUEST, NEVER)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });

  it("does not answer in time", async () => {
    const server = await startFakeServer(() => "hang");
    const model = modelOf(server, { timeoutMilliseconds: 100 });
    await expect(model.complete(REQUEST, NEVER)).rejects.toMatchObject({ code: "TIMEOUT", isRetryable: true });
    await server.requests[0]?.abandoned;
  });

  it("is left when the work is cancelled", async () => {
    const cancel = new AbortController();
    const server = await startFakeServer(() => {
      setImmediate(() => cancel.abort(new Error("cancelled")));
      return "hang";
    });
    await expect(modelOf(server).complete(REQUEST, cancel.signal)).rejects.toThrow("cancelled");
    await server.requests[0]?.abandoned;
  });

  it.each<[string, Behaviour]>([
    ["an error of the protocol", protocolError(401, `Incorrect API key provided: ${KEY}`)],
    ["an error of its own", { status: 400, body: `you sent Bearer ${KEY}` }],
    ["no completion", { status: 200, body: `you sent Bearer ${KEY}` }],
  ])("may quote the key in %s, which we do not repeat", async (_, behaviour) => {
    const error: unknown = await askOnce(behaviour).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(Error);
    const { stack, cause } = error as Error;
    expect(`${JSON.stringify(error)} ${stack} ${String(cause)}`).not.toContain(KEY);
  });
});
