import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, describe, expect, it, vi } from "vitest";
import { rememberStart, storesOfHome } from "../../client/known-stores.js";
import { knownModules } from "../../client/known-modules.js";
import { type AllowedStores, anyStore, expectAllowed, onlyStores } from "../../workers/allowed-stores.js";
import { RunCache } from "../../workers/run-cache.js";
import { temporaryDirectory } from "../support/temporary-directory.js";

const REFUSED = { type: "StoreNotAllowed", nonRetryable: true };

describe("a worker that is told its stores", () => {
  const stores = onlyStores(["s3://bucket/swarms", "file:///data/store/"]);

  it.each(["s3://bucket/swarms", "s3://bucket/swarms/team", "file:///data/store", "file:///data/store/nested"])(
    "works in %s",
    async (uri) => {
      await expect(expectAllowed(uri, stores)).resolves.toBeUndefined();
    },
  );

  it.each([
    "s3://bucket/swarms-of-others",
    "s3://bucket",
    "s3://other/swarms",
    "file:///data/store/../secrets",
    "file:///data/storehouse",
    "file:///",
    "http://host/store",
  ])("refuses %s for good", async (uri) => {
    await expect(expectAllowed(uri, stores)).rejects.toMatchObject(REFUSED);
  });

  it("does not even look into a run elsewhere", async () => {
    const storeUri = pathToFileURL(await temporaryDirectory()).href;
    await expect(new RunCache(stores).open({ runId: "any", storeUri })).rejects.toMatchObject(REFUSED);
    await expect(new RunCache(anyStore).open({ runId: "any", storeUri })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("a worker of the embedded server", () => {
  afterEach(() => vi.unstubAllEnvs());

  it("works in the stores that commands of its home have started work in, and in no other", async () => {
    const home = await temporaryDirectory();
    vi.stubEnv("SWARM_HOME", home);
    const allowed: AllowedStores = storesOfHome;
    const [own, other] = ["file:///somewhere/own", "file:///somewhere/other"];
    await expect(expectAllowed(own, allowed)).rejects.toMatchObject(REFUSED);
    await rememberStart({ runId: "mine", storeUri: own, modules: ["a".repeat(64)] });
    await expect(expectAllowed(own, allowed)).resolves.toBeUndefined();
    await expect(expectAllowed(pathToFileURL(join(home, "store")).href, allowed)).resolves.toBeUndefined();
    await expect(expectAllowed(other, allowed)).rejects.toMatchObject(REFUSED);
    expect(await knownModules()).toEqual(["a".repeat(64)]);
  });
});
