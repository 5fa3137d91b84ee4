import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { replaceFile } from "../../store/replace-file.js";
import { temporaryDirectory } from "../support/temporary-directory.js";

describe("replaceFile", () => {
  it("leaves one of the contents, and nothing else, where many replace a file at once", async () => {
    const folder = join(await temporaryDirectory(), "new");
    const path = join(folder, "record.json");
    const contents = Array.from({ length: 20 }, (_, index) => `${index}`.repeat(10_000));
    await Promise.all(contents.map((content) => replaceFile(path, content)));
    expect(contents).toContain(await readFile(path, "utf8"));
    expect(await readdir(folder)).toEqual(["record.json"]);
  });

  it("leaves what was there, and nothing else, where it can not be replaced", async () => {
    const folder = await temporaryDirectory();
    const path = join(folder, "taken");
    await replaceFile(join(path, "inside"), "kept");
    await expect(replaceFile(path, "new")).rejects.toMatchObject({ code: "EISDIR" });
    expect(await readdir(folder)).toEqual(["taken"]);
    expect(await readFile(join(path, "inside"), "utf8")).toBe("kept");
  });
});
