import type { InferenceSession } from "onnxruntime-node";
import { KeyValueCache } from "./key-value-cache.js";
import type { Manifest } from "./manifest.js";
import { floats, integerTensor, type Tensors } from "./session.js";

/** Runs the prefill and decode graphs over a key-value cache whose rows are sequences of their own lengths. */
export class Decoder {
  readonly #prefill: InferenceSession;
  readonly #decode: InferenceSession;
  readonly #adapter: Tensors;
  readonly #cache: KeyValueCache;
  /** Tokens in each row of the cache. */
  readonly #lengths: number[] = [];

  /** @param adapter what the adapter graph made of a flat adapter */
  constructor(options: {
    prefill: InferenceSession;
    decode: InferenceSession;
    manifest: Manifest;
    adapter: Tensors;
    rows: number;
  }) {
    this.#prefill = options.prefill;
    this.#decode = options.decode;
    this.#adapter = options.adapter;
    this.#cache = new KeyValueCache(options.manifest, { rows: options.rows });
  }

  /** How many rows are in use: always the first ones. */
  get rows(): number {
    return this.#lengths.length;
  }

  /** Starts a sequence in `row`, a row in use or the next one, and returns the logits after its last token. */
  async start(row: number, prompt: readonly number[]): Promise<Float32Array> {
    const length = prompt.length;
    const output = await this.#prefill.run({
      ...this.#adapter,
      input_ids: integerTensor(prompt, [1, length]),
      count: integerTensor([length], [1]),
    });
    const kept = Math.max(0, ...this.#lengths);
    this.#lengths[row] = length;
    const longest = Math.max(...this.#lengths);
    this.#cache.fit(longest, Math.min(kept, longest));
    this.#cache.write(output, { source: 0, length, row, position: 0 });
    return floats(output, "logits");
  }

  /** Appends one token to every row and returns each row's next logits. */
  async step(tokens: readonly number[]): Promise<Float32Array[]> {
    const rows = this.rows;
    const output = await this.#decode.run({
      ...this.#adapter,
      ...this.#cache.past(rows),
      input_ids: integerTensor(tokens, [rows]),
      seen: integerTensor(this.#lengths, [rows]),
    });
    const longest = Math.max(...this.#lengths);
    this.#cache.fit(longest + 1, longest);
    for (let row = 0; row < rows; row++) {
      this.#cache.write(output, { source: row, length: 1, row, position: this.#lengths[row]! });
      this.#lengths[row]!++;
    }
    const logits = floats(output, "logits");
    const width = logits.length / rows;
    return tokens.map((_, row) => logits.subarray(row * width, (row + 1) * width));
  }

  /** Ends the sequence in `row`; the last row takes its place. */
  end(row: number): void {
    const last = this.rows - 1;
    if (row !== last) {
      this.#cache.move(last, row);
      this.#lengths[row] = this.#lengths[last]!;
    }
    this.#lengths.pop();
  }
}
