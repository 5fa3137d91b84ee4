/** `init_lora_weights`: whether the base model is as it was once an adapter has been made. Source: `layer.py` of PEFT 0.21.2. */

/** A and B get numbers, the base model stays. */
const OF_THE_FACTORS = new Set(["true", "false", "gaussian", "eva", "orthogonal", "mica"]);

/** What is put into A and B is taken out of the base model; also PEFT takes these names with what follows them. */
const OUT_OF_THE_BASE = ["pissa", "olora", "corda", "lora_ga"];

export function leavesBase(initialisation: unknown): boolean {
  return OF_THE_FACTORS.has(nameOf(initialisation));
}

/** What such an initialisation makes of an adapter, and what to do. */
export function effectOnBase(initialisation: unknown): string {
  const name = nameOf(initialisation);
  if (OUT_OF_THE_BASE.some((start) => name.startsWith(start))) {
    return "PEFT takes what A and B start with out of the base model: save_pretrained with path_initial_model_for_weight_conversion writes plain LoRA";
  }
  if (name === "loftq") return "the base model is a quantised one: train with init_lora_weights true";
  return "no initialisation of PEFT 0.21.2 that leaves the base model as it is";
}

function nameOf(initialisation: unknown): string {
  return typeof initialisation === "string" ? initialisation.toLowerCase() : JSON.stringify(initialisation);
}
