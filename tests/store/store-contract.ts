/** What every store must do. Run over each kind of store by the test file of that kind. */
import { createHash } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { getArtifact, putArtifact, putArtifactStream } from "../../store/artifacts.js";
import { checkWritable } from "../../store/check-writable.js";
import { commitCheckpoint, latestCheckpoint, readCheckpoint } from "../../store/checkpoints.js";
import { readJsonLines, writeJsonLines } from "../../store/json-lines.js";
import { keys } from "../../store/keys.js";
import { copyRecorded, putRecorded, recordedDigest } from "../../store/recorded-digest.js";
import type { ByteSource, Store } from "../../store/store.js";
import { codeOf } from "./code-of.js";
import { chunks, collect, repeated } from "./streams.js";

const MEGABYTE = 1 << 20;

/** @param open gives a store that holds nothing yet */
export function describeStoreContract(open: () => Promise<Store>): void {
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });

  describe("put and get", () => {
    it("gives back the bytes that were put, and their digest as coreutils' sha256sum prints it", async () => {
      const reference = await store.put("a/b.txt", "hello\n");
      expect(reference).toEqual({
        key: "a/b.txt",
        sha256: "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03",
        bytes: 6,
      });
      expect(text(await store.get("a/b.txt"))).toBe("hello\n");
      expect(await store.stat("a/b.txt")).toEqual({ bytes: 6 });
    });

    it("keeps every byte value and an empty object", async () => {
      const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
      await store.put("bytes", bytes);
      await store.put("empty", "");
      expect([...(await store.get("bytes"))]).toEqual([...bytes]);
      expect((await store.get("empty")).byteLength).toBe(0);
      expect(await store.stat("empty")).toEqual({ bytes: 0 });
    });

    it("replaces an object", async () => {
      await store.put("key", "a longer first version");
      await store.put("key", "second");
      expect(text(await store.get("key"))).toBe("second");
    });

    it("says NOT_FOUND where there is no object, and undefined when asked for its size", async () => {
      await store.put("folder/object", "x");
      for (const key of ["nothing", "folder/nothing", "folder"]) {
        expect(await codeOf(store.get(key))).toBe("NOT_FOUND");
        expect(await codeOf(store.getStream(key))).toBe("NOT_FOUND");
        expect(await codeOf(store.open(key))).toBe("NOT_FOUND");
        expect(await store.stat(key)).toBeUndefined();
      }
    });

    it("refuses keys that are no keys, for every operation", async () => {
      for (const key of [
        "",
        "/a",
        "a/",
        "a//b",
        "..",
        "a/../b",
        "./a",
        "a b",
        "a:b",
        "a\\b",
        "ä",
        "a\0",
        "x".repeat(256),
      ]) {
        expect(await codeOf(store.put(key, "x")), key).toBe("INVALID_KEY");
        expect(await codeOf(store.putStream(key, chunks("x"))), key).toBe("INVALID_KEY");
        expect(await codeOf(store.get(key)), key).toBe("INVALID_KEY");
        expect(await codeOf(store.getStream(key)), key).toBe("INVALID_KEY");
        expect(await codeOf(store.open(key)), key).toBe("INVALID_KEY");
        expect(await codeOf(store.stat(key)), key).toBe("INVALID_KEY");
        expect(await codeOf(store.delete(key)), key).toBe("INVALID_KEY");
      }
      expect(await codeOf(collect(store.list("../")))).toBe("INVALID_KEY");
    });
  });

  describe("conditional put", () => {
    it("fails with ALREADY_EXISTS and leaves the object as it was", async () => {
      await store.put("mark", "first", { ifAbsent: true });
      expect(await codeOf(store.put("mark", "second", { ifAbsent: true }))).toBe("ALREADY_EXISTS");
      expect(text(await store.get("mark"))).toBe("first");
    });

    it("lets exactly one of twenty parallel puts win, and keeps the winner's bytes", async () => {
      const bodies = Array.from({ length: 20 }, (_, index) => `body ${index} ${"x".repeat(10_000)}`);
      const outcomes = await Promise.all(
        bodies.map((body) => codeOf(store.put("race/mark", body, { ifAbsent: true }))),
      );
      const winners = bodies.filter((_, index) => outcomes[index] === "none");
      expect(winners).toHaveLength(1);
      expect(outcomes.filter((code) => code === "ALREADY_EXISTS")).toHaveLength(19);
      expect(text(await store.get("race/mark"))).toBe(winners[0]);
    });

    it("takes a key again after its object was deleted", async () => {
      await store.put("mark", "first", { ifAbsent: true });
      await store.delete("mark");
      await store.put("mark", "second", { ifAbsent: true });
      expect(text(await store.get("mark"))).toBe("second");
    });
  });

  describe("streams", () => {
    it("stores an object of many chunks with its digest and streams it back", async () => {
      const chunk = Uint8Array.from({ length: MEGABYTE + 7 }, (_, index) => (index * 31) % 251);
      const hash = createHash("sha256");
      for (let index = 0; index < 20; index++) hash.update(chunk);
      const sha256 = hash.digest("hex");

      const reference = await store.putStream("large", repeated(chunk, 20));
      expect(reference).toEqual({ key: "large", sha256, bytes: 20 * chunk.byteLength });
      expect(await store.stat("large")).toEqual({ bytes: 20 * chunk.byteLength });

      const back = createHash("sha256");
      for await (const part of await store.getStream("large")) back.update(part as Uint8Array);
      expect(back.digest("hex")).toBe(sha256);
    });

    it("stores an empty stream as an empty object", async () => {
      expect((await store.putStream("empty", chunks())).bytes).toBe(0);
      expect((await store.get("empty")).byteLength).toBe(0);
    });

    it("stores nothing where the source fails, passes its error on unchanged, and keeps the object that was there", async () => {
      await store.put("key", "before");
      const failure = new Error("the source broke");
      async function* broken(): AsyncGenerator<Uint8Array> {
        for (let index = 0; index < 12; index++) yield new Uint8Array(MEGABYTE);
        throw failure;
      }
      await expect(store.putStream("key", broken())).rejects.toBe(failure);
      await expect(store.putStream("other", broken())).rejects.toBe(failure);
      expect(text(await store.get("key"))).toBe("before");
      expect(await collect(store.list(""))).toEqual(["key"]);
    });

    it("ends a stream whose reader stops early", async () => {
      await store.putStream("large", repeated(new Uint8Array(MEGABYTE), 12));
      const stream = await store.getStream("large");
      for await (const part of stream) {
        expect((part as Uint8Array).byteLength).toBeGreaterThan(0);
        break;
      }
      expect(stream.destroyed).toBe(true);
      expect(await store.stat("large")).toEqual({ bytes: 12 * MEGABYTE });
    });
  });

  describe("random access", () => {
    it("reads ranges, also several at once", async () => {
      await store.put("digits", "0123456789");
      const source = await store.open("digits");
      expect(source.size).toBe(10);
      const ranges = [source.read(3, 4), source.read(9, 1), source.read(0, 10), source.read(10, 0)];
      expect((await Promise.all(ranges)).map(text)).toEqual(["3456", "9", "0123456789", ""]);
      await source.close();
    });

    it("says OUT_OF_RANGE beyond the end and for no range at all", async () => {
      await store.put("digits", "0123456789");
      const source = await store.open("digits");
      for (const [offset, length] of [
        [8, 3],
        [11, 0],
        [-1, 2],
        [0, -1],
        [0.5, 1],
        [0, Number.NaN],
      ] as const) {
        expect(await codeOf(source.read(offset, length)), `${offset}+${length}`).toBe("OUT_OF_RANGE");
      }
      await source.close();
    });
  });

  describe("list", () => {
    it("gives the keys below a prefix in ascending order of their characters", async () => {
      const names = ["a/c", "a-b", "a.b", "ab", "a/b/d", "a/b-c", "b", "A", "a/b.c"];
      for (const name of names) await store.put(name, name);
      expect(await collect(store.list(""))).toEqual([...names].sort());
      expect(await collect(store.list("a/"))).toEqual(["a/b-c", "a/b.c", "a/b/d", "a/c"]);
      expect(await collect(store.list("a/b"))).toEqual(["a/b-c", "a/b.c", "a/b/d"]);
      expect(await collect(store.list("a"))).toEqual(names.filter((name) => name.startsWith("a")).sort());
      expect(await collect(store.list("a/b/d"))).toEqual(["a/b/d"]);
      expect(await collect(store.list("c"))).toEqual([]);
      expect(await collect(store.list("b/c"))).toEqual([]);
    });

    it("gives nothing where nothing is", async () => {
      expect(await collect(store.list("runs/none/"))).toEqual([]);
    });
  });

  describe("delete", () => {
    it("removes one object and no other, and is content where there is none", async () => {
      await store.put("a/b", "x");
      await store.put("a/c", "x");
      await store.delete("a/b");
      await store.delete("a/b");
      await store.delete("a");
      expect(await collect(store.list(""))).toEqual(["a/c"]);
    });
  });

  describe("artifacts", () => {
    it("stores content once under its digest", async () => {
      const reference = await putArtifact(store, "hello\n");
      expect(reference.key).toBe("artifacts/5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03");
      const counting = countPuts(store);
      expect(await putArtifact(counting.store, "hello\n")).toEqual(reference);
      expect(await putArtifactStream(counting.store, () => chunks("hel", "lo\n"))).toEqual(reference);
      expect(counting.puts()).toBe(0);
      expect(await putArtifactStream(counting.store, () => chunks("other"))).toMatchObject({ bytes: 5 });
      expect(counting.puts()).toBe(1);
    });

    it("refuses content that is not what its reference names", async () => {
      const reference = await putArtifact(store, "hello\n");
      expect(text(await getArtifact(store, reference))).toBe("hello\n");
      await store.put(reference.key, "jello\n");
      expect(await codeOf(getArtifact(store, reference))).toBe("DIGEST_MISMATCH");
      expect(await codeOf(store.get(reference.key))).toBe("DIGEST_MISMATCH");
      expect(await codeOf(store.open(reference.key))).toBe("DIGEST_MISMATCH");
      expect(await codeOf(readAll(await store.getStream(reference.key)))).toBe("DIGEST_MISMATCH");
    });

    it("removes an artifact whose content changed between the two readings", async () => {
      let reading = 0;
      const changing = (): AsyncIterable<Uint8Array> => chunks(`version ${reading++}`);
      expect(await codeOf(putArtifactStream(store, changing))).toBe("INVALID_CONTENT");
      expect(await collect(store.list("artifacts/"))).toEqual([]);
    });
  });

  describe("digests beside objects", () => {
    const key = "runs/a/adapter_model.safetensors";
    const openRecorded = async (): Promise<ByteSource> => store.open(key, { sha256: await recordedDigest(store, key) });

    it("are as sha256sum writes them, and go with a copy", async () => {
      await putRecorded(store, key, chunks("hello\n"));
      const line = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03  adapter_model.safetensors\n";
      expect(text(await store.get(`${key}.sha256`))).toBe(line);
      await copyRecorded(store, key, "runs/b/adapter_model.safetensors");
      expect(text(await store.get("runs/b/adapter_model.safetensors.sha256"))).toBe(line);
      expect(text(await (await openRecorded()).read(1, 3))).toBe("ell");
      expect(await recordedDigest(store, "runs/a/nothing")).toBeUndefined();
    });

    it("refuse objects of other bytes, small ones and such as are copied to a file first", async () => {
      for (const length of [10, 9 * MEGABYTE]) {
        await putRecorded(store, key, repeated(new Uint8Array(length), 1));
        const source = await openRecorded();
        expect([...(await source.read(length - 3, 3))]).toEqual([0, 0, 0]);
        await source.close();
        await store.putStream(key, repeated(new Uint8Array(length).fill(1), 1));
        expect(await codeOf(openRecorded())).toBe("DIGEST_MISMATCH");
        expect(await codeOf(copyRecorded(store, key, "copy"))).toBe("DIGEST_MISMATCH");
        expect(await store.stat("copy")).toBeUndefined();
      }
    });
  });

  describe("checkpoints", () => {
    const body = z.strictObject({ best: z.number(), scores: z.array(z.number()) });

    it("commits once: an equal one again is success whatever its order of keys, another one a CONFLICT", async () => {
      const key = await commitCheckpoint(store, "run", 7, { best: 1, scores: [1, 0.5] });
      expect(key).toBe("runs/run/checkpoints/0007.json");
      expect(await commitCheckpoint(store, "run", 7, { scores: [1, 0.5], best: 1 })).toBe(key);
      expect(await codeOf(commitCheckpoint(store, "run", 7, { best: 2, scores: [1, 0.5] }))).toBe("CONFLICT");
      expect((await readCheckpoint(store, "run", 7, body)).body).toEqual({ best: 1, scores: [1, 0.5] });
    });

    it("finds the latest one of a run and of no other", async () => {
      expect(await latestCheckpoint(store, "run", body)).toBeUndefined();
      for (const iteration of [0, 1, 9, 10])
        await commitCheckpoint(store, "run", iteration, { best: iteration, scores: [] });
      await commitCheckpoint(store, "run-2", 11, { best: 11, scores: [] });
      await store.put("runs/run/checkpoints/notes.txt", "x");
      expect(await latestCheckpoint(store, "run", body)).toEqual({
        iteration: 10,
        key: "runs/run/checkpoints/0010.json",
        body: { best: 10, scores: [] },
      });
    });

    it("refuses a checkpoint of another shape", async () => {
      await store.put(keys.checkpoint("run", 1), '{"best":"high"}');
      expect(await codeOf(latestCheckpoint(store, "run", body))).toBe("INVALID_CONTENT");
    });
  });

  it("reads back the JSON lines that it wrote", async () => {
    const line = z.strictObject({ id: z.string(), n: z.number() });
    const lines = [
      { id: "ä\n\u2028", n: 1 },
      { id: "b", n: -0.25 },
    ];
    await writeJsonLines(store, "lines.jsonl", lines, line);
    expect(await readJsonLines(store, "lines.jsonl", line)).toEqual(lines);
  });

  it("is found writable and left without a trace", async () => {
    await checkWritable(store);
    expect(await collect(store.list(""))).toEqual([]);
  });
}

async function readAll(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const _chunk of stream);
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("utf8");
}

function countPuts(store: Store): { readonly store: Store; puts(): number } {
  let count = 0;
  const counted = new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      if (name === "put" || name === "putStream") count++;
      return value.bind(target) as unknown;
    },
  });
  return { store: counted, puts: () => count };
}
