import { describe, expect, it } from "vitest";
import { ConfigError } from "../../config/config-error.js";
import { isRecord } from "../../config/fields.js";
import { OBJECTIVES } from "../../config/objective-schema.js";
import { parseConfig } from "../../config/parse-config.js";
import { DOMAINS } from "../../config/schema.js";
import { swarmConfig } from "../../config/swarm-config.js";
import { graderNames } from "../../models/graders/registry.js";
import { objectives } from "../../swarm/objectives/registry.js";
import { MINIMAL } from "./minimal-config.js";

function failure(input: unknown): ConfigError {
  try {
    parseConfig(input, "run.yaml");
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error("it was accepted");
}

/** The minimal config with one value put at a path, sections in place of what is none. */
function withValue(path: string, value: unknown): unknown {
  const copy: Record<string, unknown> = structuredClone(MINIMAL);
  const names = path.split(".");
  let place = copy;
  for (const name of names.slice(0, -1)) {
    const inner = place[name];
    place = place[name] = isRecord(inner) ? inner : {};
  }
  place[names.at(-1) ?? ""] = value;
  return copy;
}

describe("a run config", () => {
  it("has the paper's numbers where it says nothing: section 3 and the grids of appendix C", () => {
    const config = swarmConfig(parseConfig(MINIMAL, "run.yaml"), "run.yaml");
    expect(config.generators).toMatchObject({ clusters: 4, examplesPerPrompt: 5 });
    expect(config.generators.sft).toMatchObject({ instances: 10_000, epochs: 5, learningRate: 2e-4, batchSize: 32 });
    expect(config.swarm).toMatchObject({ patience: 5, maxIterations: 30, questionsPerIteration: 200, minValid: 0.5 });
    expect([0.1, 0.2, 0.3]).toContain(config.swarm.inertia);
    expect([0.1, 0.2, 0.3, 0.4, 0.5]).toContain(config.swarm.cognitive);
    expect([0.2, 0.3, 0.4, 0.5, 0.6]).toContain(config.swarm.social);
    expect([0.01, 0.05, 0.1]).toContain(config.swarm.repel);
    expect([0.5, 0.6, 0.7, 0.8, 0.9, 1]).toContain(config.swarm.stepLength);
    expect(config.evaluation.freshQuestions).toBe(400);
  });

  it("leaves the authors' additions to Algorithm 1 off", () => {
    const { startVelocity, stepDecay, restart } = swarmConfig(parseConfig(MINIMAL, "run.yaml"), "run.yaml").swarm;
    expect([startVelocity, stepDecay, restart]).toEqual(["zero", undefined, undefined]);
  });

  it("stays the same when it is parsed once more", () => {
    for (const input of [
      MINIMAL,
      withValue("objective", { difficult: 0.6, consistent: 0.2, novel: 0.2 }),
      withValue("takers", [
        ...MINIMAL.takers,
        { name: "far", endpoint: "https://host/v1", model: "m", apiKeyVariable: "KEY" },
      ]),
    ]) {
      const config = parseConfig(input, "run.yaml");
      expect(parseConfig(config, "run.yaml")).toEqual(config);
    }
  });

  it("takes an objective by name or by weights, and seed data with and without a split", () => {
    expect(parseConfig(withValue("objective", "separate"), "").objective).toEqual({ separate: 1 });
    const weights = { difficult: 0.6, separate: 0.2, novel: 0.2 };
    expect(parseConfig(withValue("objective", weights), "").objective).toEqual(weights);
    expect(
      parseConfig(withValue("objective", { difficult: 0.7, separate: 0.1, novel: 0.1, consistent: 0.1 }), ""),
    ).toBeDefined();
    expect(parseConfig(withValue("seedData", "a.jsonl"), "").seedData).toEqual({ path: "a.jsonl" });
    expect(parseConfig(withValue("seedData", { path: "a.json", split: "dev" }), "").seedData).toEqual({
      path: "a.json",
      split: "dev",
    });
  });

  it("asks once and greedily where not told otherwise", () => {
    expect(parseConfig(MINIMAL, "").answering).toMatchObject({ samples: 1, temperature: 0 });
  });

  it("names the objectives and domains that the product has", () => {
    expect([...OBJECTIVES].sort()).toEqual([...objectives.keys()].sort());
    expect([...DOMAINS].sort()).toEqual(graderNames().sort());
  });

  it.each([
    ["seeds", 1, "seed"],
    ["swarm.inertias", 0.1, "inertia"],
    ["swarm.Patience", 5, "patience"],
    ["swarm.max_iterations", 5, "maxIterations"],
    ["generators.sft.learning_rate", 1, "learningRate"],
    ["generators.sampling.top_p", 1, "topP"],
    ["taker", [], "takers"],
    ["seed_data", "x", "seedData"],
    ["evaluation.freshQuestion", 1, "freshQuestions"],
    ["budget.token", 1, "tokens"],
    ["seedData.splits", "dev", "split"],
    ["objective.dificult", 1, "difficult"],
    ["swarm.restart.cooldown", 1, "coolDown"],
  ])("names the nearest known key of %s", (path, value, known) => {
    const error = failure(withValue(path, value));
    expect(error.code).toBe("INVALID_CONFIG");
    const line = error.problems.find((problem) => problem.startsWith(`${path}: `));
    expect(line).toContain(`did you mean ${known}?`);
  });

  it.each([
    ["seed", -1, "-1", "from 0"],
    ["seed", 1.5, "1.5", "whole number"],
    ["seed", "1", '"1"', "whole number"],
    ["seed", null, "null", "whole number"],
    ["name", "a/b", '"a/b"', "letters"],
    ["id", "-x", '"-x"', "letters"],
    ["domain", "math", '"math"', "graphs"],
    ["objective", "hard", '"hard"', "difficult, separate"],
    ["objective.difficult", 0, "0", "above 0 to 1"],
    ["generators.clusters", 0, "0", "from 1 to 100"],
    ["generators.base", "embedded:", '"embedded:"', "embedded:NAME"],
    ["generators.sft.learningRate", 0, "0", "above 0"],
    ["generators.sft.schedule", "step", '"step"', "cosine"],
    ["generators.sampling.topP", 1.1, "1.1", "to 1"],
    ["generators.sampling.from", "seed", '"seed"', "cluster, all"],
    ["takers", [], "[]", "at least one"],
    ["takers", "a", '"a"', "list"],
    ["judge.kind", "model", '"model"', "exact"],
    ["swarm", 5, "5", "inertia"],
    ["swarm.inertia", "fast", '"fast"', "from 0 to 10"],
    ["swarm.inertia", Number.NaN, "NaN", "from 0 to 10"],
    ["swarm.stepLength", 0, "0", "above 0"],
    ["swarm.patience", 0, "0", "from 1"],
    ["swarm.minValid", 1.01, "1.01", "from 0 to 1"],
    ["swarm.minNew", -0.1, "-0.1", "from 0 to 1"],
    ["swarm.startVelocity", true, "true", "zero, random"],
    ["evaluation.bootstrapSamples", 1, "1", "from 100"],
    ["iterationsPerExecution", 0, "0", "from 1"],
    ["budget.usd", -1, "-1", "above 0"],
    ["store", "", '""', "file:///directory"],
  ])("says where, what it got and what is allowed for %s: %j", (path, value, got, allowed) => {
    const error = failure(withValue(path, value));
    expect(error.code).toBe("INVALID_CONFIG");
    const line = error.problems.find((problem) => problem.startsWith(`${path}: got ${got};`));
    expect(line, error.message).toContain(allowed);
  });

  it.each(["name", "seed", "domain", "seedData", "generators", "takers", "objective", "kind"])("needs %s", (key) => {
    const { [key as keyof typeof MINIMAL]: _left, ...rest } = MINIMAL;
    const error = failure(rest);
    expect(error.code).toBe("INVALID_CONFIG");
    expect(
      error.problems.some((problem) => problem.startsWith(`${key}: missing`)),
      error.message,
    ).toBe(true);
  });

  it("tells all problems at once, a line each", () => {
    const error = failure({
      ...MINIMAL,
      seed: -1,
      swarm: { inertia: "x", speed: 1, reppel: 1 },
      extra: 1,
      takers: [{ name: "a" }],
    });
    expect(error.problems).toHaveLength(6);
    expect(error.message.split("\n")).toHaveLength(6);
    for (const path of ["seed", "swarm.inertia", "swarm.speed", "swarm.reppel", "extra", "takers.0.base"]) {
      expect(
        error.problems.filter((problem) => problem.startsWith(`${path}: `)),
        path,
      ).toHaveLength(1);
    }
  });

  it.each(["model-swarm", "agora"])("says that %s is not available yet", (kind) => {
    expect(failure({ ...MINIMAL, kind }).code).toBe("NOT_AVAILABLE");
  });

  it.each([["data-swarms"], [""], [7], [{}]])("does not take %j for a kind", (kind) => {
    expect(failure({ ...MINIMAL, kind }).code).toBe("INVALID_CONFIG");
  });

  it.each([[null], ["text"], [[]], [undefined]])("is no %j", (input) => {
    expect(failure(input).code).toBe("INVALID_CONFIG");
  });

  const taker = MINIMAL.takers[0];
  it.each<[string, unknown]>([
    ["takers.1.name", withValue("takers", [taker, taker])],
    ["unseenTakers.0.name", withValue("unseenTakers", [taker])],
    ["takers", { ...MINIMAL, objective: "separate", takers: [taker] }],
    ["takers", { ...MINIMAL, objective: "novel", takers: [taker] }],
    ["unseenTakers", { ...MINIMAL, objective: "separate", unseenTakers: [{ ...taker, name: "unseen" }] }],
    ["userQueries", withValue("objective", "personalized")],
    ["objective", withValue("objective", { difficult: 0.5, separate: 0.4 })],
    ["objective", withValue("objective", {})],
    ["swarm.social", withValue("swarm", { inertia: 0, cognitive: 0, social: 0, repel: 0 })],
    ["swarm.stepDecay.floor", withValue("swarm", { stepLength: 0.5, stepDecay: { factor: 0.9, floor: 0.6 } })],
    ["swarm.startVelocity", { ...MINIMAL, swarm: { startVelocity: "random" }, generators: { base: "x", clusters: 1 } }],
    ["swarm.retune", withValue("swarm", { retune: { every: 2 } })],
    ["generators.sampling.elite", withValue("generators.sampling", { elite: { share: 0.5 } })],
  ])("is refused where its sections do not fit each other: %s", (path, input) => {
    const { problems } = failure(input);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.startsWith(`${path}: `), problems[0]).toBe(true);
  });
});

