import { describe, expect, it } from "vitest";
import { checkpointIteration, keys } from "../../store/keys.js";
import { isObjectKey } from "../../store/object-key.js";
import { StoreError } from "../../store/store-error.js";

const DIGEST = "0".repeat(64);

function codeOf(make: () => string): string {
  try {
    return make();
  } catch (error) {
    return error instanceof StoreError ? error.code : String(error);
  }
}

describe("keys", () => {
  it("keep what unseen takers answered apart from what the search reads", () => {
    const folder = keys.seedEvaluation("run-1");
    expect([keys.pool(folder, "search"), keys.pool(folder, "unseen")]).toEqual([
      "runs/run-1/seed",
      "runs/run-1/seed/unseen",
    ]);
  });

  it("put what a best is tested on under the particle that challenged it", () => {
    expect(keys.confirmation("run-1", 7, 3, "global-incumbent")).toBe(
      `${keys.particle("run-1", 7, 3)}/global-incumbent`,
    );
  });

  it("are those that other programs rely on", () => {
    const folder = keys.particle("run-1", 7, 3);
    expect(folder).toBe("runs/run-1/iterations/0007/particles/03");
    expect([
      keys.config("run-1"),
      keys.adapterModel(folder),
      keys.adapterConfig(folder),
      keys.questions(folder),
      keys.answers(folder),
      keys.grades(folder),
      keys.score(folder),
      keys.checkpoint("run-1", 7),
      keys.result("run-1"),
      keys.report("run-1"),
      keys.artifact(DIGEST),
      keys.sharedResult(DIGEST),
      keys.release("nightly", new Date("2026-11-21T03:00:00Z")),
    ]).toEqual([
      "runs/run-1/config.yaml",
      "runs/run-1/iterations/0007/particles/03/adapter_model.safetensors",
      "runs/run-1/iterations/0007/particles/03/adapter_config.json",
      "runs/run-1/iterations/0007/particles/03/questions.jsonl",
      "runs/run-1/iterations/0007/particles/03/answers.jsonl",
      "runs/run-1/iterations/0007/particles/03/grades.jsonl",
      "runs/run-1/iterations/0007/particles/03/score.json",
      "runs/run-1/checkpoints/0007.json",
      "runs/run-1/result.json",
      "runs/run-1/report.html",
      `artifacts/${DIGEST}`,
      `artifacts/${DIGEST}/result.json`,
      "schedules/nightly/20261121T030000.000Z",
    ]);
  });

  it("are keys that every store takes", () => {
    const folder = keys.fresh("a", "initial-0");
    const made = [
      keys.inputs("a"),
      keys.clusters("a"),
      keys.velocity("a", 9999, 99),
      keys.sampling(folder),
      keys.answered(folder, "taker.1"),
      keys.takerAnswers(folder, "taker.1"),
      keys.judged(folder),
      keys.relevance(keys.seedEvaluation("a")),
      keys.release("a", new Date(0)),
    ];
    expect(made.filter((key) => !isObjectKey(key))).toEqual([]);
    expect(new Set(made).size).toBe(made.length);
  });

  it.each(["", "-a", ".a", "..", "a/b", "a b", "ä", "a".repeat(101)])("are not made of the run id %j", (id) => {
    expect(codeOf(() => keys.run(id))).toBe("INVALID_KEY");
    expect(codeOf(() => keys.schedule(id))).toBe("INVALID_KEY");
    expect(codeOf(() => keys.fresh("run", id))).toBe("INVALID_KEY");
  });

  it("take run ids of one to a hundred letters, digits, dots, underscores and hyphens", () => {
    for (const id of ["a", "0", "Run_1.2-x", "a".repeat(100)]) expect(keys.run(id)).toBe(`runs/${id}`);
  });

  it("are not made of numbers that do not fit their digits, nor of what is no digest", () => {
    for (const iteration of [-1, 0.5, 10_000, Number.NaN]) {
      expect(codeOf(() => keys.checkpoint("a", iteration))).toBe("INVALID_KEY");
    }
    expect(codeOf(() => keys.particle("a", 0, 100))).toBe("INVALID_KEY");
    expect(codeOf(() => keys.artifact("ABC"))).toBe("INVALID_KEY");
  });

  it("of checkpoints tell their iteration, other keys none", () => {
    expect(checkpointIteration(keys.checkpoint("a", 12))).toBe(12);
    for (const key of ["runs/a/checkpoints/12.json", "runs/a/checkpoints/0012.json.bak", "runs/a/result.json"]) {
      expect(checkpointIteration(key)).toBeUndefined();
    }
  });
});
