import { describe, expect, it } from "vitest";
import { configDigest } from "../../config/config-digest.js";
import { ConfigError } from "../../config/config-error.js";
import { parseConfig } from "../../config/parse-config.js";
import { runWorkflow } from "../../config/queues.js";
import { searchRunId } from "../../config/search-schema.js";
import { PAPER_GRID } from "../../swarm/parameter-grid.js";
import { MINIMAL } from "./minimal-config.js";

type Sections = Readonly<Record<string, unknown>>;

const parsed = (search: unknown, more: Sections = {}) => parseConfig({ ...MINIMAL, search, ...more }, "run.yaml");
const digest = (search: unknown, more: Sections = {}) =>
  configDigest(parsed(search, more), "run.yaml", async (path) => path);

function problems(search: unknown, more: Sections = {}): readonly string[] {
  try {
    parsed(search, more);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  throw new Error("it was accepted");
}

describe("search in the config of a data swarm", () => {
  it("is the paper's where it says no more: up to 20 runs over its grid", () => {
    expect(parsed({})).toMatchObject({ search: { runs: 20, atOnce: 1, grid: PAPER_GRID } });
    expect(parsed({})).not.toHaveProperty("search.earlyStop");
    expect(parsed({ earlyStop: {} })).toMatchObject({ search: { earlyStop: { afterIterations: 3, leastRuns: 3 } } });
    expect(parsed({ grid: { repel: [0, 0.2] } })).toMatchObject({
      search: { grid: { ...PAPER_GRID, repel: [0, 0.2] } },
    });
  });

  it("stays the same when it is parsed once more", () => {
    const once = parsed({ runs: 3, earlyStop: { leastRuns: 1 } });
    expect(parseConfig(once, "run.yaml")).toEqual(once);
  });

  it("decides which workflow a run is", () => {
    expect(runWorkflow(parseConfig(MINIMAL, "run.yaml"))).toBe("dataSwarm");
    expect(runWorkflow(parsed({}))).toBe("hyperparameterSearch");
  });

  it.each([
    ["search.grid.inertia", { grid: { inertia: [] } }],
    ["search.grid.social", { grid: { social: [0.2, 0.2] } }],
    ["search.grid.cognitive.1", { grid: { cognitive: [0.1, -1] } }],
    ["search.grid.stepLength.0", { grid: { stepLength: [0] } }],
    ["search.grid.social", { grid: { inertia: [0, 1], cognitive: [0], social: [0, 1], repel: [0] } }],
    ["search.grid.momentum", { grid: { momentum: [1] } }],
    ["search.runs", { runs: 0 }],
    ["search.runs", { runs: 101 }],
    ["search.atOnce", { atOnce: 0 }],
    ["search.earlyStop.afterIterations", { earlyStop: { afterIterations: 0 } }],
    ["search.earlyStop.leastRuns", { earlyStop: { leastRuns: 0 } }],
  ])("says that %s is wrong in %j", (place, search) => {
    expect(problems(search)).toEqual([expect.stringMatching(new RegExp(`^${place.replaceAll(".", "\\.")}: `))]);
  });

  it("is checked with what it stands beside: the floor of the step's decay, and room in the id for the runs' numbers", () => {
    const stepDecay = { factor: 0.9, floor: 0.6 };
    expect(problems({}, { swarm: { stepDecay } })).toEqual([expect.stringMatching(/^swarm\.stepDecay\.floor: .*0\.5/)]);
    parsed({ grid: { stepLength: [0.6, 0.7] } }, { swarm: { stepDecay } });
    expect(problems({}, { id: "i".repeat(97) })).toEqual([expect.stringMatching(/^id: /)]);
    expect(searchRunId("i".repeat(96), 7)).toHaveLength(100);
  });

  it("is of data swarms alone", () => {
    const baseline = { ...MINIMAL, kind: "baseline", baseline: { method: "dev-set" }, search: {} };
    expect(() => parseConfig(baseline, "run.yaml")).toThrow(expect.objectContaining({ code: "INVALID_CONFIG" }));
  });
});

describe("the digest of a config with a search", () => {
  it("is another one, and that of its grid and its runs", async () => {
    const digests = await Promise.all([
      digest(undefined),
      digest({}),
      digest({ runs: 3 }),
      digest({ grid: { repel: [1] } }),
    ]);
    expect(new Set(digests).size).toBe(4);
    const without = configDigest(parseConfig(MINIMAL, "run.yaml"), "run.yaml", async (path) => path);
    expect(digests[0]).toBe(await without);
  });

  it("depends on how many runs are side by side only where runs may end by what others did", async () => {
    expect(await digest({ atOnce: 2 })).toBe(await digest({}));
    expect(await digest({ atOnce: 2, earlyStop: {} })).not.toBe(await digest({ earlyStop: {} }));
    const budget = { budget: { questions: 100 } };
    expect(await digest({ atOnce: 2 }, budget)).not.toBe(await digest({}, budget));
  });
});
