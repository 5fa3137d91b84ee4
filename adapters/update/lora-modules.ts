/** The modules that an adapter changes, each by a pair of tensors. */
import { AdapterError, type AdapterErrorCode } from "../error.js";
import type { TensorEntry } from "../safetensors/header.js";
import type { SafetensorsReader } from "../safetensors/reader.js";

export interface LoraModule {
  /** What the names of its two tensors have in common, such as `base_model.model.model.layers.0.self_attn.q_proj`. */
  readonly name: string;
  /** rank × columns. */
  readonly a: TensorEntry;
  /** rows × rank. */
  readonly b: TensorEntry;
  readonly rank: number;
  readonly rows: number;
  readonly columns: number;
}

/** As PEFT names them: `q_proj.lora_A.weight`, `embed_tokens.lora_embedding_A`. */
const FACTOR = /^(.+)(\.lora_(?:embedding_)?)([AB])((?:\.weight)?)$/;

/**
 * The modules in the order of the file's bytes. Throws `UNSUPPORTED_LORA` where a tensor is no A or B, `MISSING_TENSOR` where one of
 * the two is not there, and `SHAPE_MISMATCH` where they can not be multiplied.
 */
export function loraModules(reader: SafetensorsReader): LoraModule[] {
  const refuse = (code: AdapterErrorCode, tensor: string, problem: string): never => {
    throw new AdapterError({ code, file: reader.file, tensor, problem });
  };
  const modules = new Map<string, LoraModule>();
  for (const { name: tensor } of reader.tensors) {
    const match = FACTOR.exec(tensor);
    if (match === null)
      return refuse("UNSUPPORTED_LORA", tensor, "is no lora_A or lora_B: swarm.space delta moves only those");
    const [, name = "", before = "", , after = ""] = match;
    const factor = (letter: string): TensorEntry => {
      const wanted = `${name}${before}${letter}${after}`;
      return reader.byName.get(wanted) ?? refuse("MISSING_TENSOR", wanted, `is missing, but ${tensor} is there`);
    };
    const [a, b] = [factor("A"), factor("B")];
    const [rank = 0, columns = 0] = a.shape;
    const [rows = 0, rankOfB = 0] = b.shape;
    const isPair = a.shape.length === 2 && b.shape.length === 2 && rank === rankOfB && rank * rows * columns > 0;
    if (!isPair) {
      const problem = `has shape [${b.shape.join(", ")}] and ${a.name} [${a.shape.join(", ")}]; B A needs [out, r] and [r, in]`;
      return refuse("SHAPE_MISMATCH", b.name, problem);
    }
    modules.set(a.name, { name, a, b, rank, rows, columns });
  }
  return [...modules.values()];
}
