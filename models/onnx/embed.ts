import { BundleError } from "./bundle-error.js";
import type { OpenedModel } from "./opened-model.js";
import { floats, integerTensor } from "./session.js";

/** Most tokens, padding included, that are embedded at once. */
const TOKENS_PER_BATCH = 2048;

/**
 * Mean-pooled last hidden states of texts, in batches of similar length.
 *
 * @param done told after every batch how many texts were in it
 * @param stopped asked before every batch; once true, those that are left have vectors of zeros
 * @returns shape (texts, hidden), in the order of the texts
 */
export async function embed(
  model: OpenedModel,
  options: {
    texts: readonly string[];
    adapter: Float32Array | undefined;
    done: (texts: number) => void;
    stopped: () => boolean;
  },
): Promise<Float32Array> {
  const { texts, adapter, done, stopped } = options;
  const { hidden, context, padToken } = model.bundle.manifest;
  const result = new Float32Array(texts.length * hidden);
  if (stopped()) return result;
  const [session, prepared] = await Promise.all([model.session("embed"), model.prepareAdapter(adapter)]);
  const encoded = texts.map((text, index) => ({ index, tokens: model.tokenizer.encode(text) }));
  for (const { index, tokens } of encoded) {
    if (tokens.length > 0 && tokens.length <= context) continue;
    throw new BundleError({
      code: "prompt-length",
      message: `text ${index} has ${tokens.length} tokens; the model takes 1 to ${context}`,
    });
  }
  for (const batch of batches(encoded)) {
    if (stopped()) break;
    const length = Math.max(...batch.map(({ tokens }) => tokens.length));
    const ids = batch.flatMap(({ tokens }) => [...tokens, ...new Array<number>(length - tokens.length).fill(padToken)]);
    const output = await session.run({
      ...prepared,
      input_ids: integerTensor(ids, [batch.length, length]),
      count: integerTensor(
        batch.map(({ tokens }) => tokens.length),
        [batch.length],
      ),
    });
    const embeddings = floats(output, "embedding");
    for (const [row, { index }] of batch.entries()) {
      result.set(embeddings.subarray(row * hidden, (row + 1) * hidden), index * hidden);
    }
    done(batch.length);
  }
  return result;
}

function batches<Item extends { index: number; tokens: readonly number[] }>(items: readonly Item[]): Item[][] {
  const sorted = items.toSorted((a, b) => a.tokens.length - b.tokens.length || a.index - b.index);
  const result: Item[][] = [];
  for (const item of sorted) {
    const last = result.at(-1);
    if (last !== undefined && (last.length + 1) * item.tokens.length <= TOKENS_PER_BATCH) last.push(item);
    else result.push([item]);
  }
  return result;
}
