import type * as fs from "node:fs";
import { appendFile, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { contentDigest, fileDigest } from "../../config/content-digest.js";
import { temporaryDirectory } from "../support/temporary-directory.js";

const { createReadStream } = vi.hoisted(() => ({ createReadStream: vi.fn() }));
vi.mock("node:fs", async (original) => {
  const actual = await original<typeof fs>();
  return { ...actual, createReadStream: createReadStream.mockImplementation(actual.createReadStream) };
});

const folder = await temporaryDirectory();
/** Of "hello\n", as coreutils' sha256sum prints it. */
const HELLO = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";

describe("the digest of a file", () => {
  it("is that of its bytes, and is computed once for all who ask as long as the file stays as it is", async () => {
    const path = join(folder, "model.safetensors");
    await writeFile(path, "hello\n");
    createReadStream.mockClear();
    const asked = [fileDigest(path), fileDigest(path), contentDigest(path)];
    expect(await Promise.all(asked)).toEqual([HELLO, HELLO, HELLO]);
    expect(await fileDigest(path)).toBe(HELLO);
    expect(createReadStream).toHaveBeenCalledTimes(1);
  });

  it("is computed anew for a file that changed in its length alone, or in its time alone", async () => {
    const path = join(folder, "changed");
    await writeFile(path, "hello\n");
    await utimes(path, 1, 1);
    expect(await fileDigest(path)).toBe(HELLO);
    await appendFile(path, "more");
    await utimes(path, 1, 1);
    expect(await fileDigest(path)).not.toBe(HELLO);
    await writeFile(path, "hullo\n");
    expect(await fileDigest(path)).not.toBe(HELLO);
    await writeFile(path, "hello\n");
    expect(await fileDigest(path)).toBe(HELLO);
  });

  it("is refused for a file that is gone", async () => {
    const path = join(folder, "gone");
    await writeFile(path, "hello\n");
    await fileDigest(path);
    await rm(path);
    await expect(fileDigest(path)).rejects.toMatchObject({ code: "ENOENT" });
  });
});
