import { appendFile, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryDirectory } from "../support/temporary-directory.js";
import { writeSmallRun } from "./small-run.js";
import { type CommandOutcome, swarm } from "./swarm-command.js";

const folder = await temporaryDirectory();
let cases = 0;

/** A folder, config and home of its own for each case. */
async function freshRun(): Promise<Awaited<ReturnType<typeof writeSmallRun>> & { readonly home: string }> {
  const own = join(folder, String(cases++));
  return { ...(await writeSmallRun(own)), home: join(own, "home") };
}

async function storedFiles(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

function expectOneClearLine(outcome: CommandOutcome, code: string | RegExp): void {
  expect(outcome.exitCode, outcome.stderr).toBe(2);
  expect(outcome.errorCode).toMatch(code);
  expect(outcome.stdout).toBe("");
  expect(outcome.stderr.trimEnd().split("\n")).toHaveLength(1);
}

describe("swarm run refuses bad input with one line and exit code 2, and leaves the store untouched", () => {
  it("an unknown config key, naming the nearest known one", async () => {
    const { config, storePath, home } = await freshRun();
    await appendFile(config, "objektive: difficult\n");
    const outcome = await swarm(["run", config], { home });
    expectOneClearLine(outcome, "INVALID_CONFIG");
    expect(outcome.stderr).toContain("objective");
    expect(await storedFiles(storePath)).toEqual([]);
  });

  it("a config that does not exist", async () => {
    const { home } = await freshRun();
    expectOneClearLine(await swarm(["run", join(folder, "nowhere.yaml")], { home }), "UNREADABLE");
  });

  it("seed data that does not exist", async () => {
    const { config, seedData, storePath, home } = await freshRun();
    await rm(seedData);
    expectOneClearLine(await swarm(["run", config], { home }), "INVALID_CONFIG");
    expect(await storedFiles(storePath)).toEqual([]);
  });

  it("a seed question that the grader cannot read", async () => {
    const { config, seedData, storePath, home } = await freshRun();
    await appendFile(seedData, `${JSON.stringify({ id: "odd", question: "What is love?" })}\n`);
    const outcome = await swarm(["run", config], { home });
    expectOneClearLine(outcome, "INVALID_SEED_DATA");
    expect(outcome.stderr).toContain("odd");
    expect(await storedFiles(storePath)).toEqual([]);
  });

  it("an adapter of another shape", async () => {
    const { config, adapter, storePath, home } = await freshRun();
    const path = join(adapter, "adapter_model.safetensors");
    const bytes = await readFile(path);
    const length = Number(bytes.readBigUInt64LE(0));
    const header = bytes.subarray(8, 8 + length).toString();
    // Turns the first matrix around: the same bytes, another shape.
    const turned = header.replace(/"shape":\[(\d+),(\d+)\]/, '"shape":[$2,$1]');
    expect(turned).not.toBe(header);
    await writeFile(path, Buffer.concat([bytes.subarray(0, 8), Buffer.from(turned), bytes.subarray(8 + length)]));
    expectOneClearLine(await swarm(["run", config], { home }), "SHAPE_MISMATCH");
    expect(await storedFiles(storePath)).toEqual([]);
  });

  it("a corrupt safetensors file", async () => {
    const { config, adapter, storePath, home } = await freshRun();
    await truncate(join(adapter, "adapter_model.safetensors"), 1000);
    expectOneClearLine(await swarm(["run", config], { home }), "CORRUPT");
    expect(await storedFiles(storePath)).toEqual([]);
  });

  it("a store that cannot be written", async () => {
    const { config, home } = await freshRun();
    // Nobody, root included, can make a folder there.
    const outcome = await swarm(["run", config, "--store", "file:///sys/swarm-store"], { home });
    expectOneClearLine(outcome, /^(READ_ONLY|ACCESS_DENIED)$/);
  });

  it.runIf(process.platform === "linux")("a store or a home where no folder can be made, which it names", async () => {
    const { config, storePath, home } = await freshRun();
    const store = await swarm(["run", config, "--store", "file:///proc/nothere"], { home });
    expectOneClearLine(store, "UNSUPPORTED");
    expect(store.stderr).toContain("/proc/nothere");
    const log = await swarm(["run", config], { home: "/proc/nothere" });
    expectOneClearLine(log, "ENOENT");
    expect(log.stderr).toContain("/proc/nothere");
    expect(await storedFiles(storePath)).toEqual([]);
  });

  it("a Temporal server that does not answer", async () => {
    const { config, storePath, home } = await freshRun();
    const outcome = await swarm(["run", config], { home, environment: { TEMPORAL_ADDRESS: "127.0.0.1:1" } });
    expectOneClearLine(outcome, "unreachable");
    expect(await storedFiles(storePath)).toEqual([]);
  });

  it("--detach where no server outlives the command", async () => {
    const { config, storePath, home } = await freshRun();
    expectOneClearLine(await swarm(["run", config, "--detach"], { home }), "NO_PERSISTENT_SERVER");
    expect(await storedFiles(storePath)).toEqual([]);
  });

  it("an unknown verb, a missing argument and a wrong number", async () => {
    const home = join(folder, "home");
    expectOneClearLine(await swarm(["rum"], { home }), "INVALID_USAGE");
    expectOneClearLine(await swarm(["run"], { home }), "INVALID_USAGE");
    expectOneClearLine(
      await swarm(["sample", "x", "-n", "many", "--seed", "1", "--out", "q"], { home }),
      "INVALID_USAGE",
    );
  });

  it("a run that nobody knows", async () => {
    expectOneClearLine(await swarm(["status", "nothing"], { home: join(folder, "home") }), "UNKNOWN_RUN");
  });

  it("as JSON where --json asks for it", async () => {
    const { home } = await freshRun();
    const outcome = await swarm(["run", join(folder, "nowhere.yaml"), "--json"], { home });
    expect(outcome.exitCode).toBe(2);
    expect(JSON.parse(outcome.stderr)).toMatchObject({ error: { code: "UNREADABLE" } });
  });
});
