/** Whether adapters may be combined or used together. */
import { AdapterError } from "../error.js";
import { CONFIG_FILE, type AdapterFolder } from "../folder.js";
import type { AdapterConfig } from "./config.js";

/** What a LoRA adapter's tensors mean: two adapters that differ here live in different spaces. */
function meaning(config: AdapterConfig): Record<string, unknown> {
  const sorted = (pattern: Record<string, number> | null | undefined): [string, number][] =>
    Object.entries(pattern ?? {}).sort(([left], [right]) => (left < right ? -1 : 1));
  const modules = config.target_modules;
  return {
    r: config.r,
    lora_alpha: config.lora_alpha,
    target_modules: typeof modules === "string" ? modules : [...modules].sort(),
    use_rslora: config.use_rslora ?? false,
    use_dora: config.use_dora ?? false,
    fan_in_fan_out: config.fan_in_fan_out ?? false,
    bias: config.bias ?? "none",
    rank_pattern: sorted(config.rank_pattern),
    alpha_pattern: sorted(config.alpha_pattern),
  };
}

/** Throws `CONFIG_MISMATCH` where the configurations do not mean the same. */
export function assertSameMeaning(
  left: { readonly folder: AdapterFolder; readonly config: AdapterConfig },
  right: { readonly folder: AdapterFolder; readonly config: AdapterConfig },
): void {
  const expected = meaning(left.config);
  for (const [field, value] of Object.entries(meaning(right.config))) {
    const [found, wanted] = [JSON.stringify(value), JSON.stringify(expected[field])];
    if (found === wanted) continue;
    throw new AdapterError({
      code: "CONFIG_MISMATCH",
      file: `${right.folder.address}/${CONFIG_FILE}`,
      problem: `${field} is ${found}, but ${wanted} in ${left.folder.address}: adapters of one swarm must agree`,
    });
  }
}

/** Throws `UNSUPPORTED_LORA` where a tensor product scaled by alpha / r is not all that the adapter does. */
export function assertPlain(folder: AdapterFolder, config: AdapterConfig): void {
  const extras = [
    ...besideProducts(config),
    config.use_rslora && "use_rslora",
    config.fan_in_fan_out && "fan_in_fan_out",
    Object.keys(config.rank_pattern ?? {}).length > 0 && "rank_pattern",
  ];
  refuse(folder, extras, "embedded models take plain LoRA only");
}

/** Throws `UNSUPPORTED_LORA` where the adapter adds more to a module than a product BA times one alpha for all modules. */
export function assertProduct(folder: AdapterFolder, config: AdapterConfig): void {
  refuse(folder, besideProducts(config), "swarm.space delta takes adapters that only add B A; use swarm.space factors");
}

type Extra = string | false | null | undefined;

function besideProducts(config: AdapterConfig): Extra[] {
  return [
    config.use_dora && "use_dora",
    (config.bias ?? "none") !== "none" && "bias",
    (config.modules_to_save ?? []).length > 0 && "modules_to_save",
    Object.keys(config.alpha_pattern ?? {}).length > 0 && "alpha_pattern",
  ];
}

function refuse(folder: AdapterFolder, extras: readonly Extra[], reason: string): void {
  const used = extras.filter((name) => name !== false && name !== null && name !== undefined);
  if (used.length === 0) return;
  throw new AdapterError({
    code: "UNSUPPORTED_LORA",
    file: `${folder.address}/${CONFIG_FILE}`,
    problem: `uses ${used.join(", ")}; ${reason}`,
  });
}
