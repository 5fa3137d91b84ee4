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
}

/** What is used of the package's class, whose own declarations do not resolve under NodeNext. */
type PackageTokenizer = new (
  definition: object,
  settings: object,
) => {
  encode(text: string, options?: { add_special_tokens: boolean }): { ids: number[] };
  decode(ids: number[], options: { skip_special_tokens: boolean }): string;
};

/** @throws {BundleError} where `tokenizer.json` is missing or is not a tokenizer */
export async function openTokenizer(bundle: Pick<Bundle, "directory">): Promise<BundleTokenizer> {
  const path = join(bundle.directory, "tokenizer.json");
  const definition = parseJson(await readBundleFile(path), path) as object;
  const tokenizer = new (Tokenizer as unknown as PackageTokenizer)(definition, { clean_up_tokenization_spaces: false });
  return {
    encode: (text) => tokenizer.encode(text).ids,
    encodeContinuation: (text) => tokenizer.encode(text, { add_special_tokens: false }).ids,
    decode: (ids) => (ids.length === 0 ? "" : tokenizer.decode([...ids], { skip_special_tokens: true })),
  };
}
