import { expect, it, vi } from "vitest";
import { KeptReads } from "../../../activities/sharing/kept-reads.js";

it("reads once what is asked for again, and anew what was asked for longest ago", async () => {
  const kept = new KeptReads<string>(2);
  const read = vi.fn(async (key: string) => key);
  const get = (key: string): Promise<string> => kept.get(key, () => read(key));
  for (const key of ["a", "b", "a", "c", "a", "b"]) expect(await get(key)).toBe(key);
  expect(read.mock.calls.flat()).toEqual(["a", "b", "c", "b"]);
});

it("reads again what could not be read", async () => {
  const kept = new KeptReads<string>(2);
  await expect(kept.get("a", () => Promise.reject(new Error("away")))).rejects.toThrow("away");
  expect(await kept.get("a", async () => "there")).toBe("there");
});
