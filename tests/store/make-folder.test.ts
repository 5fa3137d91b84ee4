import { readdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { makeFolder } from "../../store/make-folder.js";
import { temporaryDirectory } from "../support/temporary-directory.js";

const root = await temporaryDirectory();
let cases = 0;
let folder = root;
beforeEach(async () => {
  folder = join(root, String(cases++));
  await makeFolder(folder);
});

describe("a folder", () => {
  it("is made with all that is missing above it, once", async () => {
    expect(await makeFolder(join(folder, "a", "b", "c"))).toBe(true);
    expect(await makeFolder(join(folder, "a", "b", "c"))).toBe(false);
    expect(await readdir(folder, { recursive: true })).toEqual(["a", "a/b", "a/b/c"]);
  });

  it("is there for all who make it at the same time", async () => {
    const made = await Promise.all(Array.from({ length: 8 }, () => makeFolder(join(folder, "a", "b"))));
    expect(made.filter((one) => one)).toHaveLength(1);
  });

  it("may be a link to one, the root, or a name in the working directory", async () => {
    await symlink(folder, join(folder, "link"));
    expect(await makeFolder(join(folder, "link"))).toBe(false);
    expect(await makeFolder("/")).toBe(false);
    expect(await makeFolder("tests")).toBe(false);
  });

  it("is refused where a file is in the way, here and further up", async () => {
    await writeFile(join(folder, "file"), "");
    await expect(makeFolder(join(folder, "file"))).rejects.toMatchObject({ code: "EEXIST" });
    await expect(makeFolder(join(folder, "file", "a", "b"))).rejects.toMatchObject({ code: "ENOTDIR" });
  });

  it.runIf(process.platform === "linux")(
    "is refused, and named, where the file system takes none, however deep it would lie",
    async () => {
      const refusal = { code: "ENOENT", path: "/proc/nothere" };
      await expect(makeFolder("/proc/nothere")).rejects.toMatchObject(refusal);
      await expect(makeFolder("/proc/nothere/a/b")).rejects.toMatchObject(refusal);
    },
  );
});
