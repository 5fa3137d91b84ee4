/**
 * Counter-based pseudo-random numbers: Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011).
 * A draw depends only on its key, never on what was drawn before it elsewhere, so a resumed run repeats an undisturbed one.
 */

/** What a stream of random numbers is for. Equal keys give equal streams. */
export interface RandomKey {
  /** The run's seed: an integer from 0 to 2^53 - 1. */
  readonly seed: number;
  /** What the numbers are used for, such as `"velocity"`. */
  readonly purpose: string;
  /** An integer from 0 to 2^32 - 1, as `particle` is; 0 where not given. */
  readonly iteration?: number;
  readonly particle?: number;
}

type Words = readonly [number, number, number, number];

const ROUNDS = 10;
const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;

/** One Philox4x32-10 block: four 32-bit words from a 128-bit counter and a 64-bit key. */
export function philox4x32(counter: Words, key: readonly [number, number]): Words {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(MULTIPLIER_0, c0);
    const low0 = Math.imul(MULTIPLIER_0, c0) >>> 0;
    const high1 = multiplyHigh(MULTIPLIER_1, c2);
    const low1 = Math.imul(MULTIPLIER_1, c2) >>> 0;
    c0 = (high1 ^ c1 ^ k0) >>> 0;
    c1 = low1;
    c2 = (high0 ^ c3 ^ k1) >>> 0;
    c3 = low0;
    k0 = (k0 + WEYL_0) >>> 0;
    k1 = (k1 + WEYL_1) >>> 0;
  }
  return [c0, c1, c2, c3];
}

/** Upper 32 bits of the 64-bit product of two unsigned 32-bit integers. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const carry = (middle & 0xffff) + aLow * bHigh;
  return (aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(carry / 0x10000)) >>> 0;
}

/** 32-bit FNV-1a hash of a string's UTF-16 code units. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash;
}

/** An endless stream of random numbers that is a pure function of its key. */
export class RandomStream {
  readonly #key: readonly [number, number];
  readonly #purpose: number;
  readonly #iteration: number;
  readonly #particle: number;
  #block = 0;
  #words: Words = [0, 0, 0, 0];
  #used = 4;

  constructor({ seed, purpose, iteration = 0, particle = 0 }: RandomKey) {
    if (!Number.isSafeInteger(seed) || seed < 0) {
      throw new RangeError(`seed must be an integer from 0 to ${Number.MAX_SAFE_INTEGER}, got ${seed}`);
    }
    for (const [name, value] of [
      ["iteration", iteration],
      ["particle", particle],
    ] as const) {
      // Other values would be cut to 32 bits, so that two keys share a stream.
      if (!Number.isInteger(value) || value < 0 || value > 0xffffffff) {
        throw new RangeError(`${name} must be an integer from 0 to 4294967295, got ${value}`);
      }
    }
    this.#key = [seed >>> 0, Math.floor(seed / 0x1_0000_0000)];
    this.#purpose = hash32(purpose);
    this.#iteration = iteration;
    this.#particle = particle;
  }

  /** An integer from 0 to 2^32 - 1. */
  uint32(): number {
    if (this.#used === 4) {
      this.#words = philox4x32([this.#block++, this.#purpose, this.#iteration, this.#particle], this.#key);
      this.#used = 0;
    }
    return this.#words[this.#used++] as number;
  }

  /** A number in [0, 1) with 32 random bits. */
  uniform(): number {
    return this.uint32() / 0x1_0000_0000;
  }

  /** An integer from `low` to `high`, both included, at most 2^32 values apart. */
  integer(low: number, high: number): number {
    if (!Number.isSafeInteger(low) || !Number.isSafeInteger(high) || high < low || high - low > 0xffffffff) {
      throw new RangeError(`cannot draw an integer from ${low} to ${high}: give two integers, the smaller first`);
    }
    return low + Math.floor(this.uniform() * (high - low + 1));
  }

  /** One item of a list that is not empty. */
  choice<Item>(items: readonly Item[]): Item {
    if (items.length === 0) throw new RangeError("cannot choose from an empty list");
    return items[this.integer(0, items.length - 1)] as Item;
  }

  /** An index, drawn in proportion to `weights` (not negative, not all zero). */
  weightedIndex(weights: readonly number[]): number {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    if (!weights.every((weight) => weight >= 0) || !(total > 0 && total < Infinity)) {
      throw new RangeError(`weights must be 0 or more and not all 0, got ${weights.join(", ") || "none"}`);
    }
    let rest = this.uniform() * total;
    for (const [index, weight] of weights.entries()) {
      rest -= weight;
      if (rest < 0) return index;
    }
    return weights.findLastIndex((weight) => weight > 0);
  }

  /** A new list with the same items in random order (Fisher-Yates). */
  shuffle<Item>(items: readonly Item[]): Item[] {
    const result = [...items];
    for (let last = result.length - 1; last > 0; last--) {
      const other = this.integer(0, last);
      [result[last], result[other]] = [result[other] as Item, result[last] as Item];
    }
    return result;
  }

  /** `count` different items in random order; all of them, shuffled, where there are fewer. */
  sample<Item>(items: readonly Item[], count: number): Item[] {
    if (!Number.isInteger(count) || count < 0)
      throw new RangeError(`count must be an integer of 0 or more, got ${count}`);
    return this.shuffle(items).slice(0, count);
  }

  /** A standard normal number (Box-Muller). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }
}