describe("a taker at an endpoint", () => {
  const far = { name: "far", endpoint: "http://localhost:8000/v1", model: "m" };

  it("is told from an embedded one by what it names", () => {
    const { takers } = parseConfig(withValue("takers", [far, { ...far, name: "b", apiKeyVariable: "VLLM_KEY" }]), "");
    expect(takers).toMatchObject([far, { ...far, name: "b", apiKeyVariable: "VLLM_KEY" }]);
  });

  it.each([
    ["apiKey", "sk-secret-123"],
    ["api_key", "sk-secret-123"],
    ["token", "sk-secret-123"],
    ["apiKeyVariable", "sk-secret-123"],
    ["endpoint", "https://user:sk-secret-123@host/v1"],
    ["endpoint", "https://host/v1?key=sk-secret-123"],
  ])("never holds a secret, and the secret is not repeated: %s", (key, value) => {
    const error = failure(withValue("takers", [{ ...far, [key]: value }]));
    expect(error.problems).toHaveLength(1);
    expect(error.problems[0]?.startsWith(`takers.0.${key}: `)).toBe(true);
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain("sk-secret");
  });

  it.each(["ftp://host", "host:8000", "", 5])("needs an http(s) URL, not %j", (endpoint) => {
    expect(failure(withValue("takers", [{ ...far, endpoint }])).problems[0]?.startsWith("takers.0.endpoint: ")).toBe(
      true,
    );
  });

  it("has no base and no adapter", () => {
    expect(failure(withValue("takers", [{ ...far, adapter: "x" }])).problems[0]?.startsWith("takers.0.adapter: ")).toBe(
      true,
    );
  });
});
