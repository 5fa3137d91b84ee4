/** A proxy before a real S3-compatible server that does to some requests what networks and servers do on bad days. */
import { Agent, createServer, type IncomingMessage, request as forward, type ServerResponse } from "node:http";
import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { RandomStream } from "../../swarm/random.js";

/** What is done to a request, or to the reply to it. */
export const FAULTS = [
  /** Nothing is ever answered, and nothing passed on. */
  "hang",
  /** Headers and half of the body come, then nothing, and the connection stays open. */
  "hang-in-body",
  /** The connection closes after half of the body. */
  "cut",
  /** One bit of an object is another one. */
  "flip",
  "delay",
  /** The body comes in ten pieces with pauses between them: slow, but moving. */
  "slow",
  "500",
  "503",
  /** Answered without a reason, and without having been passed on: also where nothing was asked on a condition. */
  "409",
  "412",
  "501",
  /** A conditional put that the server refused is answered with success. */
  "condition-ignored",
  /** The server does it, and its reply is lost. */
  "lost-reply",
] as const;
export type Fault = (typeof FAULTS)[number];

export interface FaultPlan {
  readonly faults: readonly Fault[];
  /** Of the requests, from 0 to 1. @default 1 */
  readonly share?: number;
  /** The requests that are meant. @default all */
  readonly only?: (request: ProxiedRequest) => boolean;
  /** At most so many faults. @default no limit */
  readonly times?: number;
}

export interface ProxiedRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<IncomingMessage["headers"]>;
}

export interface FaultProxy {
  /** `http://127.0.0.1:PORT`, in place of the server's. */
  readonly endpoint: string;
  /** Every request since the start, or since the plan was last set. */
  readonly requests: readonly ProxiedRequest[];
  /** How often each fault happened. */
  readonly happened: ReadonlyMap<Fault, number>;
  /** From now on, and forgets what was counted. No faults without a plan. */
  readonly plan: (plan?: FaultPlan) => void;
  /** Nobody listens at the port any more, and all connections are gone. */
  readonly goAway: () => Promise<void>;
  readonly comeBack: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer;
}

const SLOW_PIECES = 10;
const SLOW_PAUSE_MILLISECONDS = 50;
const DELAY_MILLISECONDS = 150;
const ERROR_CODES: Readonly<Record<string, string>> = {
  500: "InternalError",
  503: "SlowDown",
  409: "OperationAborted",
  412: "PreconditionFailed",
  501: "NotImplemented",
};

/**
 * Signs nothing: a signature covers the Host header, which is passed on as it came.
 *
 * @param target the server's address
 * @param seed which requests meet which faults, by their number
 */
