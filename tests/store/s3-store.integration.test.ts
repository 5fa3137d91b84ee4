import { PutObjectCommand, ListMultipartUploadsCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openStore } from "../../store/open-store.js";
import { S3Store } from "../../store/s3-store.js";
import type { Store } from "../../store/store.js";
import { type S3Server, s3ServerForTests, startS3Server } from "../support/s3-server.js";
import { temporaryDirectory } from "../support/temporary-directory.js";
import { codeOf } from "./code-of.js";
import { describeStoreContract } from "./store-contract.js";
import { chunks, collect, repeated } from "./streams.js";

const found = await s3ServerForTests();
const directory = await temporaryDirectory();
const executable = "path" in found ? found.path : "";

describe.skipIf(executable === "")("a store in S3", () => {
  let server: S3Server;
  let count = 0;

  beforeAll(async () => {
    server = await startS3Server(executable, { directory });
    await Promise.all(["bucket", "others"].map((bucket) => server.createBucket(bucket)));
  });
  afterAll(() => server.stop());

  function storeAt(
    prefix: string,
    options: { readonly bucket?: string; readonly client?: S3Server["client"] } = {},
  ): S3Store {
    const { bucket = "bucket", client = server.client } = options;
    return new S3Store({ uri: `s3://${bucket}/${prefix}`, bucket, prefix, client: client() });
  }

  describeStoreContract(async () => storeAt(`test/${count++}`));

  it("is opened by its address with nothing but the usual variables", async () => {
    for (const [name, value] of Object.entries(server.environment)) vi.stubEnv(name, value);
    const store: Store = await openStore("s3://bucket/by/address/");
    expect(store.uri).toBe("s3://bucket/by/address");
    await store.put("key", "x");
    expect(await collect(storeAt("by").list(""))).toEqual(["address/key"]);
  });

  it("works at the root of a bucket and does not see what others keep beside its prefix", async () => {
    await storeAt("", { bucket: "others" }).put("mine/a", "x");
    await storeAt("mine-too", { bucket: "others" }).put("b", "x");
    await server.client().send(new PutObjectCommand({ Bucket: "others", Key: "mine/a folder/", ContentLength: 0 }));
    expect(await collect(storeAt("mine", { bucket: "others" }).list(""))).toEqual(["a"]);
    expect(await collect(storeAt("", { bucket: "others" }).list(""))).toEqual(["mine-too/b", "mine/a"]);
  });

  it("lists more keys than fit on one page", async () => {
    const store = storeAt("pages");
    const names = Array.from({ length: 1050 }, (_, index) => `k/${String(index).padStart(4, "0")}`);
    for (let start = 0; start < names.length; start += 50) {
      await Promise.all(names.slice(start, start + 50).map((name) => store.put(name, "")));
    }
    expect(await collect(store.list("k/"))).toEqual(names);
  });

  it("streams 160 MB without holding them in memory, in parts that an upload that fails does not leave behind", async () => {
    const store = storeAt("large");
    const before = process.resourceUsage().maxRSS;
    expect((await store.putStream("object", repeated(new Uint8Array(4 << 20), 40))).bytes).toBe(160 << 20);
    let bytes = 0;
    for await (const part of await store.getStream("object")) bytes += (part as Uint8Array).byteLength;
    expect(bytes).toBe(160 << 20);
    expect(process.resourceUsage().maxRSS - before).toBeLessThan(128 << 10);

    async function* broken(): AsyncGenerator<Uint8Array> {
      yield* repeated(new Uint8Array(4 << 20), 10);
      throw new Error("broken");
    }
    await expect(store.putStream("other", broken())).rejects.toThrow();
    const uploads = await server.client().send(new ListMultipartUploadsCommand({ Bucket: "bucket" }));
    expect(uploads.Uploads ?? []).toEqual([]);
  });

  it("notices that an object was replaced between two ranged reads", async () => {
    const store = storeAt("replaced");
    await store.put("key", "first version");
    const source = await store.open("key", { checked: false });
    await source.read(0, 5);
    await store.put("key", "other version");
    expect(await codeOf(source.read(5, 5))).toBe("CONFLICT");
  });

  it("says NOT_FOUND for a bucket that is not there, whatever is asked of it", async () => {
    const store = storeAt("a", { bucket: "no-such-bucket" });
    const codes = await Promise.all([
      codeOf(store.put("k", "x")),
      codeOf(store.putStream("k", chunks("x"))),
      codeOf(store.get("k")),
      codeOf(store.stat("k")),
      codeOf(store.delete("k")),
      codeOf(collect(store.list(""))),
    ]);
    expect(codes).toEqual(Array(6).fill("NOT_FOUND"));
  });

  it("says ACCESS_DENIED with keys that the server does not know, and quotes neither keys nor signatures", async () => {
    for (const keys of [
      { accessKeyId: server.accessKeyId, secretAccessKey: "a-wrong-secret" },
      { accessKeyId: "an-unknown-key", secretAccessKey: "a-wrong-secret" },
    ]) {
      const store = storeAt("denied", { client: () => server.client(keys) });
      const failures = await Promise.all([
        store.put("k", "x").catch((error: unknown) => error),
        store.stat("k").catch((error: unknown) => error),
        collect(store.list("")).catch((error: unknown) => error),
      ]);
      for (const failure of failures) {
        expect(failure).toMatchObject({ name: "StoreError", code: "ACCESS_DENIED" });
        const printed = JSON.stringify(failure, Object.getOwnPropertyNames(failure)) + String(failure);
        for (const secret of ["a-wrong-secret", keys.accessKeyId, "Signature="]) expect(printed).not.toContain(secret);
      }
    }
  });

  it("says ACCESS_DENIED on a server that takes no writes, and still reads", async () => {
    await storeAt("kept").put("key", "x");
    const readOnly = await startS3Server(executable, { directory, readOnly: true });
    try {
      const store = storeAt("kept", { client: readOnly.client });
      expect((await store.get("key")).byteLength).toBe(1);
      expect(await codeOf(store.put("key", "y"))).toBe("ACCESS_DENIED");
      expect(await codeOf(store.delete("key"))).toBe("ACCESS_DENIED");
    } finally {
      await readOnly.stop();
    }
  });

  it("says UNREACHABLE when the server is gone, also in the middle of a stream", async () => {
    const passing = await startS3Server(executable);
    await passing.createBucket("bucket");
    const store = storeAt("gone", { client: passing.client });
    await store.putStream("large", repeated(new Uint8Array(1 << 20), 32));
    const stream = await store.getStream("large");
    const client = passing.client();
    const reading = (async () => {
      let stopped = false;
      for await (const _part of stream) {
        if (!stopped) await passing.stop();
        stopped = true;
      }
    })();
    expect(await codeOf(reading)).toBe("UNREACHABLE");
    expect(
      await codeOf(new S3Store({ uri: "s3://bucket/gone", bucket: "bucket", prefix: "gone", client }).get("k")),
    ).toBe("UNREACHABLE");
  });
});
