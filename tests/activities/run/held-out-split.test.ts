import { expect, it } from "vitest";
import { splitHeldOut } from "../../../activities/run/held-out-split.js";
import { ConfigError } from "../../../config/config-error.js";
import { parseConfig } from "../../../config/parse-config.js";
import { adversarialConfig } from "../../../config/swarm-config.js";

const config = adversarialConfig(
  parseConfig(
    {
      kind: "adversarial-swarm",
      name: "example",
      seed: 1,
      domain: "graphs",
      seedData: "seed.jsonl",
      heldOutData: "held-out.jsonl",
      generators: { base: "base" },
      takers: [{ name: "one", base: "base", adapter: "adapter" }],
      objective: "difficult",
      adversarial: { heldOutQuestions: 4, testQuestions: 5 },
    },
    "run.yaml",
  ),
  "run.yaml",
);
const questions = Array.from({ length: 12 }, (_, index) => ({ id: `q${index}`, question: `question ${index}` }));

it("draws questions for the curve and others for the test, the same for the same seed", () => {
  const { heldOut, test } = splitHeldOut(questions, config);
  expect([heldOut.length, test.length]).toEqual([4, 5]);
  expect(new Set([...heldOut, ...test].map(({ id }) => id)).size).toBe(9);
  expect(splitHeldOut(questions, config)).toEqual({ heldOut, test });
  expect(splitHeldOut(questions, { ...config, seed: 2 })).not.toEqual({ heldOut, test });
});

it("refuses data that has too few", () => {
  expect(() => splitHeldOut(questions.slice(0, 8), config)).toThrow(ConfigError);
});
