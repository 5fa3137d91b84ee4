import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadConfig } from "../../config/load-config.js";
import { packageRoot } from "../../config/package-root.js";
import { swarmConfig } from "../../config/swarm-config.js";

const FOLDER = join(packageRoot(), "fixtures", "configs");

describe.each(["quickstart", "search", "smoke", "adversarial", "baseline"])("the config %s", (name) => {
  it("is valid and bears its file's name", async () => {
    const { runId, config } = await loadConfig(join(FOLDER, `${name}.yaml`), { digestOf: async () => "content" });
    expect(runId).toBe(name);
    await expect(readFile(config.seedData.path, "utf8")).resolves.toContain('"question"');
  });
});

it("the quick start is a swarm of four generators for at least eight iterations, measured on 400 fresh questions", async () => {
  const loaded = await loadConfig(join(FOLDER, "quickstart.yaml"), { digestOf: async () => "content" });
  const config = swarmConfig(loaded.config, "quickstart.yaml");
  expect(config.generators.clusters).toBeGreaterThanOrEqual(4);
  expect(config.swarm.maxIterations).toBeGreaterThanOrEqual(8);
  expect(config.swarm.patience).toBeGreaterThanOrEqual(config.swarm.maxIterations);
  expect(config.evaluation.freshQuestions).toBeGreaterThanOrEqual(400);
  expect(config.takers.length).toBeGreaterThanOrEqual(4);
});
