/** `onnx/manifest.json` of a model bundle: what `python/export` promises about the graphs beside it. */
import { z } from "zod";

/** One LoRA tensor in the flat adapter vector that the graphs take as one input. */
const adapterTensor = z.strictObject({
  /** The tensor's name in a PEFT file, such as `base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight`. */
  name: z.string(),
  shape: z.tuple([z.number().int().positive(), z.number().int().positive()]),
  /** Position of its first number in the vector. Tensors lie in ascending order of name without gaps. */
  offset: z.number().int().nonnegative(),
});

export const manifestSchema = z.strictObject({
  format: z.literal("data-swarms-onnx/2"),
  /** Digest of `model.safetensors`: what an adapter was trained on. */
  baseSha256: z.string().regex(/^[0-9a-f]{64}$/),
  vocabulary: z.number().int().positive(),
  hidden: z.number().int().positive(),
  layers: z.number().int().positive(),
  keyValueHeads: z.number().int().positive(),
  headSize: z.number().int().positive(),
  /** Longest sequence, in tokens. */
  context: z.number().int().positive(),
  beginToken: z.number().int().nonnegative().nullable(),
  endTokens: z.array(z.number().int().nonnegative()).min(1),
  padToken: z.number().int().nonnegative(),
  lora: z.strictObject({
    rank: z.number().int().positive(),
    alpha: z.number().positive(),
    targetModules: z.array(z.string()).min(1),
    parameters: z.number().int().positive(),
    tensors: z.array(adapterTensor).min(1),
  }),
  /** File names beside the manifest. `adapter` prepares a flat adapter for `prefill`, `decode` and `embed`. */
  graphs: z.strictObject({
    adapter: z.string(),
    prefill: z.string(),
    decode: z.string(),
    embed: z.string(),
    train: z.string(),
  }),
});

export type Manifest = z.infer<typeof manifestSchema>;
