/** Whether adapters may be combined or used together. */
import { AdapterError } from "../error.js";
import { CONFIG_FILE, type AdapterFolder } from "../folder.js";
import { type ActiveField, activeFields, textOf } from "./active-fields.js";
import type { AdapterConfig } from "./config.js";
import type { FieldKind } from "./fields.js";

/**
 * Throws `CONFIG_MISMATCH` where the configurations give the tensors another meaning. Which modules have tensors is not compared here:
 * the tensors tell, a pattern for their modules and a list of them may mean the same.
 */
export function assertSameMeaning(
  left: { readonly folder: AdapterFolder; readonly config: AdapterConfig },
  right: { readonly folder: AdapterFolder; readonly config: AdapterConfig },
): void {
  const [wanted, found] = [textsOf(left.config), textsOf(right.config)];
  for (const name of new Set([...found.keys(), ...wanted.keys()])) {
    if (found.get(name) === wanted.get(name)) continue;
    const [theirs, ours] = [found.get(name) ?? "not in use", wanted.get(name) ?? "not in use"];
    throw new AdapterError({
      code: "CONFIG_MISMATCH",
      file: `${right.folder.address}/${CONFIG_FILE}`,
      problem: `${name} is ${theirs}, but ${ours} in ${left.folder.address}: adapters of one swarm must agree`,
    });
  }
}

function textsOf(config: AdapterConfig): ReadonlyMap<string, string> {
  return new Map(activeFields(config).map((active) => [active.name, textOf(active)]));
}

/** Throws `UNSUPPORTED_LORA` where B A times alpha / r, added to the base model, is not all that the adapter does. */
export function assertPlain(folder: AdapterFolder, config: AdapterConfig): void {
  refuse(folder, config, ["scaling", "tensors", "space"], "embedded models take plain LoRA only");
}

/** Throws `UNSUPPORTED_LORA` where the adapter does more than to add to each module a product B A, times a scale of the module's own. */
export function assertProduct(folder: AdapterFolder, config: AdapterConfig): void {
  const reason = "swarm.space delta takes adapters that only add B A; use swarm.space factors";
  refuse(folder, config, ["tensors", "space"], reason);
}

/** Throws `UNSUPPORTED_LORA` where the adapter does not add to the base model as it is what its tensors say. */
export function assertAdded(folder: AdapterFolder, config: AdapterConfig): void {
  refuse(folder, config, ["space"], "a mean is taken of adapters that add B A to the base model as it is");
}

function refuse(folder: AdapterFolder, config: AdapterConfig, kinds: readonly FieldKind[], reason: string): void {
  const used = activeFields(config).filter(({ field }) => kinds.includes(field.kind));
  // A field that details another is told with that one.
  const main = used.filter(({ field }) => field.onlyWith === undefined);
  if (main.length === 0) return;
  throw new AdapterError({
    code: "UNSUPPORTED_LORA",
    file: `${folder.address}/${CONFIG_FILE}`,
    problem: `uses ${main.map(describe).join(", ")}; ${reason}`,
  });
}

function describe({ name, value, field: { effect } }: ActiveField): string {
  const told = typeof value === "string" ? `${name} ${JSON.stringify(value)}` : name;
  return effect === undefined ? told : `${told} (${effect})`;
}
