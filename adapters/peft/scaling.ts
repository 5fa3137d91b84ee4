/** What an adapter multiplies B A with. Source: `update_layer` and `get_pattern_key` of PEFT 0.21.2. */
import { AdapterError } from "../error.js";
import type { AdapterConfig } from "./config.js";

/**
 * The scale of one module: alpha / r, or alpha / √r (rsLoRA), where `alpha_pattern` may give the module an alpha of its own.
 * Throws `INVALID_CONFIG` where a key of it is no regular expression.
 * @param module as in the names of tensors: `base_model.model.model.layers.0.self_attn.q_proj`
 * @param file of the configuration, for errors
 */
export function scaling(
  config: AdapterConfig,
  { name, rank }: { readonly name: string; readonly rank: number },
  file: string,
): number {
  const alpha = alphaOf(config, name.replace(/^base_model\.model\./, ""), file);
  return alpha / (config.use_rslora === true ? Math.sqrt(rank) : rank);
}

function alphaOf({ lora_alpha, alpha_pattern }: AdapterConfig, module: string, file: string): number {
  for (const [key, alpha] of Object.entries(alpha_pattern ?? {})) {
    if (patternOf(key, file).test(module)) return alpha;
  }
  return lora_alpha;
}

/** The module's name, or its end from a dot on. */
function patternOf(key: string, file: string): RegExp {
  try {
    return new RegExp(`^(.*\\.)?(${key})$`, "u");
  } catch (cause) {
    const problem = `alpha_pattern has the key ${JSON.stringify(key)}, which is no regular expression that is known here`;
    throw new AdapterError({ code: "INVALID_CONFIG", file, problem, cause });
  }
}
