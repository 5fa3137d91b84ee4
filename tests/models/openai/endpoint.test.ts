import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { Endpoint, type EndpointOptions } from "../../../models/openai/endpoint.js";
import { type Behaviour, type FakeServer, protocolError, startFakeServer } from "./fake-server.js";

const REQUEST = { prompt: "Question: is there a cycle?\nAnswer:", temperature: 0, maxNewTokens: 16 };
const RANDOM = { seed: 1, purpose: "pauses of a test" };
const NEVER = { cancel: new AbortController().signal, leave: new AbortController().signal };
const YES: Behaviour = { text: "yes" };

function endpointOf(server: FakeServer, options: Partial<EndpointOptions> = {}): Endpoint {
  return new Endpoint({
    endpoint: server.url,
    model: "small",
    instructions: null,
    timeoutMilliseconds: 30_000,
    concurrency: 4,
    backoff: { firstMilliseconds: 1, longestMilliseconds: 4 },
    ...options,
  });
}

/** Behaves in turn; the last one stays. */
function inTurn(...behaviours: readonly Behaviour[]): FakeServer["behave"] {
  let turn = 0;
  return () => behaviours[Math.min(turn++, behaviours.length - 1)]!;
}

describe("an endpoint", () => {
  it.each<[string, Behaviour]>([
    ["500", protocolError(500, "oh")],
    ["408", { status: 408 }],
    ["409", { status: 409 }],
    ["429", protocolError(429, "slow down")],
    ["429 with a short Retry-After", protocolError(429, "slow down", { "retry-after": "0.01" })],
    ["a dropped connection", "drop"],
    ["no choices", { status: 200, body: '{"choices":[]}' }],
  ])("is asked again after %s", async (_, behaviour) => {
    const server = await startFakeServer(inTurn(behaviour, behaviour, YES));
    const reply = await endpointOf(server).ask(REQUEST, RANDOM, NEVER);
    // Nobody pays for an error.
    expect(reply).toEqual({ text: "yes", finish: "stop", calls: 1, promptTokens: 20, generatedTokens: 5 });
    expect(server.requests).toHaveLength(3);
  });

  it("is asked again where it hangs", async () => {
    const server = await startFakeServer(inTurn("hang", YES));
    const endpoint = endpointOf(server, { timeoutMilliseconds: 200 });
    expect(await endpoint.ask(REQUEST, RANDOM, NEVER)).toMatchObject({ text: "yes", calls: 1 });
  });

  it("is asked again where a reply is empty, which is paid for all the same", async () => {
    const server = await startFakeServer(inTurn({ text: "" }, { text: "" }, YES));
    expect(await endpointOf(server).ask(REQUEST, RANDOM, NEVER)).toEqual({
      text: "yes",
      finish: "stop",
      calls: 3,
      promptTokens: 60,
      generatedTokens: 15,
    });
  });

  it.each([400, 401, 403, 404])("is asked once where it says %i", async (status) => {
    const server = await startFakeServer(() => protocolError(status, "no"));
    await expect(endpointOf(server).ask(REQUEST, RANDOM, NEVER)).rejects.toMatchObject({ code: "REFUSED" });
    expect(server.requests).toHaveLength(1);
  });

  it.each<[string, Behaviour, number]>([
    ["UNAVAILABLE", { status: 503 }, 6],
    ["RATE_LIMITED", { status: 429 }, 12],
    ["INVALID_REPLY", { status: 200, body: "{}" }, 3],
    ["EMPTY_REPLY", { text: "" }, 3],
    ["WITHHELD_REPLY", { text: "", finish: "content_filter" }, 2],
  ])("is given up in the end (%s)", async (code, behaviour, tries) => {
    const server = await startFakeServer(() => behaviour);
    await expect(endpointOf(server).ask(REQUEST, RANDOM, NEVER)).rejects.toMatchObject({ code });
    expect(server.requests).toHaveLength(tries);
  });

  it("is given up at once where it wants a pause that is longer than a minute, which the error says", async () => {
    const server = await startFakeServer(() => protocolError(429, "tomorrow", { "retry-after": "3600" }));
    await expect(endpointOf(server).ask(REQUEST, RANDOM, NEVER)).rejects.toMatchObject({
      code: "RATE_LIMITED",
      retryAfterMilliseconds: 3_600_000,
    });
    expect(server.requests).toHaveLength(1);
  });

  it("gets fewer calls at once after 429, and more again when it keeps up", async () => {
    const server = await startFakeServer(inTurn({ status: 429 }, YES));
    const endpoint = endpointOf(server);
    await endpoint.ask(REQUEST, RANDOM, NEVER);
    expect(endpoint.places).toBe(2);
    for (let time = 0; time < 8; time++) await endpoint.ask(REQUEST, RANDOM, NEVER);
    expect(endpoint.places).toBe(4);
  });

  it("gets no more calls at once than it may", async () => {
    let [open, most] = [0, 0];
    let full!: () => void;
    const isFull = new Promise<void>((resolve) => (full = resolve));
    const server = await startFakeServer(async () => {
      most = Math.max(most, ++open);
      if (open === 3) full();
      // Long enough for a fourth to come, if there were one.
      await isFull.then(() => sleep(50));
      open--;
      return YES;
    });
    const endpoint = endpointOf(server, { concurrency: 3 });
    await Promise.all(Array.from({ length: 7 }, () => endpoint.ask(REQUEST, RANDOM, NEVER)));
    expect(most).toBe(3);
  });

  it("is left at once by those who wait for another try", async () => {
    const leaving = new AbortController();
    const server = await startFakeServer(() => {
      setTimeout(() => leaving.abort(new Error("leaving")), 50);
      return { status: 500 };
    });
    const endpoint = endpointOf(server, { backoff: { firstMilliseconds: 3_600_000, longestMilliseconds: 3_600_000 } });
    const signals = { cancel: NEVER.cancel, leave: leaving.signal };
    await expect(endpoint.ask(REQUEST, RANDOM, signals)).rejects.toThrow("leaving");
  });
});
