import { appendFile, cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import type { RunContext } from "../../../activities/dependencies.js";
import { recipeOf } from "../../../activities/training/fine-tuning-recipe.js";
import { recipeDigest } from "../../../activities/sharing/shared-result.js";
import { parseConfig } from "../../../config/parse-config.js";
import { graderFor } from "../../../models/graders/registry.js";
import { manifestSchema } from "../../../models/onnx/manifest.js";
import { writeJsonLines } from "../../../store/json-lines.js";
import { writeJson } from "../../../store/json.js";
import { keys } from "../../../store/keys.js";
import { openStore } from "../../../store/open-store.js";
import { TINY_BUNDLE } from "../../client/small-run.js";
import { MINIMAL } from "../../config/minimal-config.js";
import { temporaryDirectory } from "../../support/temporary-directory.js";
import { NO_INPUTS } from "../no-inputs.js";
import { difficult } from "../../../swarm/objectives/difficult.js";

const QUESTIONS = ["In the graph A-B-C, is there a cycle?", "In the graph D-E-F-D, is there a cycle?"];
const SEED_DATA = { key: "artifacts/seed", sha256: "", bytes: 0 };
const manifest: unknown = JSON.parse(await readFile(join(TINY_BUNDLE, "onnx", "manifest.json"), "utf8"));
const lora = manifestSchema.shape.lora.parse((manifest as { readonly lora: unknown }).lora);

describe("the name of a fine-tuned generator in the store", () => {
  let base: string;
  let store: RunContext["store"];

  beforeEach(async () => {
    const folder = await temporaryDirectory();
    base = join(folder, "base");
    await cp(TINY_BUNDLE, base, { recursive: true });
    store = await openStore(join(folder, "store"));
    await writeJsonLines(
      store,
      SEED_DATA.key,
      QUESTIONS.map((question, index) => ({ id: `q${index}`, question })),
    );
    await writeJson(store, keys.clusters("run"), [{ cluster: 0, questionIds: ["q0", "q1"] }]);
  });

  async function name(config: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const context: RunContext = {
      runId: "run",
      store,
      config: parseConfig({ ...MINIMAL, ...config }, "run.yaml"),
      inputs: { ...NO_INPUTS, seedData: SEED_DATA, generatorBase: base },
      grader: graderFor("graphs"),
      objective: difficult,
    };
    return recipeDigest(await recipeOf(context, { lora }, 0));
  }

  it("is the same for the same model elsewhere, and for another search on it", async () => {
    const before = await name();
    await cp(base, `${base}-moved`, { recursive: true });
    base = `${base}-moved`;
    await writeFile(join(base, "README.md"), "notes");
    expect(await name({ swarm: { inertia: 0.1 }, objective: "separate" })).toBe(before);
  });

  it.each(["config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors", "onnx/train.onnx"])(
    "is another where the base model's %s is another",
    async (file) => {
      const before = await name();
      await appendFile(join(base, file), "\n");
      expect(await name()).not.toBe(before);
    },
  );

  it("is another for other training", async () => {
    const before = await name();
    expect(await name({ seed: 2 })).not.toBe(before);
    expect(await name({ generators: { base: "base", sft: { epochs: 6 } } })).not.toBe(before);
  });
});
