/** `adapter_config.json`: what a LoRA adapter was made for. Source: `peft.LoraConfig` of PEFT 0.21. */
import { z } from "zod";
import { GIT_LFS_POINTER_PROBLEM, isGitLfsPointer } from "../../config/git-lfs-pointer.js";
import { AdapterError } from "../error.js";
import { CONFIG_FILE, type AdapterFolder } from "../folder.js";
import { openPart } from "../open-part.js";
import { writeOutput } from "../output.js";
import type { ArtifactRef } from "../../store/store.js";

/** A longer file is not a configuration. */
const MAXIMUM_BYTES = 4 * 1024 * 1024;

const fields = z.looseObject({
  peft_type: z.literal("LORA"),
  base_model_name_or_path: z.string().nullish(),
  r: z.number().int().positive(),
  lora_alpha: z.number().positive(),
  /** Module names, or one pattern for them. */
  target_modules: z.union([z.array(z.string()), z.string()]).nullish(),
  /** Names of parameters, in place of modules or beside them. */
  target_parameters: z.array(z.string()).nullish(),
  use_rslora: z.boolean().nullish(),
  use_dora: z.boolean().nullish(),
  fan_in_fan_out: z.boolean().nullish(),
  bias: z.string().nullish(),
  modules_to_save: z.array(z.string()).nullish(),
  rank_pattern: z.record(z.string(), z.number()).nullish(),
  alpha_pattern: z.record(z.string(), z.number()).nullish(),
});

const schema = fields.refine(
  ({ target_modules: modules, target_parameters: parameters }) => size(modules) + size(parameters) > 0,
  {
    error: "names neither target_modules nor target_parameters",
  },
);

function size(list: string | readonly string[] | null | undefined): number {
  return list?.length ?? 0;
}

/** Fields that are not named here are kept as they were read; `fields.ts` tells what each means. */
export type AdapterConfig = z.infer<typeof schema>;

/** The configuration of a plain LoRA adapter, as PEFT writes it for inference. */
export function plainConfig(lora: {
  readonly rank: number;
  readonly alpha: number;
  readonly targetModules: readonly string[];
  /** A path or hub id, so that PEFT finds the base model by itself. */
  readonly baseModel?: string;
}): AdapterConfig {
  return {
    peft_type: "LORA",
    task_type: "CAUSAL_LM",
    base_model_name_or_path: lora.baseModel ?? null,
    inference_mode: true,
    r: lora.rank,
    lora_alpha: lora.alpha,
    lora_dropout: 0,
    target_modules: [...lora.targetModules],
    bias: "none",
    fan_in_fan_out: false,
    use_rslora: false,
    use_dora: false,
    modules_to_save: null,
    rank_pattern: {},
    alpha_pattern: {},
  };
}

/** Rejects with `INVALID_CONFIG` or `NOT_DOWNLOADED`, or as `openPart` does. */
export async function readConfig(folder: AdapterFolder): Promise<AdapterConfig> {
  const file = `${folder.address}/${CONFIG_FILE}`;
  const invalid = (problem: string, cause?: unknown): AdapterError =>
    new AdapterError({ code: "INVALID_CONFIG", file, problem, cause });
  const source = await openPart(folder, CONFIG_FILE);
  let parsed: unknown;
  try {
    if (source.size > MAXIMUM_BYTES) throw invalid(`has ${source.size} bytes: too long for a configuration`);
    const text = new TextDecoder().decode(await source.read(0, source.size));
    if (isGitLfsPointer(text))
      throw new AdapterError({ code: "NOT_DOWNLOADED", file, problem: GIT_LFS_POINTER_PROBLEM });
    parsed = JSON.parse(text);
  } catch (error) {
    throw error instanceof SyntaxError ? invalid("is not JSON", error) : error;
  } finally {
    await source.close();
  }
  const config = schema.safeParse(parsed);
  if (!config.success) throw invalid(`is not of a LoRA adapter (${z.prettifyError(config.error)})`);
  return config.data;
}

/** Written after the weights: a folder with this file is whole. */
export async function writeConfig(folder: AdapterFolder, config: AdapterConfig): Promise<ArtifactRef> {
  const text = `${JSON.stringify(config, null, 2)}\n`;
  return writeOutput(await folder.create(CONFIG_FILE), new TextEncoder().encode(text));
}
