import type { InferenceSession, Tensor } from "onnxruntime-node";
import type { Manifest } from "./manifest.js";
import { floatTensor, type Tensors } from "./session.js";

/**
 * Capacities are whole blocks, so that the cost of masked positions is small and the place of every position within the
 * vectors that softmax adds up in is the same whatever the capacity: a row's numbers do not depend on its batch.
 */
const BLOCK = 64;

/** Memory of a cache by name, kept for the next one: the system takes longer to give fresh memory than it takes to use it. */
export type CacheMemory = Map<string, Float32Array>;

/**
 * Keys and values of up to `rows` sequences, in memory that the decode graph reads in place.
 *
 * Each layer has shape (rows, heads, capacity, head size), so the first n rows are one view without a copy.
 */
export class KeyValueCache {
  readonly #rows: number;
  readonly #heads: number;
  readonly #headSize: number;
  readonly #names: readonly string[];
  readonly #memory: CacheMemory;
  /** By name: as much of the memory as was needed so far. */
  #buffers: Float32Array[];
  readonly #views = new Map<number, Tensors>();
  #capacity = BLOCK;

  /** @param memory that no other cache uses */
  constructor(manifest: Manifest, { rows, memory }: { rows: number; memory: CacheMemory }) {
    this.#rows = rows;
    this.#heads = manifest.keyValueHeads;
    this.#headSize = manifest.headSize;
    this.#names = stateNames(manifest);
    this.#memory = memory;
    this.#buffers = this.#names.map(() => new Float32Array(0));
    this.#reserve(rows * this.#rowSize);
  }

  /** The graph's `past` inputs over the first `rows` rows. */
  past(rows: number): Tensors {
    let view = this.#views.get(rows);
    if (view === undefined) {
      const shape = [rows, this.#heads, this.#capacity, this.#headSize];
      const size = rows * this.#rowSize;
      view = Object.fromEntries(
        this.#names.map((name, index) => [`past.${name}`, floatTensor(this.#buffers[index]!.subarray(0, size), shape)]),
      );
      this.#views.set(rows, view);
    }
    return view;
  }

  /** Makes the capacity the fewest blocks that hold `positions`, of which the first `kept` of every row are kept. */
  fit(positions: number, kept: number): void {
    const capacity = Math.ceil(positions / BLOCK) * BLOCK;
    if (capacity === this.#capacity) return;
    const heads = this.#rows * this.#heads;
    const from = this.#capacity * this.#headSize;
    const to = capacity * this.#headSize;
    const length = kept * this.#headSize;
    this.#reserve(heads * to);
    for (const buffer of this.#buffers) {
      // In the order in which nothing is written over before it has moved.
      if (to < from) for (let head = 1; head < heads; head++) move(buffer, head * from, head * to, length);
      else for (let head = heads - 1; head > 0; head--) move(buffer, head * from, head * to, length);
    }
    this.#capacity = capacity;
    this.#views.clear();
  }

  /**
   * Starts a row with the first `length` positions of a row that the prefill graph gave.
   *
   * @param output `new.N.key` and `new.N.value`, of shape (rows, heads, positions, head size)
   * @param source which of its rows
   */
  start(
    row: number,
    output: InferenceSession.OnnxValueMapType,
    { source, length }: { source: number; length: number },
  ): void {
    for (const [index, buffer] of this.#buffers.entries()) {
      const { data, dims } = output[`new.${this.#names[index]!}`] as Tensor;
      const size = dims[2]! * this.#headSize;
      for (let head = 0; head < this.#heads; head++) {
        const from = (source * this.#heads + head) * size;
        const states = (data as Float32Array).subarray(from, from + length * this.#headSize);
        buffer.set(states, this.#place(row, head, 0));
      }
    }
  }

  /**
   * Puts one token's keys and values at `position` of a row.
   *
   * @param states what the decode graph gave as `new`, of shape (rows, layers, 2, heads, head size)
   */
  append(row: number, states: Float32Array, position: number): void {
    let from = row * this.#buffers.length * this.#heads * this.#headSize;
    for (const buffer of this.#buffers) {
      for (let head = 0; head < this.#heads; head++) {
        const to = this.#place(row, head, position);
        // A typed array's own copy costs more than it saves where there is so little.
        for (let index = 0; index < this.#headSize; index++) buffer[to + index] = states[from++]!;
      }
    }
  }

  /** Copies one row over another. */
  move(from: number, to: number): void {
    const size = this.#rowSize;
    for (const buffer of this.#buffers) move(buffer, from * size, to * size, size);
  }

  /** Makes the buffers at least `size` long. */
  #reserve(size: number): void {
    this.#buffers = this.#buffers.map((used, index) => {
      if (size <= used.length) return used;
      const name = this.#names[index]!;
      let memory = this.#memory.get(name);
      if (memory === undefined || memory.length < size) {
        memory = new Float32Array(size);
        memory.set(used);
        this.#memory.set(name, memory);
      }
      // What another cache left there could be no number, which no mask hides.
      return memory.subarray(0, size).fill(0, used.length);
    });
  }

  #place(row: number, head: number, position: number): number {
    return ((row * this.#heads + head) * this.#capacity + position) * this.#headSize;
  }

  get #rowSize(): number {
    return this.#heads * this.#capacity * this.#headSize;
  }
}

/** `0.key`, `0.value`, `1.key`, ...: what the graphs' names of keys and values end in, in the order of `new`. */
export function stateNames({ layers }: Manifest): string[] {
  return Array.from({ length: layers }, (_, layer) => [`${layer}.key`, `${layer}.value`]).flat();
}

function move(buffer: Float32Array, from: number, to: number, length: number): void {
  buffer.copyWithin(to, from, from + length);
}
