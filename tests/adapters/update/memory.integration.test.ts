import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryDirectory } from "../../support/temporary-directory.js";
import { largeUpdate, MEMORY_LIMIT } from "../large-update.js";

describe("the update of a large adapter", () => {
  // Five inputs and two outputs of 64 MB: a process that held them would need 450 MB. `large-update.ts` does the same with 400 MB.
  it.each([
    ["local folders", false],
    ["a store", true],
  ])("takes memory that does not grow with the adapter, through %s", async (_, throughStore) => {
    const root = join(await temporaryDirectory(), "swarm");
    const { adapterBytes, residentBytes } = await largeUpdate({ megabytes: 64, root, throughStore });
    expect(adapterBytes).toBeGreaterThan(64e6);
    expect(residentBytes).toBeLessThan(MEMORY_LIMIT);
  });
});
