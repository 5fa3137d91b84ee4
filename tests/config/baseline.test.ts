import { describe, expect, it } from "vitest";
import { baselineConfig } from "../../config/baseline-config.js";
import { METHODS } from "../../config/baseline-schema.js";
import { parseConfig } from "../../config/parse-config.js";
import { MINIMAL } from "./minimal-config.js";

function parse(baseline: object, more: object = {}) {
  return parseConfig({ ...MINIMAL, kind: "baseline", heldOutData: "held-out.jsonl", baseline, ...more }, "run.yaml");
}

function problems(baseline: object, more: object = {}): unknown {
  try {
    parse(baseline, more);
  } catch (error) {
    return (error as { problems: unknown }).problems;
  }
  throw new Error("the config is valid");
}

describe("the config of a baseline", () => {
  it.each(METHODS)("may name %s, with the paper's numbers where none are given", (method) => {
    expect(baselineConfig(parse({ method }), "run.yaml").baseline).toEqual({
      method,
      rounds: 10,
      questionsPerRound: 200,
      subsets: 10,
      subsetSize: 20,
      minValid: 0.5,
    });
  });

  it("names the methods there are and the key that was meant", () => {
    expect(problems({ method: "prompt-breader" })).toEqual([expect.stringContaining("prompt-breeder")]);
    expect(problems({ method: "dev-set", round: 3 })).toEqual([expect.stringContaining("rounds")]);
    expect(problems({ method: "autobencher", subsetSize: 1 })).toEqual([
      expect.stringContaining("baseline.subsetSize"),
    ]);
  });

  it("needs held-out data for the held-out set alone", () => {
    expect(problems({ method: "held-out-set" }, { heldOutData: undefined })).toEqual([
      expect.stringContaining("heldOutData"),
    ]);
    expect(parse({ method: "dev-set" }, { heldOutData: undefined }).kind).toBe("baseline");
  });

  it.each(["dev-set", "held-out-set"])(
    "refuses consistent, alone or weighted, for %s: one set has nothing to compare",
    (method) => {
      for (const objective of ["consistent", { difficult: 0.5, consistent: 0.5 }])
        expect(problems({ method }, { objective })).toEqual([
          expect.stringContaining("objective: consistent compares"),
        ]);
      expect(parse({ method }, { objective: "difficult" }).kind).toBe("baseline");
      expect(parse({ method: "self-instruct" }, { objective: "consistent" }).kind).toBe("baseline");
    },
  );

  it("needs enough questions to leave one out of four sets", () => {
    const small = { method: "prompt-breeder", population: 7, questionsPerRound: 7 };
    expect(problems(small, { objective: "consistent" })).toEqual([
      expect.stringContaining("baseline.questionsPerRound"),
      expect.stringContaining("baseline.population"),
    ]);
    expect(parse(small).kind).toBe("baseline");
  });

  it("is no config of a swarm, nor that of a swarm one of a baseline", () => {
    expect(() => baselineConfig(parseConfig(MINIMAL, "run.yaml"), "run.yaml")).toThrow(
      expect.objectContaining({ code: "INVALID_CONFIG" }),
    );
  });
});
