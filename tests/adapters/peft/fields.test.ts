import { describe, expect, it } from "vitest";
import { localFolder } from "../../../adapters/folder.js";
import { activeFields } from "../../../adapters/peft/active-fields.js";
import { assertAdded, assertPlain, assertProduct, assertSameMeaning } from "../../../adapters/peft/compatibility.js";
import { type AdapterConfig, plainConfig } from "../../../adapters/peft/config.js";
import { FIELDS } from "../../../adapters/peft/fields.js";
import { leavesBase } from "../../../adapters/peft/initialisation.js";
import { goldenJson } from "../golden-files.js";

/** What `make_golden.py` found in PEFT's source. */
const PEFT = await goldenJson<{
  readonly peft: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly variants: readonly string[];
  readonly initialisations: readonly string[];
}>("peft-lora-config.json");

const FOLDER = localFolder("adapter");
const PLAIN = plainConfig({ rank: 8, alpha: 8, targetModules: ["q_proj"] });
/** As PEFT saves a configuration of which only the target modules were given. */
const SAVED = { ...PEFT.fields, target_modules: ["q_proj"], peft_version: PEFT.peft } as unknown as AdapterConfig;

const USES = { plain: assertPlain, product: assertProduct, added: assertAdded };

/** Which uses refuse a plain adapter with that difference. */
function refusedBy(difference: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(USES)
    .filter(([, use]) => {
      try {
        use(FOLDER, { ...SAVED, ...difference });
        return false;
      } catch (error) {
        expect(error).toMatchObject({ name: "AdapterError", code: "UNSUPPORTED_LORA" });
        const [name] = Object.keys(difference) as [string];
        expect((error as Error).message).toContain(`adapter/adapter_config.json: uses ${name}`);
        return true;
      }
    })
    .map(([name]) => name);
}

function mixes(left: Readonly<Record<string, unknown>>, right: Readonly<Record<string, unknown>>): boolean {
  const sides = [left, right].map((given) => ({ folder: FOLDER, config: { ...SAVED, ...given } })) as [never, never];
  try {
    assertSameMeaning(...sides);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ name: "AdapterError", code: "CONFIG_MISMATCH" });
    return false;
  }
}

describe("the table of fields", () => {
  it("has every field of PEFT's LoraConfig", () => {
    expect(Object.keys(PEFT.fields).filter((name) => !Object.hasOwn(FIELDS, name))).toEqual([]);
  });

  it("takes every field at PEFT's default for a plain adapter of which nothing needs to be said", () => {
    expect(activeFields(SAVED).map(({ name }) => name)).toEqual(["lora_alpha", "r"]);
    expect(() => assertSameMeaning({ folder: FOLDER, config: PLAIN }, { folder: FOLDER, config: SAVED })).not.toThrow();
  });

  it("has all that PEFT marks as another kind of LoRA for more than a product, but for one that only trains otherwise", () => {
    const refused = PEFT.variants.filter((name) => refusedBy({ [name]: { any: 1 } }).includes("product"));
    expect(refused).toEqual(PEFT.variants.filter((name) => name !== "velora_config"));
  });

  it("knows of every initialisation that PEFT declares whether it leaves the base model as it is", () => {
    const leaving = PEFT.initialisations.filter(leavesBase);
    expect(leaving).toEqual(["gaussian", "eva", "orthogonal", "mica"]);
  });
});

