import { describe, expect, it } from "vitest";
import { modelCoefficients } from "../../config/adversarial-checks.js";
import { ConfigError } from "../../config/config-error.js";
import { parseConfig } from "../../config/parse-config.js";
import { adversarialConfig } from "../../config/swarm-config.js";
import { MINIMAL } from "./minimal-config.js";

const ADVERSARIAL = {
  ...MINIMAL,
  kind: "adversarial-swarm",
  heldOutData: "held-out.jsonl",
  takers: [
    { name: "one", base: "base", adapter: "adapters/one" },
    { name: "two", base: "base", adapter: "adapters/two" },
  ],
};

function parse(changes: object = {}) {
  return adversarialConfig(parseConfig({ ...ADVERSARIAL, ...changes }, "run.yaml"), "run.yaml");
}

/** The problems of a config that is refused. */
function problems(changes: object): readonly string[] {
  try {
    parse(changes);
  } catch (error) {
    if (error instanceof ConfigError) {
      expect(error.code).toBe("INVALID_CONFIG");
      return error.problems;
    }
    throw error;
  }
  throw new Error("it was accepted");
}

describe("the config of an adversarial swarm", () => {
  it("fine-tunes its takers again on 240 instances where it says nothing but after how many moves", () => {
    expect(parse().adversarial.models.retune).toBeUndefined();
    const { retune } = parse({ adversarial: { models: { retune: { every: 2 } } } }).adversarial.models;
    expect(retune).toEqual({ every: 2, instances: 240 });
  });

  it("has the numbers of the authors' code where it says nothing", () => {
    const { windowSize, windowReplace, windowOrder, heldOutQuestions, comparison } = parse().adversarial;
    expect([windowSize, windowReplace, heldOutQuestions]).toEqual([200, 0.2, 200]);
    expect(windowOrder).toBe("first-in-last-out");
    expect(comparison.trainings).toHaveLength(6);
    expect(comparison.sft).toMatchObject({ epochs: 5, learningRate: 2e-4, batchSize: 32 });
  });

  it("stays the same when it is parsed once more", () => {
    const config = parse({ adversarial: { models: { social: 0.6 } } });
    expect(parseConfig(config, "run.yaml")).toEqual(config);
  });

  it("moves the takers by the generators' coefficients, but for those of its own", () => {
    const { inertia, cognitive, repel, stepLength } = parse().swarm;
    const config = parse({ adversarial: { models: { social: 0.6 } } });
    expect(modelCoefficients(config)).toEqual({ inertia, cognitive, social: 0.6, repel, stepLength });
  });

  it.each([
    ["a taker behind an endpoint", { name: "far", endpoint: "https://host/v1", model: "m" }, "takers.1: "],
    ["a taker without an adapter", { name: "bare", base: "base" }, "takers.1: "],
    ["a taker on another base", { name: "other", base: "else", adapter: "a" }, "takers.1: "],
  ])("refuses %s with one line", (_, taker, place) => {
    const found = problems({ takers: [ADVERSARIAL.takers[0], taker] });
    expect(found).toHaveLength(1);
    expect(found[0]?.startsWith(place)).toBe(true);
  });

  it.each([
    ["no held-out data", { heldOutData: undefined }, "heldOutData: "],
    ["an objective that compares with the seed data", { objective: "novel" }, "objective: "],
    ["tested bests", { swarm: { bestUpdate: "tested" } }, "swarm.bestUpdate: "],
    ["coefficients that are all 0", noCoefficients(), "adversarial.models.social: "],
    [
      "steps below the floor of their decay",
      { swarm: { stepDecay: { factor: 0.9, floor: 0.5 } }, adversarial: { models: { stepLength: 0.4 } } },
      "adversarial.models.stepLength: ",
    ],
    ["an id that leaves no room for those of its runs", { id: "x".repeat(81) }, "id: "],
    ["a window of nothing", { adversarial: { windowSize: 0 } }, "adversarial.windowSize: "],
    ["a window that replaces nothing", { adversarial: { windowReplace: 0 } }, "adversarial.windowReplace: "],
    [
      "a training that is named twice",
      { adversarial: { comparison: { trainings: ["dev-set", "dev-set"] } } },
      "adversarial.comparison.trainings: ",
    ],
  ])("refuses %s with one line", (_, changes, place) => {
    const found = problems(changes);
    expect(found).toHaveLength(1);
    expect(found[0]?.startsWith(place)).toBe(true);
  });

  it("refuses one taker where velocities start towards another one", () => {
    const changes = { takers: ADVERSARIAL.takers.slice(0, 1), swarm: { startVelocity: "random" } };
    expect(problems(changes).some((line) => line.startsWith("swarm.startVelocity: "))).toBe(true);
  });
});

function noCoefficients(): object {
  return { adversarial: { models: { inertia: 0, cognitive: 0, social: 0, repel: 0 } } };
}
