import type { InferenceSession } from "onnxruntime-node";
import type { Manifest } from "./manifest.js";
import { floats, floatTensor, type Tensors } from "./session.js";

/**
 * Capacities are whole blocks, so that the cost of masked positions is small and the place of every position within the
 * vectors that softmax adds up in is the same whatever the capacity: a row's numbers do not depend on its batch.
 */
const BLOCK = 64;

/**
 * Keys and values of up to `rows` sequences, in memory that the decode graph reads in place.
 *
 * Each layer's buffer has shape (rows, heads, capacity, head size), so the first n rows are one view without a copy.
 */
export class KeyValueCache {
  readonly #rows: number;
  readonly #heads: number;
  readonly #headSize: number;
  readonly #buffers = new Map<string, Float32Array>();
  readonly #views = new Map<number, Tensors>();
  #capacity = BLOCK;

  constructor(manifest: Manifest, { rows }: { rows: number }) {
    this.#rows = rows;
    this.#heads = manifest.keyValueHeads;
    this.#headSize = manifest.headSize;
    for (let layer = 0; layer < manifest.layers; layer++) {
      for (const side of ["key", "value"])
        this.#buffers.set(`${layer}.${side}`, new Float32Array(this.#rows * this.#rowSize));
    }
  }

  /** The graph's `past` inputs over the first `rows` rows. */
  past(rows: number): Tensors {
    let view = this.#views.get(rows);
    if (view === undefined) {
      const shape = [rows, this.#heads, this.#capacity, this.#headSize];
      const size = rows * this.#rowSize;
      view = Object.fromEntries(
        [...this.#buffers].map(([name, buffer]) => [`past.${name}`, floatTensor(buffer.subarray(0, size), shape)]),
      );
      this.#views.set(rows, view);
    }
    return view;
  }

  /** Makes the capacity the fewest blocks that hold `positions`, of which the first `kept` of every row are kept. */
  fit(positions: number, kept: number): void {
    const capacity = Math.ceil(positions / BLOCK) * BLOCK;
    if (capacity === this.#capacity) return;
    const from = this.#capacity * this.#headSize;
    const to = capacity * this.#headSize;
    const length = kept * this.#headSize;
    for (const [name, old] of this.#buffers) {
      const buffer = new Float32Array(this.#rows * this.#heads * to);
      for (let head = 0; head < this.#rows * this.#heads; head++) {
        buffer.set(old.subarray(head * from, head * from + length), head * to);
      }
      this.#buffers.set(name, buffer);
    }
    this.#capacity = capacity;
    this.#views.clear();
  }

  /**
   * Copies new keys and values into `row` from `position` on.
   *
   * @param output what a graph gave as `new.N.key` and `new.N.value`, of shape (rows, heads, length, head size)
   * @param source which of its rows
   */
  write(
    output: InferenceSession.OnnxValueMapType,
    { source, length, row, position }: { source: number; length: number; row: number; position: number },
  ): void {
    const size = length * this.#headSize;
    for (const [name, buffer] of this.#buffers) {
      const states = floats(output, `new.${name}`);
      for (let head = 0; head < this.#heads; head++) {
        const from = (source * this.#heads + head) * size;
        const to = ((row * this.#heads + head) * this.#capacity + position) * this.#headSize;
        // A typed array's own copy costs more than it saves where there is only one token.
        if (length > 1) buffer.set(states.subarray(from, from + size), to);
        else for (let index = 0; index < size; index++) buffer[to + index] = states[from + index]!;
      }
    }
  }

  /** Copies one row over another. */
  move(from: number, to: number): void {
    const size = this.#rowSize;
    for (const buffer of this.#buffers.values()) buffer.copyWithin(to * size, from * size, (from + 1) * size);
  }

  get #rowSize(): number {
    return this.#heads * this.#capacity * this.#headSize;
  }
}
