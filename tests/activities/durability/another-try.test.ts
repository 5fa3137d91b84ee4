import { readdir, readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { ANOTHER_TRY, worthAnotherTry } from "../../../activities/durability/another-try.js";
import { EndpointError, type EndpointErrorCode } from "../../../models/openai/endpoint-error.js";
import { StoreError, type StoreErrorCode } from "../../../store/store-error.js";

/** What activities can reach, since imports point one way. */
const REACHED = ["activities", "adapters", "config", "metrics", "models", "report", "store", "swarm"];

async function errorsOf(folder: string): Promise<string[]> {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith(".ts"));
  const texts = await Promise.all(files.map((file) => readFile(`${folder}/${file}`, "utf8")));
  return texts.flatMap((text) => [...text.matchAll(/class (\w+) extends \w*Error\b/g)].map(([, name]) => name!));
}

describe("whether another try is worth it", () => {
  it("is decided for every typed error that an activity can throw, and for no other", async () => {
    const found = (await Promise.all(REACHED.map(errorsOf))).flat();
    expect([...new Set(found)].sort()).toEqual(Object.keys(ANOTHER_TRY).sort());
  });

  it("is decided as within one call, of a store", () => {
    for (const [code, another] of Object.entries(ANOTHER_TRY.StoreError)) {
      const error = new StoreError({ code: code as StoreErrorCode, uri: "file:///store", problem: "broken" });
      expect(another !== "never", code).toBe(error.isRetryable);
    }
  });

  it("is decided as within one call, of an endpoint", () => {
    for (const [code, another] of Object.entries(ANOTHER_TRY.EndpointError)) {
      const error = new EndpointError({ code: code as EndpointErrorCode, message: "broken" });
      expect(another !== "never", code).toBe(error.isRetryable);
    }
  });

  it.each([
    ["StoreError", "UNREACHABLE", "always"],
    ["ClusterError", "TOO_FEW_POINTS", "never"],
    ["EndpointError", "INVALID_REPLY", "few"],
    ["Error", "EMFILE", "always"],
    ["TypeError", undefined, "few"],
    ["ZodError", undefined, "few"],
    ["StoreError", "OF_ANOTHER_VERSION", "few"],
    ["constructor", "name", "few"],
  ] as const)("%s %s: %s", (name, code, expected) => {
    expect(worthAnotherTry({ name, code })).toBe(expected);
  });
});