describe("a configuration", () => {
  it.each(["pissa", "pissa_niter_16", "olora", "OLoRA", "corda", "lora_ga"])(
    "with init_lora_weights %s changes the base model, and is told how to write plain LoRA",
    (initialisation) => {
      const difference = { init_lora_weights: initialisation };
      expect(refusedBy(difference)).toEqual(["plain", "product", "added"]);
      const use = (): void => assertPlain(FOLDER, { ...SAVED, ...difference });
      expect(use).toThrow(/path_initial_model_for_weight_conversion/);
      expect(mixes(difference, {})).toBe(false);
      expect(mixes(difference, difference)).toBe(true);
    },
  );

  it.each([true, false, null, "gaussian", "Gaussian", "eva", "orthogonal", "mica"])(
    "with init_lora_weights %s is plain, and may be mixed with one of another such initialisation",
    (initialisation) => {
      expect(refusedBy({ init_lora_weights: initialisation })).toEqual([]);
      expect(mixes({ init_lora_weights: initialisation }, { init_lora_weights: true })).toBe(true);
    },
  );

  it.each([
    { init_lora_weights: "loftq", loftq_config: { loftq_bits: 4, loftq_iter: 1 } },
    { init_lora_weights: "a later one" },
    { use_dora: true },
    { alora_invocation_tokens: [900, 901] },
    { use_qalora: true },
    { monteclora_config: { num_samples: 8 } },
    { arrow_config: { top_k: 3 } },
    { kasa_config: { beta: 1e-4, gamma: 1e-3 } },
    { kasa_config: {} },
    { enable_lora: [true, false, true] },
    { a_later_field: "on" },
    { a_later_field: 0 },
  ])("is not B A on the base model as it is with %o", (difference) => {
    expect(refusedBy(difference)).toEqual(["plain", "product", "added"]);
    expect(mixes(difference, {})).toBe(false);
    expect(mixes({}, difference)).toBe(false);
    expect(mixes(difference, difference)).toBe(true);
  });

  it.each([
    { bias: "lora_only" },
    { lora_bias: true },
    { modules_to_save: ["lm_head"] },
    { trainable_token_indices: [3, 4] },
    { ensure_weight_tying: true },
    { target_parameters: ["mlp.experts.gate_up_proj"] },
    { use_bdlora: { nblocks: 2, target_modules_bd_a: ["q_proj"], target_modules_bd_b: null, match_strict: true } },
  ])("has other tensors than A and B of one matrix with %o", (difference) => {
    expect(refusedBy(difference)).toEqual(["plain", "product"]);
    expect(mixes(difference, {})).toBe(false);
    expect(mixes(difference, difference)).toBe(true);
  });

  it.each([
    { use_rslora: true },
    { alpha_pattern: { q_proj: 4 } },
    { rank_pattern: { q_proj: 4 } },
    { fan_in_fan_out: true },
    { layer_replication: [[0, 4]] },
  ])("multiplies B A otherwise than a plain one with %o", (difference) => {
    expect(refusedBy(difference)).toEqual(["plain"]);
    expect(mixes(difference, {})).toBe(false);
  });

  it.each([
    { lora_dropout: 0.1 },
    { task_type: "CAUSAL_LM" },
    { inference_mode: true },
    { base_model_name_or_path: "another/place" },
    { peft_version: "0.22.0" },
    { velora_config: { num_groups: 64, scale: 1, init_type: "random" } },
    { eva_config: { rho: 2 } },
    // Of methods that are not in use.
    { loftq_config: { loftq_bits: 4 } },
    { corda_config: { corda_method: "ipm" } },
    { qalora_group_size: 32 },
    { merge_weights: true },
    { alora_invocation_tokens: [] },
    // A field of a later version at a value that turns nothing on.
    { a_later_field: null, another: false, a_third: {}, a_fourth: [], a_fifth: "" },
  ])("says nothing of the weights with %o", (difference) => {
    expect(refusedBy(difference)).toEqual([]);
    expect(mixes(difference, {})).toBe(true);
  });

  it("means the same where a list that is a set has another order, and another thing where an order counts", () => {
    const parameters = ["mlp.experts.gate_up_proj", "mlp.experts.down_proj"];
    expect(mixes({ target_parameters: parameters }, { target_parameters: parameters.toReversed() })).toBe(true);
    expect(mixes({ alora_invocation_tokens: [1, 2] }, { alora_invocation_tokens: [2, 1] })).toBe(false);
    // The first key that matches counts.
    expect(mixes({ alpha_pattern: { q: 1, ".*": 2 } }, { alpha_pattern: { ".*": 2, q: 1 } })).toBe(false);
    expect(mixes({ use_bdlora: { a: 1, b: 2 } }, { use_bdlora: { b: 2, a: 1 } })).toBe(true);
  });

  it("is told by a field that no PEFT has where it has one", () => {
    expect(() => assertPlain(FOLDER, { ...SAVED, lora_dtype: "auto" })).toThrow(
      'uses lora_dtype "auto" (no field of PEFT 0.21.2: take it out if it says nothing about the weights)',
    );
  });
});
