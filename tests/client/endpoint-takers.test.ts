import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { loadRunConfig } from "../../client/load-run-config.js";
import { prepareRun } from "../../client/stage-run.js";
import { temporaryDirectory } from "../support/temporary-directory.js";
import { type SmallRun, writeSmallRun } from "./small-run.js";
import { swarm } from "./swarm-command.js";

const folder = await temporaryDirectory();
const VARIABLE = "ENDPOINT_TEST_API_KEY";
const ENDPOINT = "http://127.0.0.1:9/v1";

function taker(more = ""): string {
  return `takers.0={name: remote, endpoint: "${ENDPOINT}", model: small${more}}`;
}

async function storedFiles({ storePath }: SmallRun): Promise<string[]> {
  const entries = await readdir(storePath, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

async function prepare(small: SmallRun, set: readonly string[], options = {}) {
  return prepareRun(await loadRunConfig(small.config, { set }), options);
}

describe("a run with a test taker behind an endpoint", () => {
  it.each([
    [
      "a key that is not set, naming its variable",
      [taker(`, apiKeyVariable: ${VARIABLE}`)],
      "INVALID_ENVIRONMENT",
      VARIABLE,
    ],
    [
      "an address that is none",
      ['takers.0={name: remote, endpoint: "htp:/x", model: m}'],
      "INVALID_CONFIG",
      "takers.0",
    ],
    ["a budget that could never be spent for want of a price", [taker(), "budget.usd=5"], "INVALID_CONFIG", "price"],
  ])("is refused with one line and exit code 2 for %s", async (_, set, code, told) => {
    const small = await writeSmallRun(join(folder, code, told));
    const settings = set.flatMap((one) => ["--set", one]);
    const outcome = await swarm(["run", small.config, ...settings], { home: join(folder, "home") });
    expect(outcome.exitCode, outcome.stderr).toBe(2);
    expect(outcome.errorCode).toBe(code);
    expect(outcome.stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(outcome.stderr).toContain(told);
    expect(await storedFiles(small)).toEqual([]);
  });

  it("can be laid out without its key where the work is done elsewhere", async () => {
    vi.stubEnv("TEMPORAL_ADDRESS", undefined);
    vi.stubEnv(VARIABLE, undefined);
    const set = [taker(`, apiKeyVariable: ${VARIABLE}`)];
    const small = await writeSmallRun(join(folder, "elsewhere"));
    const { inputs } = await (await prepare(small, set, { worksElsewhere: true })).stage();
    expect(inputs.takers).toEqual([{ name: "remote", base: null, adapter: null }]);
    // Here again it is looked at without the key, as a finished run may be, but it does not start.
    const again = await prepare(small, set);
    expect(again.existing).toEqual(inputs);
    await expect(again.stage()).rejects.toMatchObject({ code: "INVALID_ENVIRONMENT" });
    vi.stubEnv("TEMPORAL_ADDRESS", "127.0.0.1:9");
    await expect((await prepare(small, set)).stage()).resolves.toMatchObject({ inputs });
  });

  it("keeps the key out of all that is laid out", async () => {
    vi.stubEnv(VARIABLE, "sk-test-0123456789abcdef");
    const small = await writeSmallRun(join(folder, "secret"));
    const prepared = await prepare(small, [taker(`, apiKeyVariable: ${VARIABLE}`)], { worksElsewhere: false });
    await prepared.stage();
    const texts: string[] = [];
    for await (const key of prepared.store.list("runs/")) {
      texts.push(Buffer.from(await prepared.store.get(key)).toString());
    }
    expect(texts.join("\n")).toContain(VARIABLE);
    expect(texts.join("\n")).not.toContain("sk-test");
  });
});
