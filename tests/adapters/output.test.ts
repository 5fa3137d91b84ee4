import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { localOutput, streamOutput } from "../../adapters/output.js";
import { temporaryDirectory } from "../support/temporary-directory.js";

describe("localOutput", () => {
  it("shows the file only when it is finished, with its digest", async () => {
    const folder = await temporaryDirectory();
    const path = join(folder, "deep", "file");
    const output = await localOutput(path);
    await Promise.all([output.write(Buffer.from("one ")), output.write(Buffer.from("two"))]);
    await expect(readFile(path)).rejects.toMatchObject({ code: "ENOENT" });
    const sha256 = createHash("sha256").update("one two").digest("hex");
    expect(await output.finish()).toEqual({ key: path, sha256, bytes: 7 });
    expect(await readFile(path, "utf8")).toBe("one two");
    expect(await readdir(join(folder, "deep"))).toEqual(["file"]);
  });

  it("leaves nothing behind when it is dropped", async () => {
    const folder = await temporaryDirectory();
    const output = await localOutput(join(folder, "deep", "file"));
    await output.write(Buffer.from("one"));
    await output.abort();
    expect(await readdir(folder)).toEqual([]);
  });

  it("fails with a typed error where it can not write", async () => {
    await expect(localOutput("/dev/null/file")).rejects.toMatchObject({ name: "AdapterError", code: "WRITE_FAILED" });
  });
});

describe("streamOutput", () => {
  it("hands over copies: what was written may be changed", async () => {
    const taken: Uint8Array[] = [];
    const output = streamOutput(async (body) => {
      for await (const chunk of body) taken.push(chunk);
      return "done";
    });
    const buffer = Uint8Array.of(1, 2);
    await output.write(buffer);
    buffer.fill(9);
    await output.write(buffer);
    expect(await output.finish()).toBe("done");
    expect(Buffer.concat(taken)).toEqual(Buffer.from([1, 2, 9, 9]));
  });

  it("fails a write with the taker's own error, at once or later", async () => {
    const full = new Error("disk full");
    const atOnce = streamOutput(() => Promise.reject(full));
    await expect(atOnce.write(new Uint8Array(4))).rejects.toBe(full);
    const later = streamOutput(async (body) => {
      for await (const chunk of body) if (chunk[0] === 2) throw full;
    });
    await later.write(Uint8Array.of(1));
    const rest = later.write(Uint8Array.of(2)).then(() => later.write(Uint8Array.of(3)));
    await expect(rest.then(() => later.finish())).rejects.toBe(full);
  });

  it("breaks the stream when it is dropped, so that the taker keeps nothing", async () => {
    let outcome: unknown = "never ended";
    const output = streamOutput(async (body) => {
      try {
        for await (const _ of body);
        outcome = "ended";
      } catch (error) {
        outcome = error;
        throw error;
      }
    });
    await output.write(Uint8Array.of(1));
    await output.abort();
    expect(outcome).toBeInstanceOf(Error);
  });
});
