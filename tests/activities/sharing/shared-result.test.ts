import { CancelledFailure } from "@temporalio/activity";
import { MockActivityEnvironment } from "@temporalio/testing";
import { DefaultLogger } from "@temporalio/worker";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { recipeDigest, shareResult, type SharedResult } from "../../../activities/sharing/shared-result.js";
import { keys } from "../../../store/keys.js";
import { openStore } from "../../../store/open-store.js";
import type { Store } from "../../../store/store.js";
import { temporaryDirectory } from "../../support/temporary-directory.js";

function quietEnvironment(): MockActivityEnvironment {
  return new MockActivityEnvironment({}, { logger: new DefaultLogger("ERROR") });
}

/** Work that ends when it is told to. */
class Work {
  resolve!: (result: string) => void;
  reject!: (reason: Error) => void;
  readonly promise = new Promise<string>((resolve, reject) => {
    this.resolve = resolve;
    this.reject = reject;
  });

  constructor() {
    // It may fail before anybody waits for it.
    this.promise.catch(() => undefined);
  }
}

const digest = recipeDigest({ what: "words", of: ["a", "b"] });

describe("a result that runs share", () => {
  let store: Store;
  beforeEach(async () => {
    store = await openStore(await temporaryDirectory());
  });

  function share(
    madeFor: string,
    work: () => Promise<string>,
    environment = quietEnvironment(),
  ): Promise<SharedResult<string>> {
    return environment.run(() => shareResult({ store, digest, madeFor, schema: z.string(), work }));
  }

  it("is made by the first run and taken by the others, with what it took the first", async () => {
    expect(await share("runs/one", async () => "made")).toEqual({ result: "made", sharedSeconds: undefined });
    const work = vi.fn(async () => "made again");
    const taken = await share("runs/two", work);
    expect(taken).toEqual({ result: "made", sharedSeconds: expect.any(Number) as number });
    expect(work).not.toHaveBeenCalled();
  });

  it("is a run's own also where it finds it at another try", async () => {
    await share("runs/one", async () => "made");
    expect(await share("runs/one", async () => "again")).toEqual({ result: "made", sharedSeconds: undefined });
  });

  it("is not there before it is whole: work that fails leaves nothing", async () => {
    await expect(share("runs/one", () => Promise.reject(new Error("killed")))).rejects.toThrow("killed");
    expect(await store.stat(keys.sharedResult(digest))).toBeUndefined();
    expect(await share("runs/two", async () => "made")).toEqual({ result: "made", sharedSeconds: undefined });
  });

  it("is made once where two activities of a process ask for it at once", async () => {
    const begun = new Work();
    const first = share("runs/one", () => begun.promise);
    const work = vi.fn(async () => "made again");
    const second = share("runs/two", work);
    begun.resolve("made");
    expect((await first).sharedSeconds).toBeUndefined();
    expect(await second).toEqual({ result: "made", sharedSeconds: expect.any(Number) as number });
    expect(work).not.toHaveBeenCalled();
  });

  it("is made by the one that waits where the other fails", async () => {
    const begun = new Work();
    const first = share("runs/one", () => begun.promise);
    const second = share("runs/two", async () => "made");
    begun.reject(new Error("killed"));
    await expect(first).rejects.toThrow("killed");
    expect(await second).toEqual({ result: "made", sharedSeconds: undefined });
  });

  it("is not waited for by an activity that is cancelled", async () => {
    const begun = new Work();
    const first = share("runs/one", () => begun.promise);
    const environment = quietEnvironment();
    const second = share("runs/two", async () => "again", environment);
    environment.cancel();
    await expect(second).rejects.toBeInstanceOf(CancelledFailure);
    begun.resolve("made");
    expect((await first).result).toBe("made");
  });

  it("stays the first one's where another process has made it meanwhile", async () => {
    const theirs = `{"madeFor":"runs/elsewhere","result":"made","seconds":3}\n`;
    const ours = await share("runs/one", async () => {
      await store.put(keys.sharedResult(digest), theirs);
      return "made";
    });
    expect(ours).toEqual({ result: "made", sharedSeconds: undefined });
    expect(await share("runs/two", async () => "again")).toEqual({ result: "made", sharedSeconds: 3 });
  });

  it("is refused where it is not what such work gives", async () => {
    await store.put(keys.sharedResult(digest), `{"madeFor":"runs/one","result":7,"seconds":3}\n`);
    await expect(share("runs/two", async () => "made")).rejects.toMatchObject({ code: "INVALID_CONTENT" });
  });
});
