import { describe, expect, it } from "vitest";
import { compareRuns } from "../../../report/compare/compare-runs.js";
import { settingName } from "../../../report/compare/group-settings.js";
import { differingPlaces, describeOptions } from "../../../report/compare/options.js";
import { type ExampleRun, exampleRun } from "./example-runs.js";

const compare = (examples: readonly ExampleRun[]) => compareRuns(examples.map(exampleRun), { resamples: 100 });
const factors = { "swarm.space": "factors", "swarm.social": "0.4" };
const delta = { "swarm.space": "delta", "swarm.social": "0.4" };

describe("methods", () => {
  it("come in the paper's order, kinds and baselines of later versions before Data Swarms", () => {
    const { methods } = compare([
      { runId: "a", wrong: [1, 1] },
      { runId: "b", kind: "model-swarm", wrong: [1, 1] },
      { runId: "c", baseline: "random-search", wrong: [1, 1] },
      { runId: "d", baseline: "prompt-breeder", wrong: [1, 1] },
      { runId: "e", baseline: "dev-set", wrong: [1, 1] },
    ]);
    expect(methods).toEqual(["Dev set", "Prompt breeder", "Random search", "Model swarm", "Data Swarms"]);
  });

  it("are told apart by the options in which they differ within a setting", () => {
    const { methods, settings } = compare([
      { runId: "a", seed: 1, wrong: [5, 5], options: factors },
      { runId: "b", seed: 2, wrong: [5, 5], options: factors },
      { runId: "c", seed: 1, wrong: [6, 6], options: delta },
      { runId: "d", seed: 1, objective: "separate", wrong: [6, 5], options: factors },
    ]);
    expect(methods).toEqual(["Data Swarms (space: delta)", "Data Swarms (space: factors)"]);
    expect(settings.map(({ cells }) => cells.map(({ method, repeats }) => [method, repeats.length]))).toEqual([
      [
        ["Data Swarms (space: delta)", 1],
        ["Data Swarms (space: factors)", 2],
      ],
      [["Data Swarms (space: factors)", 1]],
    ]);
  });

  it("have a number where what tells them apart is too long for a name, and the options are said once", () => {
    const retuned = {
      ...delta,
      "swarm.retune.every": "1",
      "swarm.retune.instances": "160",
      "generators.clusters": "3",
    };
    const { methods, variants } = compare([
      { runId: "a", wrong: [5, 5], options: { ...factors, "generators.clusters": "4" } },
      { runId: "b", wrong: [6, 6], options: retuned },
    ]);
    expect(methods).toEqual(["Data Swarms 1", "Data Swarms 2"]);
    expect(variants).toEqual([
      { method: "Data Swarms 1", options: "clusters: 3, retune: every 1, instances 160, space: delta" },
      { method: "Data Swarms 2", options: "clusters: 4, retune: none, space: factors" },
    ]);
  });

  it("are one where sections say the same in another order", () => {
    const { methods } = compare([
      { runId: "a", seed: 1, wrong: [5, 5], options: { "swarm.retune.every": "1", "swarm.retune.instances": "160" } },
      { runId: "b", seed: 2, wrong: [6, 6], options: { "swarm.retune.instances": "160", "swarm.retune.every": "1" } },
      { runId: "c", seed: 1, wrong: [6, 6], options: factors },
    ]);
    expect(methods).toHaveLength(2);
  });

  it("are one where options follow the setting, as coefficients do that were tuned for each", () => {
    const { methods } = compare([
      { runId: "a", wrong: [5, 5], options: factors },
      { runId: "b", objective: "separate", wrong: [5, 6], options: { ...factors, "swarm.social": "0.6" } },
    ]);
    expect(methods).toEqual(["Data Swarms"]);
  });
});

describe("settings", () => {
  it("come by domain, then as the product lists objectives, users' own and weighted means last", () => {
    const { settings } = compare([
      { runId: "a", objective: { difficult: 0.6, separate: 0.4 }, wrong: [1, 2] },
      { runId: "b", objective: "personalized", wrong: [1, 2] },
      { runId: "c", objective: "novel", wrong: [1, 2] },
      { runId: "d", objective: "difficult", wrong: [1, 2] },
      { runId: "e", domain: "arithmetic", objective: "separate", wrong: [1, 2] },
    ]);
    expect(settings.map(({ domain, objective, family }) => [domain, objective, family])).toEqual([
      ["arithmetic", "separate", "single"],
      ["graphs", "difficult", "single"],
      ["graphs", "novel", "single"],
      ["graphs", "personalized", "personalized"],
      ["graphs", "0.6 difficult + 0.4 separate", "composite"],
    ]);
  });

  it("part where something else was measured, which they name", () => {
    const { settings, warnings } = compare([
      { runId: "a", seed: 1, wrong: [5, 5] },
      { runId: "b", seed: 2, wrong: [5, 5], measured: { takers: "a, c", "takers.c": "small" } },
      { runId: "c", seed: 3, wrong: [5, 5], measured: { freshQuestions: "400" } },
    ]);
    expect(settings.map(settingName)).toEqual([
      "difficult (freshQuestions: 20, takers: a, b)",
      "difficult (freshQuestions: 20, takers: a, c)",
      "difficult (freshQuestions: 400, takers: a, b)",
    ]);
    expect(warnings.filter((one) => one.includes("measured in 3 ways"))).toHaveLength(1);
  });
});

describe("options", () => {
  it("are named by the end of their place, as far as it is no other's", () => {
    const all = [
      { "swarm.patience": "5", "swarm.restart.patience": "3", "swarm.space": "factors" },
      { "swarm.patience": "6", "swarm.restart.patience": "4", "swarm.space": "delta" },
    ];
    const places = differingPlaces(all);
    expect(places).toEqual(["swarm.patience", "swarm.restart.patience", "swarm.space"]);
    expect(all.map((one) => describeOptions(one, places))).toEqual([
      "swarm.patience: 5, restart.patience: 3, space: factors",
      "swarm.patience: 6, restart.patience: 4, space: delta",
    ]);
  });

  it("are named by their section where some have nothing of it", () => {
    const all = [
      { "swarm.space": "delta", "swarm.retune.every": "2", "swarm.retune.instances": "240" },
      { "swarm.space": "delta" },
    ];
    const places = differingPlaces(all);
    expect(places).toEqual(["swarm.retune"]);
    expect(all.map((one) => describeOptions(one, places))).toEqual(["retune: every 2, instances 240", "retune: none"]);
  });
});