export async function startFaultProxy({
  target,
  seed = 1,
}: {
  readonly target: string;
  readonly seed?: number;
}): Promise<FaultProxy> {
  const agent = new Agent({ keepAlive: true });
  const sockets = new Set<Socket>();
  let plan: FaultPlan | undefined;
  let requests: ProxiedRequest[] = [];
  const happened = new Map<Fault, number>();
  let serial = 0;

  const draw = (request: ProxiedRequest): { readonly fault: Fault; readonly random: RandomStream } | undefined => {
    const random = new RandomStream({ seed, purpose: "fault-proxy", iteration: serial++ });
    if (plan === undefined) return undefined;
    const { faults, share = 1, only = () => true, times = Number.POSITIVE_INFINITY } = plan;
    const counted = [...happened.values()].reduce((sum, count) => sum + count, 0);
    if (random.uniform() >= share || !only(request) || counted >= times) return undefined;
    return { fault: random.choice(faults), random };
  };
  const count = (fault: Fault): void => void happened.set(fault, (happened.get(fault) ?? 0) + 1);

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = { method: incoming.method ?? "GET", path: incoming.url ?? "/", headers: incoming.headers };
    requests.push(request);
    const drawn = draw(request);
    const fault = drawn?.fault;
    if (fault === "hang") {
      count(fault);
      return;
    }
    const sent = await collect(incoming);
    if (fault !== undefined && fault in ERROR_CODES) {
      count(fault);
      send(response, request, errorReply(Number(fault)));
      return;
    }
    if (fault === "delay") {
      count(fault);
      await sleep(DELAY_MILLISECONDS);
    }
    const reply = await pass({ target, agent, incoming, body: sent });
    await disturb(response, request, reply, drawn);
  }

  /** A fault that this reply gives no room for does not happen. */
  async function disturb(
    response: ServerResponse,
    request: ProxiedRequest,
    reply: Reply,
    drawn: ReturnType<typeof draw>,
  ): Promise<void> {
    const { body } = reply;
    const hasBody = body.byteLength > 1 && request.method !== "HEAD";
    const isObject = hasBody && request.method === "GET" && reply.status < 300 && !request.path.includes("list-type");
    switch (drawn?.fault) {
      case "hang-in-body":
      case "cut": {
        if (!hasBody) break;
        count(drawn.fault);
        response.writeHead(reply.status, reply.headers);
        response.write(body.subarray(0, body.byteLength >> 1));
        if (drawn.fault === "hang-in-body") return;
        await sleep(20);
        response.destroy();
        return;
      }
      case "flip": {
        if (!isObject) break;
        count(drawn.fault);
        const flipped = Buffer.from(body);
        flipped[Math.floor(drawn.random.uniform() * body.byteLength)]! ^= 1 << Math.floor(drawn.random.uniform() * 8);
        send(response, request, { ...reply, body: flipped });
        return;
      }
      case "slow": {
        if (!hasBody) break;
        count(drawn.fault);
        response.writeHead(reply.status, reply.headers);
        const piece = Math.ceil(body.byteLength / SLOW_PIECES);
        for (let start = 0; start < body.byteLength && !response.destroyed; start += piece) {
          response.write(body.subarray(start, start + piece));
          await sleep(SLOW_PAUSE_MILLISECONDS);
        }
        response.end();
        return;
      }
      case "condition-ignored": {
        if (request.headers["if-none-match"] === undefined || reply.status !== 412) break;
        count(drawn.fault);
        send(response, request, { status: 200, headers: { etag: '"ignored"' }, body: Buffer.alloc(0) });
        return;
      }
      case "lost-reply": {
        count(drawn.fault);
        response.destroy();
        return;
      }
      default:
    }
    send(response, request, reply);
  }

  const server = createServer((incoming, response) => {
    response.on("error", () => undefined);
    answer(incoming, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 60_000;
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  const listen = async (port: number): Promise<void> => {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const goAway = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, "close");
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return {
    endpoint: `http://127.0.0.1:${port}`,
    get requests() {
      return requests;
    },
    happened,
    plan: (next) => {
      plan = next;
      requests = [];
      happened.clear();
    },
    goAway,
    comeBack: () => listen(port),
    stop: async () => {
      await goAway();
      agent.destroy();
    },
  };
}

async function collect(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function pass(options: {
  readonly target: string;
  readonly agent: Agent;
  readonly incoming: IncomingMessage;
  readonly body: Buffer;
}): Promise<Reply> {
  const { target, agent, incoming, body } = options;
  const { method, url } = incoming;
  // The body is here already, so nobody needs to ask whether it may come.
  const { expect: _expect, ...headers } = incoming.headers;
  const outgoing = forward(`${target}${url}`, { method: method ?? "GET", headers, agent });
  outgoing.end(body);
  const [reply] = (await once(outgoing, "response")) as [IncomingMessage];
  const content = await collect(reply);
  const { "transfer-encoding": chunked, ...rest } = reply.headers;
  const length = chunked === undefined ? {} : { "content-length": String(content.byteLength) };
  return {
    status: reply.statusCode ?? 502,
    headers: { ...(rest as Record<string, string | string[]>), ...length },
    body: content,
  };
}

function errorReply(status: number): Reply {
  const code = ERROR_CODES[status]!;
  const body = Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`,
  );
  return { status, headers: { "content-type": "application/xml", "content-length": String(body.byteLength) }, body };
}

function send(response: ServerResponse, { method }: ProxiedRequest, { status, headers, body }: Reply): void {
  response.writeHead(status, headers);
  response.end(method === "HEAD" ? undefined : body);
}
