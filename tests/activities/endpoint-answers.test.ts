import { type ChildProcess, spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { inspect } from "node:util";
import { ApplicationFailure, CancelledFailure } from "@temporalio/activity";
import { defaultFailureConverter, defaultPayloadConverter } from "@temporalio/common";
import { MockActivityEnvironment } from "@temporalio/testing";
import { DefaultLogger, type LogEntry } from "@temporalio/worker";
import { describe, expect, it, vi } from "vitest";
import { answerQuestions } from "../../activities/answer-questions.js";
import type { WorkDone } from "../../activities/durability/usage-schema.js";
import { answerSchema } from "../../models/records.js";
import { readJsonLines } from "../../store/json-lines.js";
import { keys } from "../../store/keys.js";
import { StoreError } from "../../store/store-error.js";
import { protocolError, type ReceivedRequest, startFakeServer, userMessage } from "../models/openai/fake-server.js";
import { temporaryDirectory } from "../support/temporary-directory.js";
import {
  endpointRun,
  type EndpointRun,
  FOLDER,
  listKeys,
  QUESTIONS,
  questions,
  REQUEST,
  TAKER,
} from "./endpoint-run.js";

const KEY = "sk-test-0123456789abcdef";
const KEY_VARIABLE = "ENDPOINT_TEST_API_KEY";
const REPLIES = `${FOLDER}/parts/replies/${TAKER}/`;

function quietEnvironment(attempt = 1): MockActivityEnvironment {
  return new MockActivityEnvironment({ attempt }, { logger: new DefaultLogger("ERROR") });
}

function answerWith(
  { dependencies }: EndpointRun,
  environment: MockActivityEnvironment = quietEnvironment(),
): Promise<WorkDone> {
  return environment.run(answerQuestions, dependencies, REQUEST);
}

/** The number in a question, which the server's reply repeats. */
function numberOf(request: ReceivedRequest): string {
  return /\((\d+)\)/.exec(userMessage(request))?.[1] ?? "none";
}

/** How often each question was asked. */
function asked(requests: readonly ReceivedRequest[]): number[] {
  return QUESTIONS.map((_, index) => requests.filter((request) => numberOf(request) === String(index)).length);
}

function answerInChild(
  directory: string,
  endpoint: string,
  { count, concurrency }: { readonly count: number; readonly concurrency: number },
): ChildProcess {
  const script = ["--import", "tsx", "tests/activities/answer-in-child.ts"];
  return spawn(process.execPath, [...script, directory, endpoint, `${count}`, `${concurrency}`], {
    stdio: ["ignore", "ignore", "inherit"],
  });
}

/** Payloads are bytes, in which nothing would be found. */
function bytesAsText(_: string, value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString() : value;
}

async function failureOf(answering: Promise<unknown>): Promise<ApplicationFailure> {
  const failure: unknown = await answering.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(ApplicationFailure);
  return failure as ApplicationFailure;
}

describe("answering by a test taker behind an endpoint", () => {
  it("writes an answer to each question and says what all of it cost", async () => {
    const server = await startFakeServer((request) => ({ text: ` reply ${numberOf(request)}\n` }));
    const price = { inputPerMillion: 3, outputPerMillion: 15 };
    const run = await endpointRun(await temporaryDirectory(), { endpoint: server.url, price });
    const { usage } = await answerWith(run);
    const answers = await readJsonLines(run.store, keys.takerAnswers(FOLDER, TAKER), answerSchema);
    expect(answers).toEqual(
      QUESTIONS.map(({ id }, index) => ({ questionId: id, taker: TAKER, response: `reply ${index}`, sample: 0 })),
    );
    // By hand: 8 replies of 20 and 5 tokens; 160 × $3 and 40 × $15 for a million.
    expect(usage).toMatchObject({ questions: 0, calls: 8, tokens: 200 });
    expect(usage.usd).toBeCloseTo(0.00048 + 0.0006, 12);
    expect(await listKeys(run.store, REPLIES)).toEqual([]);
    expect(await answerWith(run)).toEqual({ usage });
    expect(server.requests).toHaveLength(8);
  });

  it("asks as the config says, with a seed of its own for each sample", async () => {
    const server = await startFakeServer(() => ({ text: "yes" }));
    const run = await endpointRun(
      await temporaryDirectory(),
      { endpoint: server.url, seed: 40, stop: ["END"], instructions: "Be brief." },
      { answering: { samples: 3, temperature: 0.7, maxNewTokens: 9 } },
    );
    expect((await answerWith(run)).usage.calls).toBe(24);
    const first = server.requests.filter((request) => numberOf(request) === "0").map(({ body }) => body);
    expect(first.map(({ seed }) => seed).sort()).toEqual([40, 41, 42]);
    const content = `Question: ${QUESTIONS[0]?.question}\nAnswer:`;
    for (const body of first) {
      expect(body).toMatchObject({ model: "small", temperature: 0.7, max_tokens: 9, stop: ["END"] });
      expect(body.messages).toEqual([
        { role: "system", content: "Be brief." },
        { role: "user", content },
      ]);
    }
  });

  it("repeats no answered call when another try goes on after a cancellation, which ends the calls under way", async () => {
    let answering = 5;
    const server = await startFakeServer(() => (answering-- > 0 ? { text: "yes" } : "hang"));
    const run = await endpointRun(await temporaryDirectory(), { endpoint: server.url, concurrency: 2 });
    const environment = quietEnvironment();
    const cancelled = expect(answerWith(run, environment)).rejects.toBeInstanceOf(CancelledFailure);
    await expect.poll(async () => (await listKeys(run.store, REPLIES)).length).toBe(5);
    await expect.poll(() => server.requests.length).toBe(7);
    environment.cancel();
    await cancelled;
    await Promise.all(server.requests.slice(5).map(({ abandoned }) => abandoned));

    const before = asked(server.requests.slice(0, 5));
    server.behave = () => ({ text: "yes" });
    const { usage } = await answerWith(run, quietEnvironment(2));
    expect(usage).toMatchObject({ calls: 8, tokens: 200 });
    // Each question once more, but for the five that were answered.
    expect(asked(server.requests.slice(7))).toEqual(before.map((times) => 1 - times));
    expect(await listKeys(run.store, REPLIES)).toEqual([]);
  });

  it("repeats no answered call after kill -9 of its process", async () => {
    let answering = 5;
    const server = await startFakeServer(() => (answering-- > 0 ? { text: "yes" } : "hang"));
    const directory = await temporaryDirectory();
    const child = answerInChild(directory, server.url, { count: QUESTIONS.length, concurrency: 4 });
    const run = await endpointRun(directory, { endpoint: server.url });
    await expect.poll(async () => (await listKeys(run.store, REPLIES)).length, { timeout: 50_000 }).toBe(5);
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;

    const before = asked(server.requests.slice(0, 5));
    const first = server.requests.length;
    server.behave = () => ({ text: "yes" });
    expect((await answerWith(run)).usage.calls).toBe(8);
    expect(asked(server.requests.slice(first))).toEqual(before.map((times) => 1 - times));
  });

  it("pays again, after kill -9 at half of 400 calls, for at most those that were under way", async () => {
    const [count, concurrency] = [400, 10];
    const received = new EventEmitter();
    const half = once(received, `${count / 2}`);
    const server = await startFakeServer(() => {
      received.emit(`${server.requests.length}`);
      return { text: "yes" };
    });
    const directory = await temporaryDirectory();
    const child = answerInChild(directory, server.url, { count, concurrency });
    const ended = once(child, "exit");
    await half;
    child.kill("SIGKILL");
    await ended;
    const killedAt = server.requests.length;
    expect(killedAt).toBeLessThan(count);

    const run = await endpointRun(directory, { endpoint: server.url, concurrency }, {}, questions(count));
    expect((await answerWith(run)).usage.calls).toBe(count);
    const answers = await readJsonLines(run.store, keys.takerAnswers(FOLDER, TAKER), answerSchema);
    expect(answers.map(({ response }) => response)).toEqual(Array.from({ length: count }, () => "yes"));
    expect(server.requests.length - count).toBeLessThanOrEqual(concurrency);
    expect(new Set(server.requests.map(numberOf)).size).toBe(count);
  });

  it("has more calls under way than ten without a warning of Node's", async () => {
    const warnings: Error[] = [];
    const listen = (warning: Error): void => void warnings.push(warning);
    process.on("warning", listen);
    try {
      const server = await startFakeServer(() => ({ text: "yes" }));
      const settings = { endpoint: server.url, concurrency: 32 };
      const run = await endpointRun(await temporaryDirectory(), settings, {}, questions(64));
      expect((await answerWith(run)).usage.calls).toBe(64);
      await new Promise(setImmediate);
      expect(warnings).toEqual([]);
    } finally {
      process.off("warning", listen);
    }
  });

  it("keeps the journal until what it cost is stored: a failure just before repeats no call", async () => {
    const server = await startFakeServer(() => ({ text: "yes" }));
    const run = await endpointRun(await temporaryDirectory(), { endpoint: server.url });
    const original = run.store.put.bind(run.store);
    vi.spyOn(run.store, "put").mockImplementation((key, ...rest) =>
      key === keys.answered(FOLDER, TAKER)
        ? Promise.reject(new StoreError({ code: "NO_SPACE", uri: run.store.uri, key, problem: "full" }))
        : original(key, ...rest),
    );
    await expect(answerWith(run)).rejects.toMatchObject({ code: "NO_SPACE" });
    vi.restoreAllMocks();
    await answerWith(run);
    expect(server.requests).toHaveLength(8);
  });

  it("says how far it is while it waits", async () => {
    const server = await startFakeServer((request) => (numberOf(request) === "7" ? "hang" : { text: "yes" }));
    const run = await endpointRun(await temporaryDirectory(), { endpoint: server.url });
    const environment = quietEnvironment();
    const beats: unknown[] = [];
    environment.on("heartbeat", (details) => beats.push(details));
    const cancelled = expect(answerWith(run, environment)).rejects.toBeInstanceOf(CancelledFailure);
    await expect.poll(() => beats.at(-1)).toMatchObject({ unit: "reply", done: 7, of: 8 });
    environment.cancel();
    await cancelled;
    expect(beats).toContainEqual(expect.objectContaining({ done: 0, of: 8 }));
  });

  it("grades no missing reply: an endpoint that gives none is a failure that no other try mends", async () => {
    const server = await startFakeServer((request) => ({ text: numberOf(request) === "3" ? "" : "yes" }));
    const run = await endpointRun(await temporaryDirectory(), { endpoint: server.url });
    const failure = await failureOf(answerWith(run));
    expect(failure).toMatchObject({ type: "EndpointError", details: ["EMPTY_REPLY"], nonRetryable: true });
    expect(await run.store.stat(keys.takerAnswers(FOLDER, TAKER))).toBeUndefined();
    expect(await run.store.stat(keys.answered(FOLDER, TAKER))).toBeUndefined();
  });

  it("takes a reply that was cut off as it is", async () => {
    const server = await startFakeServer(() => ({ text: "A, B, and", finish: "length" }));
    const run = await endpointRun(await temporaryDirectory(), { endpoint: server.url });
    await answerWith(run);
    const [answer] = await readJsonLines(run.store, keys.takerAnswers(FOLDER, TAKER), answerSchema);
    expect(answer?.response).toBe("A, B, and");
  });

  it("stops beginning calls when one is refused, keeps those that were answered, and fails for good", async () => {
    const server = await startFakeServer((request) =>
      numberOf(request) === "2" ? protocolError(401, "no such key") : { text: "yes" },
    );
    const run = await endpointRun(await temporaryDirectory(), { endpoint: server.url, concurrency: 1 });
    const failure = await failureOf(answerWith(run));
    expect(failure).toMatchObject({ type: "EndpointError", details: ["REFUSED"], nonRetryable: true });
    expect(failure.message).toContain(TAKER);
    expect(failure.message.split("\n")).toHaveLength(1);
    expect(server.requests).toHaveLength(3);
    expect(await listKeys(run.store, REPLIES)).toHaveLength(2);
  });

  it("hands a long Retry-After on to the workflow's retries", async () => {
    const server = await startFakeServer(() => protocolError(429, "later", { "retry-after": "600" }));
    const run = await endpointRun(await temporaryDirectory(), { endpoint: server.url, concurrency: 1 });
    const failure = await failureOf(answerWith(run));
    expect(failure).toMatchObject({ details: ["RATE_LIMITED"], nonRetryable: false, nextRetryDelay: 600_000 });
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ["a day", "86400", 6 * 3_600_000, "24 hours"],
    ["30 days", "2592000", 6 * 3_600_000, "720 hours"],
  ])("tries again within hours where Retry-After asks for %s, and says so", async (_, value, delay, said) => {
    const server = await startFakeServer(() => protocolError(429, "later", { "retry-after": value }));
    const run = await endpointRun(await temporaryDirectory(), { endpoint: server.url, concurrency: 1 });
    const failure = await failureOf(answerWith(run));
    expect(failure).toMatchObject({ details: ["RATE_LIMITED"], nonRetryable: false, nextRetryDelay: delay });
    expect(failure.message).toContain(said);
    expect(server.requests).toHaveLength(1);
  });

  it("leaves the pauses to the workflow, whose grow, where Retry-After is short", async () => {
    const server = await startFakeServer(() => protocolError(429, "later", { "retry-after": "0" }));
    const run = await endpointRun(await temporaryDirectory(), { endpoint: server.url, concurrency: 1 });
    expect((await failureOf(answerWith(run))).nextRetryDelay).toBeUndefined();
  });

  it("goes on where a server fails now and then", async () => {
    const server = await startFakeServer(({ earlier }) => {
      if (earlier === 0) return "drop";
      return earlier === 1 ? { status: 429, headers: { "retry-after": "0.01" } } : { text: "yes" };
    });
    const run = await endpointRun(await temporaryDirectory(), { endpoint: server.url });
    expect((await answerWith(run)).usage.calls).toBe(8);
    expect(asked(server.requests)).toEqual(QUESTIONS.map(() => 3));
  });

  it("fails for good where its key is missing, naming the variable", async () => {
    const server = await startFakeServer(() => ({ text: "yes" }));
    const settings = { endpoint: server.url, apiKeyVariable: KEY_VARIABLE };
    vi.stubEnv(KEY_VARIABLE, undefined);
    const failure = await failureOf(answerWith(await endpointRun(await temporaryDirectory(), settings)));
    expect(failure).toMatchObject({ details: ["MISSING_KEY"], nonRetryable: true });
    expect(failure.message).toContain(KEY_VARIABLE);
    expect(server.requests).toHaveLength(0);
  });

  it.each([
    ["a price", { price: { inputPerMillion: 1, outputPerMillion: 1 } }, {}],
    ["a budget of tokens", {}, { budget: { tokens: 1000 } }],
  ])("fails for good where %s needs token counts that the server does not give", async (_, taker, settings) => {
    const server = await startFakeServer(() => ({ text: "yes", usage: null }));
    const run = await endpointRun(await temporaryDirectory(), { endpoint: server.url, ...taker }, settings);
    expect(await failureOf(answerWith(run))).toMatchObject({ details: ["MISSING_USAGE"], nonRetryable: true });
  });

  it("does without token counts where nothing needs them", async () => {
    const server = await startFakeServer(() => ({ text: "yes", usage: null }));
    const run = await endpointRun(await temporaryDirectory(), { endpoint: server.url });
    expect((await answerWith(run)).usage).toMatchObject({ calls: 8, tokens: 0, usd: 0 });
  });

  it.each([
    ["what it stores", 8],
    ["failures", 2],
  ])("keeps the key out of %s, and out of logs", async (_, until) => {
    vi.stubEnv(KEY_VARIABLE, KEY);
    let calls = 0;
    const server = await startFakeServer(({ headers }) =>
      ++calls <= until ? { text: "yes" } : { status: 403, body: `you sent ${headers.authorization}` },
    );
    const directory = await temporaryDirectory();
    const run = await endpointRun(directory, { endpoint: server.url, apiKeyVariable: KEY_VARIABLE, concurrency: 1 });
    const written: string[] = [];
    const logger = new DefaultLogger("TRACE", (entry: LogEntry) => written.push(inspect(entry, { depth: null })));
    for (const stream of [process.stdout, process.stderr]) {
      vi.spyOn(stream, "write").mockImplementation((chunk) => written.push(String(chunk)) > 0);
    }
    const outcome: unknown = await answerWith(run, new MockActivityEnvironment({}, { logger })).catch(
      (error: unknown) => error,
    );
    vi.restoreAllMocks();
    // As it would go into the workflow's history.
    const history =
      outcome instanceof Error
        ? defaultFailureConverter.errorToFailure(outcome, defaultPayloadConverter)
        : defaultPayloadConverter.toPayload(outcome);
    expect(outcome instanceof Error).toBe(until < 8);
    const files = await readdir(directory, { recursive: true, withFileTypes: true });
    for (const file of files.filter((entry) => entry.isFile())) {
      written.push(await readFile(join(file.parentPath, file.name), "utf8"));
    }
    written.push(inspect(outcome, { depth: null }), JSON.stringify(history, bytesAsText));
    expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(written.join("\n")).not.toContain(KEY);
    expect(written.join("\n")).not.toContain(Buffer.from(KEY).toString("base64").slice(0, 12));
  });
});
