import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { checkWritable } from "../../store/check-writable.js";
import { commitCheckpoint } from "../../store/checkpoints.js";
import { createS3Client } from "../../store/s3-client.js";
import { S3Store } from "../../store/s3-store.js";
import { type Fault, type FaultProxy, FAULTS, startFaultProxy } from "../support/fault-proxy.js";
import { type S3Server, s3ServerForTests, startS3Server } from "../support/s3-server.js";
import { codeOf } from "./code-of.js";
import { collect, repeated } from "./streams.js";

const found = await s3ServerForTests();
const executable = "path" in found ? found.path : "";
const LIMIT = 60_000;
const LARGE = 9 << 20;

describe.skipIf(executable === "")("a store in S3 behind faults", () => {
  let server: S3Server;
  let proxy: FaultProxy;
  let count = 0;
  let store: S3Store;

  beforeAll(async () => {
    server = await startS3Server(executable);
    await server.createBucket("bucket");
    proxy = await startFaultProxy({ target: server.endpoint });
  });
  afterAll(async () => {
    await proxy.stop();
    await server.stop();
  });
  beforeEach(() => {
    proxy.plan();
    const prefix = `faults/${count++}`;
    store = new S3Store({ uri: `s3://bucket/${prefix}`, bucket: "bucket", prefix, client: client() });
  });

  /** In seconds; a slow reply takes longer than that in all. */
  function client(timeoutSeconds = 0.4): ReturnType<typeof createS3Client> {
    const { accessKeyId, secretAccessKey } = server;
    return createS3Client(timeoutSeconds, {
      endpoint: proxy.endpoint,
      forcePathStyle: true,
      region: "us-east-1",
      credentials: { accessKeyId, secretAccessKey },
    });
  }

  const bytesOf = async (stream: AsyncIterable<unknown>): Promise<Buffer> => {
    const parts: Buffer[] = [];
    for await (const part of stream) parts.push(part as Buffer);
    return Buffer.concat(parts);
  };
  const pattern = (length: number): Buffer =>
    Buffer.from(Uint8Array.from({ length }, (_, index) => (index * 31) % 251));

  const survived = FAULTS.filter(
    (fault): fault is Exclude<Fault, "condition-ignored"> => fault !== "condition-ignored",
  );
  it.each(survived)(
    "does all that it is asked where one request of each kind meets %s",
    async (fault) => {
      const body = pattern(100_000);
      const isPut = fault !== "hang-in-body" && fault !== "cut" && fault !== "flip" && fault !== "slow";
      const once = { faults: [fault], times: 1 };
      if (isPut) proxy.plan(once);
      await store.put("a", body);
      if (isPut) proxy.plan(once);
      await store.put("mark", body, { ifAbsent: true });
      if (isPut) proxy.plan(once);
      expect(await codeOf(store.put("mark", "other", { ifAbsent: true }))).toBe("ALREADY_EXISTS");
      proxy.plan({ ...once, only: ({ method }) => method === "GET" });
      expect(Buffer.from(await store.get("a")).equals(body)).toBe(true);
      proxy.plan({ ...once, only: ({ method }) => method === "GET" });
      const source = await store.open("a");
      expect(Buffer.from(await source.read(10, 50_000)).equals(body.subarray(10, 50_010))).toBe(true);
      if (fault !== "flip") {
        const ranged = await store.open("a", { checked: false });
        proxy.plan({ ...once, only: ({ method }) => method === "GET" });
        expect(Buffer.from(await ranged.read(10, 50_000)).equals(body.subarray(10, 50_010))).toBe(true);
        expect(proxy.happened.get(fault)).toBe(1);
        proxy.plan({ ...once, only: ({ method }) => method === "GET" });
        expect((await bytesOf(await store.getStream("a"))).equals(body)).toBe(true);
        expect(proxy.happened.get(fault)).toBe(1);
      }
      proxy.plan({ ...once, only: ({ path }) => path.includes("list-type") });
      expect(await collect(store.list(""))).toEqual(["a", "mark"]);
      if (isPut) proxy.plan(once);
      await store.delete("a");
      expect(await store.stat("a")).toBeUndefined();
    },
    LIMIT,
  );

  it(
    "keeps an upload in parts whose last reply is lost",
    async () => {
      proxy.plan({
        faults: ["lost-reply"],
        times: 1,
        only: ({ method, path }) => method === "POST" && /uploadId/.test(path),
      });
      expect((await store.putStream("large", repeated(new Uint8Array(1 << 20), 9))).bytes).toBe(LARGE);
      expect(proxy.happened.get("lost-reply")).toBe(1);
      proxy.plan();
      expect(await store.stat("large")).toEqual({ bytes: LARGE });
    },
    LIMIT,
  );

  it(
    "commits a checkpoint whose reply is lost, and refuses another one of the same iteration",
    async () => {
      proxy.plan({ faults: ["lost-reply"], times: 1 });
      await store.put("mark", "first", { ifAbsent: true });
      expect(proxy.happened.get("lost-reply")).toBe(1);
      proxy.plan({ faults: ["lost-reply"], times: 1 });
      await commitCheckpoint(store, "run", 1, { a: 1 });
      expect(await codeOf(commitCheckpoint(store, "run", 1, { a: 2 }))).toBe("CONFLICT");
    },
    LIMIT,
  );

  it(
    "says DIGEST_MISMATCH where bytes stay damaged, in a large object and a streamed one too",
    async () => {
      await store.put("a", pattern(1000));
      const large = await store.putStream("large", repeated(pattern(1 << 20), 9));
      proxy.plan({ faults: ["flip"] });
      expect(await codeOf(store.get("a"))).toBe("DIGEST_MISMATCH");
      expect(await codeOf(store.open("a"))).toBe("DIGEST_MISMATCH");
      expect(await codeOf(bytesOf(await store.getStream("a")))).toBe("DIGEST_MISMATCH");
      expect(await codeOf(store.open("large", { sha256: large.sha256 }))).toBe("DIGEST_MISMATCH");
      proxy.plan({ faults: ["flip"], times: 2, only: ({ method }) => method === "GET" });
      const source = await store.open("large", { sha256: large.sha256 });
      expect(Buffer.from(await source.read(5 << 20, 10)).equals(pattern(1 << 20).subarray(0, 10))).toBe(true);
      await source.close();
    },
    LIMIT,
  );

  it(
    "does not splice another object onto one that was cut short",
    async () => {
      await store.put("a", pattern(200_000));
      proxy.plan({ faults: ["cut"], times: 1, only: ({ method }) => method === "GET" });
      const stream = await store.getStream("a");
      proxy.plan();
      await store.put("a", Buffer.alloc(200_000, 7));
      expect(await codeOf(bytesOf(stream))).toBe("CONFLICT");
    },
    LIMIT,
  );

  it(
    "says UNREACHABLE in one line, with what to do, where the server never answers",
    async () => {
      proxy.plan({ faults: ["hang"] });
      const failure = await store.get("a").catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: "UNREACHABLE", isRetryable: true });
      expect(String(failure)).toMatch(/s3:\/\/bucket\/.*, a: .*SWARM_S3_TIMEOUT_SECONDS.*tried \d times/);
    },
    LIMIT,
  );

  it(
    "goes on when the server comes back",
    async () => {
      await store.put("a", "x");
      await proxy.goAway();
      expect(await codeOf(store.get("a"))).toBe("UNREACHABLE");
      await proxy.comeBack();
      expect((await store.get("a")).byteLength).toBe(1);
    },
    LIMIT,
  );

  it.each([
    ["ignores conditions", "condition-ignored", /If-None-Match/],
    ["answers 501", "501", /conditional puts/],
  ] as const)(
    "is refused, by name, where the server %s",
    async (_, fault, message) => {
      proxy.plan({ faults: [fault], only: ({ headers }) => headers["if-none-match"] !== undefined });
      const failure = await checkWritable(store).catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: "UNSUPPORTED" });
      expect(String(failure)).toMatch(message);
      proxy.plan();
      expect(await collect(store.list(""))).toEqual([]);
    },
    LIMIT,
  );
});
