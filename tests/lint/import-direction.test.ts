import { ESLint, Linter } from "eslint";
import { join } from "node:path";
import { parser } from "typescript-eslint";
import { describe, expect, test } from "vitest";
import { DIRECTIONS, importDirection } from "../../lint/import-direction.js";

const root = join(import.meta.dirname, "../..");

function reported({ file, code }: { file: string; code: string }): readonly (string | null | undefined)[] {
  const messages = new Linter({ cwd: root }).verify(
    code,
    [
      {
        files: ["**/*.ts"],
        languageOptions: { parser },
        plugins: { ours: { rules: { "import-direction": importDirection } } },
        rules: { "ours/import-direction": "error" },
      },
    ],
    join(root, file),
  );
  return messages.map((message) => message.messageId ?? message.message);
}

describe("the rule on import directions", () => {
  test.each([
    ["swarm/advance.ts", 'import { keys } from "../store/keys.js";', "direction"],
    ["swarm/objectives/novel.ts", 'import type { Store } from "../../store/store.js";', "direction"],
    ["metrics/quality.ts", 'import { readFile } from "node:fs/promises";', "builtin"],
    ["swarm/advance.ts", 'import type { Readable } from "stream";', "builtin"],
    ["swarm/advance.ts", 'import { sleep } from "@temporalio/workflow";', "effects"],
    ["store/s3.ts", 'import { answer } from "../models/records.js";', "direction"],
    ["adapters/read.ts", 'import { manifest } from "../models/onnx/manifest.js";', "typesOnly"],
    ["activities/sample.ts", 'import { run } from "../client/run.js";', "direction"],
    ["activities/sample.ts", 'import type { Status } from "../workflows/messages.js";', "direction"],
    ["workflows/data-swarm.ts", 'import { createActivities } from "../activities/index.js";', "typesOnly"],
    ["workflows/data-swarm.ts", 'import { type Activities } from "../activities/index.js";', "typesOnly"],
    ["workflows/data-swarm.ts", 'export { score } from "../activities/score.js";', "typesOnly"],
    ["workflows/data-swarm.ts", 'import { randomUUID } from "node:crypto";', "builtin"],
    ["workflows/data-swarm.ts", 'import pino from "pino";', "workflowPackage"],
    ["client/run.ts", 'import { dataSwarm } from "../workflows/index.js";', "typesOnly"],
    ["client/run.ts", 'await import("../workflows/index.js");', "typesOnly"],
    ["client/run.ts", 'import { model } from "../tests/support/model.js";', "outside"],
    ["models/onnx/train.ts", 'type A = import("../../activities/index.js").A;', "direction"],
    ["report/page.ts", 'export * from "../client/watch.js";', "direction"],
  ])("reports in %s: %s", (file, code, messageId) => {
    expect(reported({ file, code })).toEqual([messageId]);
  });

  test.each([
    ["swarm/advance.ts", 'import { RandomStream } from "./random.js"; import { mean } from "simple-statistics";'],
    ["metrics/diversity.ts", 'import { mean } from "../swarm/statistics.js";'],
    ["store/directory.ts", 'import { open } from "node:fs/promises";'],
    ["models/onnx/train.ts", 'import { readAdapter } from "../../adapters/read.js";'],
    ["activities/sample.ts", 'import { generate } from "../models/onnx/generate.js";'],
    ["workflows/data-swarm.ts", 'import type { Activities } from "../activities/index.js";'],
    [
      "workflows/data-swarm.ts",
      'import { advance } from "../swarm/advance.js"; import { log } from "@temporalio/workflow";',
    ],
    [
      "client/run.ts",
      'import type { dataSwarm } from "../workflows/index.js"; import { work } from "../workers/work.js";',
    ],
    ["tests/swarm/advance.test.ts", 'import { advance } from "../../swarm/advance.js";'],
  ])("accepts in %s: %s", (file, code) => {
    expect(reported({ file, code })).toEqual([]);
  });

  test("a folder that another may import by value never imports that one back", () => {
    const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
      (DIRECTIONS[from]?.values ?? []).some((next) => {
        if (next === to) return true;
        if (seen.has(next)) return false;
        seen.add(next);
        return reaches(next, to, seen);
      });
    expect(Object.keys(DIRECTIONS).filter((folder) => reaches(folder, folder))).toEqual([]);
  });

  test("is an error in the project's own lint settings, in every folder", async () => {
    const eslint = new ESLint({ cwd: root });
    for (const folder of Object.keys(DIRECTIONS)) {
      const config = (await eslint.calculateConfigForFile(join(root, folder, "any.ts"))) as Linter.Config;
      expect(config.rules?.["data-swarms/import-direction"], folder).toEqual([2]);
    }
  });
});
