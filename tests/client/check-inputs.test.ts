import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkInputs } from "../../client/check-inputs.js";
import { describeError } from "../../client/errors.js";
import { loadConfig } from "../../config/load-config.js";
import { SMOKE } from "../support/swarm-engine.js";
import { temporaryDirectory } from "../support/temporary-directory.js";

const GRAPHS = "fixtures/datasets/graphs.jsonl";

describe("seed data", () => {
  it("has as many different questions as there are clusters, or the run does not begin", async () => {
    const lines = (await readFile(GRAPHS, "utf8")).split("\n").slice(0, 3);
    const questions = lines.map((line) => JSON.parse(line) as { readonly question: string });
    const path = join(await temporaryDirectory(), "few.jsonl");
    const written = Array.from({ length: 60 }, (_, index) => ({ ...questions[index % 3]!, id: `q${index}` }));
    await writeFile(path, written.map((one) => `${JSON.stringify(one)}\n`).join(""));

    const check = async (clusters: number): Promise<unknown> => {
      const { config } = await loadConfig(SMOKE, { set: [`seedData.path=${path}`, `generators.clusters=${clusters}`] });
      return checkInputs(config);
    };
    const refused: unknown = await check(4).catch((error: unknown) => error);
    expect(describeError(refused)).toMatchObject({ exitCode: 2, code: "INVALID_SEED_DATA" });
    expect((refused as Error).message).toMatch(/\b3 different\b.*\b4 clusters\b/);
    await expect(check(3)).resolves.toMatchObject({ seedQuestions: { length: 60 } });
  });
});
