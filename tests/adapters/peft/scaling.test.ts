import { describe, expect, it } from "vitest";
import { plainConfig } from "../../../adapters/peft/config.js";
import { scaling } from "../../../adapters/peft/scaling.js";
import { goldenJson } from "../golden-files.js";

const PLAIN = plainConfig({ rank: 4, alpha: 16, targetModules: ["q_proj"] });

interface Pattern {
  readonly keys: readonly string[];
  readonly module: string;
  /** The key that PEFT's own function gives; the module itself where none matches. */
  readonly key: string;
}
const { patterns } = await goldenJson<{ patterns: readonly Pattern[] }>("peft-lora-config.json");

describe("scaling", () => {
  it("is alpha / r, and alpha / √r for rsLoRA", () => {
    expect(scaling(PLAIN, { name: "q_proj", rank: 4 }, "c")).toBe(4);
    expect(scaling(PLAIN, { name: "q_proj", rank: 8 }, "c")).toBe(2);
    expect(scaling({ ...PLAIN, use_rslora: true }, { name: "q_proj", rank: 4 }, "c")).toBe(8);
  });

  it.each(patterns)("finds the key of $keys that PEFT finds for $module", ({ keys, module, key }) => {
    const alphas = Object.fromEntries(keys.map((name, index) => [name, 100 + index]));
    const found = scaling({ ...PLAIN, alpha_pattern: alphas }, { name: `base_model.model.${module}`, rank: 1 }, "c");
    expect(found).toBe(alphas[key] ?? 16);
  });

  it("refuses a key that is no regular expression", () => {
    const config = { ...PLAIN, alpha_pattern: { "(q_proj": 4 } };
    const scale = (): number => scaling(config, { name: "q_proj", rank: 4 }, "c");
    expect(scale).toThrow(expect.objectContaining({ code: "INVALID_CONFIG", file: "c" }));
  });
});
