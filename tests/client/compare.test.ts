import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { compareStoredRuns } from "../../client/compare/compare-stored-runs.js";
import { rememberRun } from "../../client/known-runs.js";
import type { Comparison } from "../../report/compare/comparison.js";
import { openStore } from "../../store/open-store.js";
import { temporaryDirectory } from "../support/temporary-directory.js";
import { writeStoredRun } from "./stored-run.js";
import { swarm } from "./swarm-command.js";

const folder = await temporaryDirectory();
const storePath = join(folder, "store");
const home = join(folder, "home");
const BREEDER = { kind: "baseline", baseline: { method: "prompt-breeder", rounds: 3 } };

const run = (...args: string[]) => swarm(["compare", ...args, "--store", storePath], { home });
const namesOf = (comparison: Comparison) =>
  comparison.settings.map(({ cells }) => cells.map(({ method, repeats }) => [method, repeats.length]));

beforeAll(async () => {
  const store = await openStore(storePath);
  await writeStoredRun(store, { runId: "table-s1", seed: 1, wrong: [30, 25], unseenWrong: 20 });
  await writeStoredRun(store, { runId: "table-s2", seed: 2, wrong: [28, 23], unseenWrong: 22 });
  await writeStoredRun(store, { runId: "table-b1", seed: 1, wrong: [10, 12], unseenWrong: 8, config: BREEDER });
  await writeStoredRun(store, { runId: "table-b2", seed: 2, wrong: [14, 12], config: BREEDER });
  await writeStoredRun(store, { runId: "table-n1", seed: 3, wrong: null });
  await writeStoredRun(store, { runId: "table-open", seed: 4, wrong: null, finished: false });
  // A kind that no schema of this version knows.
  const later = { kind: "later-search", depth: { first: 3 } };
  await writeStoredRun(store, { runId: "later-1", seed: 1, wrong: [5, 6], config: later });
  await writeStoredRun(store, {
    runId: "delta-1",
    seed: 1,
    wrong: [33, 31],
    config: { swarm: { space: "delta" } },
  });
  await writeStoredRun(store, {
    runId: "small-1",
    seed: 1,
    wrong: [33, 31],
    config: { evaluation: { freshQuestions: 10 } },
  });
});

describe("swarm compare", () => {
  it("prints a table of methods with mean, deviation and stars", async () => {
    const { exitCode, stdout, stderr } = await run("table-s1", "table-s2", "table-b1", "table-b2");
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
    // 25 and 23 of 40 wrong against 10 and 12: 0.6 ± 0.025 √2 against 0.275 ± 0.025 √2.
    expect(stdout).toMatch(/\| Data Swarms +\| \*\*0\.6000\*\* \(0\.0354\) \*\*\* \|/);
    expect(stdout).toMatch(/\| Prompt breeder +\| +_0\.2750_ \(0\.0354\) \|/);
  });

  it("takes every finished run that begins with a prefix, and names those that are not finished", async () => {
    const { exitCode, stdout } = await run("--prefix", "table-", "--json");
    expect(exitCode).toBe(0);
    const comparison = JSON.parse(stdout) as Comparison;
    expect(namesOf(comparison)).toEqual([
      [
        ["Prompt breeder", 2],
        ["Data Swarms", 3],
      ],
    ]);
    expect(comparison.warnings.filter((one) => one.includes("table-open"))).toHaveLength(1);
    expect(comparison.warnings.filter((one) => one.includes("table-n1"))).toHaveLength(1);
    expect(comparison.unseen.map(({ cells }) => cells.map(({ method, mean }) => [method, mean]))).toEqual([
      [
        ["Prompt breeder", expect.closeTo(0.2, 12)],
        ["Data Swarms", expect.closeTo(0.525, 12)],
      ],
    ]);
  });

  it("writes a file in the format of its name, and says where", async () => {
    for (const [name, start] of [
      ["t.html", "<!doctype html>"],
      ["t.tex", "% Methods compared"],
      ["t.md", "# Methods compared"],
      ["t.json", "{"],
    ] as const) {
      const out = join(folder, name);
      const { exitCode, stdout } = await run("table-s1", "table-b1", "--out", out, "--resamples", "100");
      expect([exitCode, stdout.trim()]).toEqual([0, out]);
      expect(await readFile(out, "utf8")).toMatch(new RegExp(`^${start}`));
    }
  });
});

describe("a comparison of stored runs", () => {
  const compare = (...ids: string[]) => compareStoredRuns({ ids, store: storePath }, { resamples: 100 });

  it("tells variants of a method apart by the options in which they differ, defaults filled in", async () => {
    expect(namesOf(await compare("table-s1", "delta-1"))).toEqual([
      [
        ["Data Swarms (space: delta)", 1],
        ["Data Swarms (space: factors)", 1],
      ],
    ]);
  });

  it("reads runs of kinds that this version does not know", async () => {
    expect((await compare("table-s1", "later-1")).methods).toEqual(["Later search", "Data Swarms"]);
  });

  it("keeps apart what was measured on other numbers of fresh questions", async () => {
    const { settings, warnings } = await compare("table-s1", "small-1");
    expect(settings.map(({ variant }) => variant)).toEqual(["freshQuestions: 10", "freshQuestions: 40"]);
    expect(warnings.filter((one) => one.includes("2 ways"))).toHaveLength(1);
  });

  it("takes every finished run of a store for an empty prefix", async () => {
    const { runs } = await compareStoredRuns({ ids: [], prefix: "", store: storePath }, { resamples: 100 });
    expect(runs).toBe(8);
  });
});

