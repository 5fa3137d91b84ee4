import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { expect, it, onTestFinished } from "vitest";
import { LONGEST_REPLY_BYTES } from "../../../models/openai/bounded-fetch.js";
import { ChatModel } from "../../../models/openai/chat-model.js";
import { Endpoint } from "../../../models/openai/endpoint.js";

const COMPLETION = JSON.stringify({
  choices: [{ index: 0, message: { role: "assistant", content: "yes" }, finish_reason: "stop" }],
});
const SIGNAL = new AbortController().signal;

/** Serves bytes as they are, and counts the requests. */
async function serve(listener: RequestListener) {
  let requests = 0;
  const server = createServer((request, response) => {
    requests++;
    request.resume();
    listener(request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  return { url, requests: () => requests };
}

const REQUEST = { prompt: "?", temperature: 0, maxNewTokens: 16 };
const OPTIONS = { model: "small", instructions: null, timeoutMilliseconds: 30_000 };

/** With as many tries as are worth it. */
function ask(endpoint: string, apiKey?: string) {
  const backoff = { firstMilliseconds: 0, longestMilliseconds: 0 };
  const asked = new Endpoint({ ...OPTIONS, endpoint, apiKey, concurrency: 1, backoff });
  return asked.ask(REQUEST, { seed: 1, purpose: "test" }, { cancel: SIGNAL, leave: SIGNAL });
}

function askOnce(endpoint: string) {
  return new ChatModel({ ...OPTIONS, endpoint }).complete(REQUEST, SIGNAL);
}

it.each([301, 302, 303, 307, 308])("takes a redirect (HTTP %i) as a refusal that names the address", async (status) => {
  const server = await serve((request, response) => {
    response.writeHead(status, { location: `${request.url}?token=hidden` }).end("moved");
  });
  const failure: unknown = await ask(server.url).catch((error: unknown) => error);
  expect(failure).toMatchObject({ name: "EndpointError", code: "REFUSED" });
  expect(String(failure)).toContain(`${server.url}/chat/completions`);
  expect(String(failure)).not.toContain("hidden");
  expect(server.requests()).toBe(1);
});

it("sends no key to where a server redirects, and does not repeat it", async () => {
  const other = await serve((_, response) => void response.end(COMPLETION));
  const server = await serve((_, response) => {
    response.writeHead(307, { location: `${other.url}/sk-test-0123456789` }).end();
  });
  const failure: unknown = await ask(server.url, "sk-test-0123456789").catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: "REFUSED" });
  expect(String(failure)).not.toContain("sk-test");
  expect(other.requests()).toBe(0);
});

it("reads a reply no further than a reply can be, and says the limit", async () => {
  let written = 0;
  let close!: () => void;
  const closed = new Promise<void>((resolve) => (close = resolve));
  const chunk = Buffer.alloc(2 ** 20, " ");
  const server = await serve((_, response) => {
    response.on("close", close);
    const write = (): void => {
      while (!response.destroyed && written < 2 ** 30) {
        written += chunk.length;
        if (!response.write(chunk)) return;
      }
    };
    response.on("drain", write);
    write();
  });
  await expect(askOnce(server.url)).rejects.toMatchObject({
    code: "INVALID_REPLY",
    message: expect.stringContaining("16 MiB") as unknown,
  });
  await closed;
  // What lies in the buffers between the two is written, too.
  expect(written).toBeLessThan(4 * LONGEST_REPLY_BYTES);
});

it("bounds a reply after it is decompressed", async () => {
  const bomb = gzipSync(Buffer.alloc(LONGEST_REPLY_BYTES + 1, " "));
  const server = await serve((_, response) => {
    response.writeHead(200, { "content-encoding": "gzip" }).end(bomb);
  });
  await expect(askOnce(server.url)).rejects.toMatchObject({
    code: "INVALID_REPLY",
    message: expect.stringContaining("16 MiB") as unknown,
  });
});

it("reads a compressed reply, and one that comes in pieces", async () => {
  const server = await serve((_, response) => {
    response.writeHead(200, { "content-encoding": "gzip" });
    const bytes = gzipSync(COMPLETION);
    response.write(bytes.subarray(0, 20));
    response.end(bytes.subarray(20));
  });
  expect(await askOnce(server.url)).toMatchObject({ text: "yes" });
});

it("keeps what the status of a long error means", async () => {
  const server = await serve((_, response) => {
    response.writeHead(401, { "content-type": "text/html" }).end("x".repeat(2 ** 20));
  });
  await expect(askOnce(server.url)).rejects.toMatchObject({ code: "REFUSED" });
});

it.each([204, 205])("takes HTTP %i for no reply", async (status) => {
  const server = await serve((_, response) => void response.writeHead(status).end());
  await expect(askOnce(server.url)).rejects.toMatchObject({ code: "INVALID_REPLY" });
});

it("takes a reply that is cut in its middle for a lost connection", async () => {
  const server = await serve((_, response) => {
    response.writeHead(200, { "content-length": COMPLETION.length });
    response.write(COMPLETION.slice(0, 30), () => response.destroy());
  });
  await expect(askOnce(server.url)).rejects.toMatchObject({ code: "UNAVAILABLE" });
});

it("takes bytes that do not decompress for no reply", async () => {
  const server = await serve((_, response) => {
    response.writeHead(200, { "content-encoding": "gzip" }).end("this is no gzip");
  });
  await expect(askOnce(server.url)).rejects.toMatchObject({ code: "INVALID_REPLY" });
});

it("takes a status that HTTP does not know for a fault that may pass", async () => {
  const server = await serve((_, response) => void response.writeHead(999).end("no"));
  await expect(askOnce(server.url)).rejects.toMatchObject({ code: "UNAVAILABLE" });
});
