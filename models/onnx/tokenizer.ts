import { join } from "node:path";
import { Tokenizer } from "@huggingface/tokenizers";
import { type Bundle, parseJson, readBundleFile } from "./bundle.js";

/** A bundle's tokenizer. */
export interface BundleTokenizer {
  /** Token ids as the model expects a prompt, with a begin token where the tokenizer adds one. */
  encode(text: string): number[];
  /** Token ids of a continuation: nothing is added. */
  encodeContinuation(text: string): number[];
  /** The text of token ids, without special tokens. */
  decode(ids: readonly number[]): string;
  /** Bytes that a token stands for, as a string of the tokenizer's alphabet; empty for special tokens. */
  piece(id: number): string;
}

/** @throws {BundleError} where `tokenizer.json` is missing or is not a tokenizer */
export async function openTokenizer(bundle: Pick<Bundle, "directory">): Promise<BundleTokenizer> {
  const path = join(bundle.directory, "tokenizer.json");
  const definition = parseJson(await readBundleFile(path), path) as object;
  const tokenizer = new Tokenizer(definition, { clean_up_tokenization_spaces: false });
  return {
    encode: (text) => tokenizer.encode(text).ids,
    encodeContinuation: (text) => tokenizer.encode(text, { add_special_tokens: false }).ids,
    decode: (ids) => (ids.length === 0 ? "" : tokenizer.decode([...ids], { skip_special_tokens: true })),
    piece: (id) => tokenizer.id_to_token(id) ?? "",
  };
}
