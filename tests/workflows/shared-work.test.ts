import { beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import type { RunResult, Usage } from "../../report/result.js";
import { readJson } from "../../store/json.js";
import { openStore } from "../../store/open-store.js";
import type { Store } from "../../store/store.js";
import { SwarmEngine } from "../support/swarm-engine.js";
import { useTemporal } from "../support/temporal.js";
import { temporaryDirectory } from "../support/temporary-directory.js";

const engine = new SwarmEngine(useTemporal());
beforeEach(() => engine.startWorkers());

async function run(id: string, store: string): Promise<RunResult> {
  return (await engine.start({ id, store })).result();
}

/** What each shared result in a store was first made for. */
async function makers(store: Store): Promise<string[]> {
  const found: string[] = [];
  for await (const key of store.list("artifacts/")) {
    if (!key.endsWith("/result.json")) continue;
    found.push((await readJson(store, key, z.object({ madeFor: z.string() }))).madeFor);
  }
  return found;
}

/** Own cost and what was taken, together. */
function inFull({ questions, tokens, calls, shared }: Usage): Record<string, number> {
  return {
    questions: questions + (shared?.questions ?? 0),
    tokens: tokens + (shared?.tokens ?? 0),
    calls: calls + (shared?.calls ?? 0),
  };
}

describe("runs on one store", () => {
  it("give the digest that they give alone, and pay for what is theirs", async () => {
    const directory = await temporaryDirectory();
    const alone = await run("alone", await temporaryDirectory());
    const first = await run("first", directory);
    const store = await openStore(directory);
    const kept = await makers(store);
    const second = await run("second", directory);

    expect(second.digest).toBe(first.digest);
    expect(second.digest).toBe(alone.digest);

    expect(first.usage.shared).toBeUndefined();
    expect(Object.keys(second.usage.shared?.seconds ?? {}).sort()).toEqual([
      "answer",
      "cluster",
      "fine-tune",
      "sample",
    ]);
    expect(second.usage.questions).toBeLessThan(first.usage.questions);
    expect(inFull(second.usage)).toEqual(inFull(first.usage));

    // The start of the search and the measurement of the initial generators, and nothing that only this search asks for.
    expect(new Set(kept.map((maker) => maker.split("/").slice(2, 4).join("/")))).toEqual(
      new Set(["clusters.json", "iterations/0000", "fresh/initial-0", "fresh/initial-1"]),
    );
    expect(await makers(store)).toEqual(kept);
  });

  it("that begin at once make what they share once", async () => {
    const directory = await temporaryDirectory();
    const results = await Promise.all(["one", "other"].map((id) => run(id, directory)));
    expect(new Set(results.map(({ digest }) => digest)).size).toBe(1);
    const [one, other] = results.map(({ usage }) => usage) as [Usage, Usage];
    expect(inFull(one)).toEqual(inFull(other));
    const { shared } = (await run("late", directory)).usage;
    expect((one.shared?.calls ?? 0) + (other.shared?.calls ?? 0)).toBe(shared?.calls);
  });
});