describe("what else a comparison of stored runs tells", () => {
  const near = (value: number, digits: number): unknown => expect.closeTo(value, digits);
  const other = join(folder, "other-store");

  it("scores their questions on what the store knows of them, and says what the questions are and where winners started", async () => {
    const store = await openStore(other);
    const initialScores = [0.1, 0.4, 0.2];
    await writeStoredRun(store, { runId: "d1", seed: 1, wrong: [20, 10], size: 7, initialScores });
    await writeStoredRun(store, { runId: "d2", seed: 2, wrong: [20, 20], size: 9 });
    const novel = { objective: "novel", evaluation: { freshQuestions: 40, seedQuestions: 40 } };
    await writeStoredRun(store, { runId: "n1", seed: 1, wrong: [10, 20], seedWrong: [10, 20], config: novel });
    await writeStoredRun(store, {
      runId: "r1",
      seed: 1,
      wrong: [4, 8],
      relevance: 0.25,
      config: { objective: "personalized", userQueries: "/somewhere/queries.jsonl" },
    });
    const { transfer, settings } = await compareStoredRuns({ ids: [], prefix: "", store: other }, { resamples: 50 });
    expect(transfer).toHaveLength(1);
    const cells = transfer[0]!.rows.map(({ optimisedFor, cells }) => [
      optimisedFor,
      Object.fromEntries(cells.map(({ objective, mean, repeats }) => [objective, [mean, repeats]])),
    ]);
    // Right on the seed data: 0.75 and 0.5, so (0.6, 0.4); of d1's questions 0.5 and 0.75, so the divergence is 0.2 ln 1.5.
    expect(Object.fromEntries(cells)).toMatchObject({
      difficult: { difficult: [near(0.375, 12), 2], novel: [near(0.081093, 6), 1] },
      novel: { difficult: [near(0.25, 12), 1], novel: [near(0, 12), 1] },
      personalized: { difficult: [near(0.1, 12), 1], personalized: [0.25, 1] },
    });
    const difficult = settings.find(({ objective }) => objective === "difficult")!;
    expect(difficult.questions).toMatchObject([{ size: { mean: 8 }, length: { mean: 8 } }]);
    // Particle 0 of scores 0.1, 0.4, 0.2; the other run does not tell.
    expect(difficult.winners).toMatchObject([{ runs: 1, generators: 3, searched: { places: [0, 0, 1] } }]);
  });
});

describe("without a store, a prefix", () => {
  it("finds the runs that this machine knows, of which some may be gone", async () => {
    vi.stubEnv("SWARM_HOME", join(folder, "other-home"));
    const { uri: storeUri } = await openStore(storePath);
    for (const runId of ["table-s1", "table-b1", "table-gone"]) await rememberRun({ runId, storeUri });
    const { settings } = await compareStoredRuns({ ids: [], prefix: "table-" }, { resamples: 100 });
    expect(settings[0]?.cells.flatMap(({ repeats }) => repeats.map(({ runId }) => runId))).toEqual([
      "table-b1",
      "table-s1",
    ]);
    vi.unstubAllEnvs();
  });
});

describe("swarm compare refuses bad input with one line and exit code 2, and writes nothing", () => {
  const expectRefusal = async (args: readonly string[], code: string): Promise<void> => {
    const before = await readdir(folder);
    const outcome = await run(...args);
    expect(outcome).toMatchObject({ exitCode: 2, stdout: "", errorCode: code });
    expect(outcome.stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(await readdir(folder)).toEqual(before);
  };

  it("a run that nobody knows", () => expectRefusal(["table-s1", "nothing"], "UNKNOWN_RUN"));
  it("a run that is not finished", () => expectRefusal(["table-s1", "table-open"], "NO_RESULT"));
  it("no run at all", () => expectRefusal([], "NOTHING_TO_COMPARE"));
  it("one run, named twice", () => expectRefusal(["table-s1", "table-s1"], "NOTHING_TO_COMPARE"));
  it("a prefix of no run", () => expectRefusal(["--prefix", "none-"], "NOTHING_TO_COMPARE"));
  it("a prefix and --all", () => expectRefusal(["--all", "--prefix", "table-"], "INVALID_OPTION"));
  it("a format that does not exist", () => expectRefusal(["--all", "--format", "word"], "INVALID_USAGE"));
  it("a file whose name tells no format", () =>
    expectRefusal(["--all", "--out", join(folder, "table.doc")], "INVALID_OPTION"));
});
