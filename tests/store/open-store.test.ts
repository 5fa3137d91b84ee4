import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { DirectoryStore } from "../../store/directory-store.js";
import { openStore } from "../../store/open-store.js";
import { S3Store } from "../../store/s3-store.js";
import { temporaryDirectory } from "../support/temporary-directory.js";
import { codeOf } from "./code-of.js";

const root = await temporaryDirectory();

describe("opening a store", () => {
  it("takes a file address, a relative one and a plain path, and makes them one absolute address", async () => {
    const uri = pathToFileURL(join(root, "a b/c")).href;
    for (const given of [uri, "file:a b/c", "a b/c", join(root, "a b/c"), `${root}/./a b/x/../c`]) {
      const store = await openStore(given, { from: root });
      expect(store).toBeInstanceOf(DirectoryStore);
      expect(store.uri).toBe(uri);
    }
  });

  it("opens the address that an opened store tells", async () => {
    const store = await openStore("ä %20 #", { from: root });
    await store.put("key", "x");
    expect(await (await openStore(store.uri)).stat("key")).toEqual({ bytes: 1 });
  });

  it("takes a bucket with and without a prefix, and asks nothing of the server yet", async () => {
    for (const [given, uri] of [
      ["s3://bucket", "s3://bucket"],
      ["s3://bucket/", "s3://bucket"],
      ["S3://bucket/a/b/", "s3://bucket/a/b"],
    ] as const) {
      const store = await openStore(given);
      expect(store).toBeInstanceOf(S3Store);
      expect(store.uri).toBe(uri);
    }
  });

  it.each([
    "",
    "file:",
    "file://host/dir",
    "http://host/dir",
    "gs://bucket",
    "s3:bucket",
    "s3://",
    "s3:///prefix",
    "s3://Bucket",
    "s3://bucket/a//b",
    "s3://bucket/../b",
    "s3://bucket/a?region=x",
    "s3://key:the-secret@bucket/a",
    "a\0b",
  ])("says INVALID_URI for %j", async (uri) => {
    expect(await codeOf(openStore(uri))).toBe("INVALID_URI");
    if (uri.includes("the-secret")) {
      const error = await openStore(uri).catch((failure: unknown) => failure);
      expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain("the-secret");
    }
  });

  it("says INVALID_URI where a file stands in the place of the directory or above it", async () => {
    await writeFile(join(root, "file"), "");
    expect(await codeOf(openStore(join(root, "file")))).toBe("INVALID_URI");
    expect(await codeOf(openStore(join(root, "file/below")))).toBe("INVALID_URI");
  });
});
