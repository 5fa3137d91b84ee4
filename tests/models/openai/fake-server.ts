/** A server that speaks the chat completions protocol over HTTP, and fails in the ways that servers fail. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, expect, onTestFinished } from "vitest";

export interface ReceivedRequest {
  readonly path: string | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly body: Readonly<Record<string, unknown>> & {
    readonly messages: readonly { readonly role: string; readonly content: string }[];
  };
  /** How many requests with this user message came before. */
  readonly earlier: number;
  /** Settles when the client ends the connection before it has its answer. */
  readonly abandoned: Promise<void>;
}

export type Behaviour =
  | { readonly text: string | null; readonly finish?: string; readonly usage?: null; readonly refusal?: string }
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  | "hang"
  | "drop";

export interface FakeServer {
  /** Base URL for a config. */
  readonly url: string;
  readonly requests: readonly ReceivedRequest[];
  behave: (request: ReceivedRequest) => Behaviour | Promise<Behaviour>;
}

/** Tokens that the server counts for every reply. */
export const USAGE = { prompt_tokens: 20, completion_tokens: 5, total_tokens: 25 };

export function userMessage({ body }: ReceivedRequest): string {
  return body.messages.at(-1)?.content ?? "";
}

/** What servers say of an error. */
export function protocolError(
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Behaviour {
  const code = status === 401 ? "invalid_api_key" : null;
  return { status, headers, body: JSON.stringify({ error: { message, type: "error", param: null, code } }) };
}

/** Stops with the test, or outside of a test with those of the file. */
export async function startFakeServer(behave: FakeServer["behave"]): Promise<FakeServer> {
  const requests: ReceivedRequest[] = [];
  const server = createServer((message, response) => {
    void receive(message, response);
  });
  const receive = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString()) as ReceivedRequest["body"];
    const abandoned = new Promise<void>((resolve) => {
      response.on("close", () => {
        if (!response.writableEnded) resolve();
      });
    });
    const said = body.messages.at(-1)?.content;
    const earlier = requests.filter((one) => userMessage(one) === said).length;
    const request = { path: message.url, headers: message.headers, body, earlier, abandoned };
    requests.push(request);
    answer(await fake.behave(request), response, body);
  };
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const fake = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, requests, behave };
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  (expect.getState().currentTestName === undefined ? afterAll : onTestFinished)(stop);
  return fake;
}

function answer(behaviour: Behaviour, response: ServerResponse, { model }: Readonly<Record<string, unknown>>): void {
  if (behaviour === "hang") return;
  if (behaviour === "drop") {
    response.destroy();
    return;
  }
  if ("status" in behaviour) {
    response.writeHead(behaviour.status, { "content-type": "application/json", ...behaviour.headers });
    response.end(behaviour.body ?? "");
    return;
  }
  const { text, finish = "stop", usage = USAGE, refusal = null } = behaviour;
  response.writeHead(200, { "content-type": "application/json" });
  response.end(
    JSON.stringify({
      id: "chatcmpl-1",
      object: "chat.completion",
      created: 1_700_000_000,
      model,
      choices: [
        { index: 0, message: { role: "assistant", content: text, refusal }, logprobs: null, finish_reason: finish },
      ],
      ...(usage === null ? {} : { usage }),
    }),
  );
}
