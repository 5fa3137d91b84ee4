import { describe, expect, it } from "vitest";
import { z } from "zod";
import { questionSchema } from "../../models/records.js";
import { readJson, writeJson } from "../../store/json.js";
import { parseJsonLines, readJsonLines, writeJsonLines } from "../../store/json-lines.js";
import { openStore } from "../../store/open-store.js";
import { StoreError } from "../../store/store-error.js";
import { temporaryDirectory } from "../support/temporary-directory.js";
import { codeOf } from "./code-of.js";

const store = await openStore(await temporaryDirectory(), { sync: false });
const line = z.strictObject({ n: z.number() });
const location = { uri: "file:///store", key: "a.jsonl" };

function failure(text: string): StoreError {
  try {
    parseJsonLines(text, line, location);
  } catch (error) {
    if (error instanceof StoreError) return error;
  }
  throw new Error("it was accepted");
}

describe("JSON lines", () => {
  it("are written one document a line with sorted keys, and read back", async () => {
    const reference = await writeJsonLines(store, "q.jsonl", [
      { question: "A-B?", id: "1" },
      { id: "2", question: "B\nC", answer: undefined, meta: { size: 3, kind: "cycle" } },
    ]);
    const bytes = Buffer.from(await store.get("q.jsonl"));
    expect(bytes.toString()).toBe(
      '{"id":"1","question":"A-B?"}\n{"id":"2","meta":{"kind":"cycle","size":3},"question":"B\\nC"}\n',
    );
    expect(reference.bytes).toBe(bytes.byteLength);
    expect(await readJsonLines(store, "q.jsonl", questionSchema)).toHaveLength(2);
  });

  it("are none in an empty object, and the last line needs no line feed", () => {
    expect(parseJsonLines("", line, location)).toEqual([]);
    expect(parseJsonLines('{"n":1}\n{"n":2}', line, location)).toEqual([{ n: 1 }, { n: 2 }]);
    expect(parseJsonLines('{"n":1}\r\n{"n":2}\r\n', line, location)).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it.each([
    ['{"n":1}\n{"n":"2"}\n', 2],
    ['{"n":1}\n{"n":2}\n{"n":3\n', 3],
    ['{"n":1}\n\n{"n":3}\n', 2],
    ['{"n":1,"m":1}\n', 1],
    ["null\n", 1],
  ])("that are of another shape are refused with key and line: %j", (text, number) => {
    const error = failure(text);
    expect(error.code).toBe("INVALID_CONTENT");
    expect(error.key).toBe(`a.jsonl, line ${number}`);
    expect(error.message).not.toContain("\n");
  });

  it("are not written at all where one is of another shape", async () => {
    expect(await codeOf(writeJsonLines(store, "n.jsonl", [{ n: 1 }, { n: Number.NaN }], line))).toBe("INVALID_CONTENT");
    await expect(writeJsonLines(store, "n.jsonl", [{ n: Number.NaN }])).rejects.toThrow(TypeError);
    expect(await store.stat("n.jsonl")).toBeUndefined();
  });

  it("that are no UTF-8 are refused", async () => {
    await store.put("latin1.jsonl", Uint8Array.of(0x22, 0xe4, 0x22));
    expect(await codeOf(readJsonLines(store, "latin1.jsonl", z.string()))).toBe("INVALID_CONTENT");
  });
});

describe("a JSON document", () => {
  it("is written with sorted keys, so that equal values make equal objects", async () => {
    const first = await writeJson(store, "a.json", { b: [1, { d: null, c: "x" }], a: true });
    const second = await writeJson(store, "b.json", { a: true, b: [1, { c: "x", d: null }] });
    expect(second.sha256).toBe(first.sha256);
    expect(await readJson(store, "a.json", z.unknown())).toEqual({ a: true, b: [1, { c: "x", d: null }] });
  });

  it("of another shape, or cut short, is refused", async () => {
    await store.put("cut.json", '{"a":');
    expect(await codeOf(readJson(store, "cut.json", z.unknown()))).toBe("INVALID_CONTENT");
    expect(await codeOf(readJson(store, "a.json", line))).toBe("INVALID_CONTENT");
    expect(await codeOf(readJson(store, "none.json", line))).toBe("NOT_FOUND");
  });
});
