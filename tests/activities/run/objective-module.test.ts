import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { importObjective } from "../../../activities/run/objective-module.js";
import { ConfigError } from "../../../config/config-error.js";
import { packageRoot } from "../../../config/package-root.js";
import { pseudoValues } from "../../../swarm/objectives/pseudo-values.js";
import { objectiveOf } from "../../../swarm/objectives/registry.js";

const NEEDS = "{ takers: 1, questionSets: 1, seedPerformance: false, relevance: false }";

function moduleText({ name = "mine", needs = NEEDS, score = "() => 0.5", worth = "undefined" } = {}): string {
  return `export default { name: ${JSON.stringify(name)}, description: "d", needs: ${needs}, score: ${score}, worth: ${worth} };`;
}

async function problemOf(text: string): Promise<string> {
  const error: unknown = await importObjective(text, "mine.mjs").then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ConfigError)) throw new Error("it was accepted");
  return error.message;
}

describe("the example of the documentation", () => {
  it("scores how much takers disagree: by hand, (1 + 0 + 0.75) / 3 for 2, 4 and 1 of four right", async () => {
    const path = join(packageRoot(), "fixtures", "objectives", "disagreement.mjs");
    const objective = await importObjective(await readFile(path, "utf8"), path);
    const performance = [
      [1, 1, 1],
      [1, 1, 0],
      [0, 1, 0],
      [0, 1, 0],
    ];
    expect(objective.score({ performance })).toBeCloseTo((1 + 0 + 0.75) / 3, 12);
  });
});

describe("an objective of the user's own", () => {
  it("is mixed with the product's by weight", async () => {
    const mine = await importObjective(moduleText(), "mine.mjs");
    const mixed = objectiveOf({ "/path/mine.mjs": 0.5, difficult: 0.5 }, new Map([["/path/mine.mjs", mine]]));
    expect(mixed.score({ performance: [[1, 0, 0, 0]] })).toBeCloseTo(0.5 * 0.5 + 0.5 * 0.75, 12);
  });

  it("may say what each question is worth, else leaving one out does", async () => {
    const performance = [[1, 0, 0]];
    const own = await importObjective(moduleText({ worth: "() => [0.1, 0.9, 0.2]" }), "mine.mjs");
    expect(pseudoValues(own, { performance })).toEqual([0.1, 0.9, 0.2]);
    expect(pseudoValues(await importObjective(moduleText(), "mine.mjs"), { performance })).toEqual([0.5, 0.5, 0.5]);
  });

  it.each(["() => [0.1]", "() => [0.1, NaN, 0.2]", "() => 0.5"])("must not give a worth by %s", async (worth) => {
    const objective = await importObjective(moduleText({ worth }), "mine.mjs");
    const choose = () => pseudoValues(objective, { performance: [[1, 0, 0]] });
    expect(choose).toThrow(expect.objectContaining({ code: "INVALID_SCORE" }));
  });

  it.each([
    ["no module", "export default {", "cannot be loaded"],
    ["no default export", "export const name = 1;", "the default export"],
    ["no score", `export default { name: "mine", description: "d", needs: ${NEEDS} };`, "score: a function"],
    ["a worth that is no function", moduleText({ worth: "0.5" }), "worth: a function"],
    ["needs that are incomplete", moduleText({ needs: "{ takers: 1 }" }), "needs.questionSets"],
    ["a name with a blank", moduleText({ name: "my own" }), "name: a name of lower-case"],
    ["a name of the product's own", moduleText({ name: "difficult" }), "one of the product's own"],
    ["an import of something beside it", `import "../other.mjs"; ${moduleText()}`, "cannot be loaded"],
  ])("is refused with one line where it has %s", async (_what, text, expected) => {
    expect(await problemOf(text)).toContain(expected);
  });

  it.each(["NaN", "Infinity", "'high'", "undefined"])("must not score %s", async (value) => {
    const objective = await importObjective(moduleText({ score: `() => ${value}` }), "mine.mjs");
    expect(() => objective.score({ performance: [[1]] })).toThrow(expect.objectContaining({ code: "INVALID_SCORE" }));
  });
});
