import type { InferenceSession, Tensor } from "onnxruntime-node";
import { type CacheMemory, KeyValueCache, stateNames } from "./key-value-cache.js";
import type { Manifest } from "./manifest.js";
import { floats, floatTensor, integerTensor, type Tensors } from "./session.js";

/** ONNX Runtime multiplies a single row in another way than several; so a lone row or token gets company. */
const FEWEST_ROWS = 2;

/** A prompt as tokens, of which the first `opening` are read apart from the rest: prompts with the same opening share them. */
export interface PromptTokens {
  readonly tokens: readonly number[];
  /** Fewer than there are tokens. */
  readonly opening: number;
}

/** Runs the prefill and decode graphs over a key-value cache whose rows are sequences of their own lengths. */
export class Decoder {
  readonly #prefill: InferenceSession;
  readonly #decode: InferenceSession;
  readonly #manifest: Manifest;
  readonly #adapter: Tensors;
  readonly #cache: KeyValueCache;
  /** Tokens in each row of the cache. */
  readonly #lengths: number[] = [];
  /** Tokens, and keys and values, of the last opening. */
  #opening: { readonly tokens: readonly number[]; readonly past: Tensors } | undefined;

  /**
   * @param adapter what the adapter graph made of a flat adapter
   * @param memory of the cache, which no other decoder uses at the same time; its own where not given
   */
  constructor(options: {
    prefill: InferenceSession;
    decode: InferenceSession;
    manifest: Manifest;
    adapter: Tensors;
    rows: number;
    memory?: CacheMemory;
  }) {
    this.#prefill = options.prefill;
    this.#decode = options.decode;
    this.#manifest = options.manifest;
    this.#adapter = options.adapter;
    const { rows, memory = new Map<string, Float32Array>() } = options;
    this.#cache = new KeyValueCache(options.manifest, { rows: Math.max(FEWEST_ROWS, rows), memory });
  }

  /** How many rows are in use: always the first ones. */
  get rows(): number {
    return this.#lengths.length;
  }

  /**
   * Starts sequences in the next rows and returns the logits after each one's last token.
   *
   * A prompt's numbers depend on its tokens and its opening alone, not on the prompts beside it, to the last bit.
   */
  async start(prompts: readonly PromptTokens[]): Promise<Float32Array[]> {
    const first = this.rows;
    const kept = Math.max(0, ...this.#lengths);
    this.#lengths.push(...prompts.map(({ tokens }) => tokens.length));
    this.#cache.fit(Math.max(...this.#lengths), kept);
    const logits = new Array<Float32Array>(prompts.length);
    const enter = (output: InferenceSession.OnnxValueMapType, indices: readonly number[]): void => {
      const rows = rowsOf(floats(output, "logits"), this.#manifest.vocabulary);
      for (const [source, index] of indices.entries()) {
        this.#cache.start(first + index, output, { source, length: prompts[index]!.tokens.length });
        logits[index] = rows[source]!;
      }
    };
    const whole = [...prompts.keys()].filter((index) => prompts[index]!.opening === 0);
    if (whole.length > 0) enter(await this.#readFromStart(whole.map((index) => prompts[index]!.tokens)), whole);
    for (const [index, { tokens, opening }] of prompts.entries()) {
      if (opening === 0) continue;
      const past = await this.#readOpening(tokens.slice(0, opening));
      const rest = tokens.slice(opening);
      enter(await this.#read([rest], { length: rest.length, past }), [index]);
    }
    return logits;
  }

  /** Appends one token to every row and returns each row's next logits. */
  async step(tokens: readonly number[]): Promise<Float32Array[]> {
    const unused = new Array<number>(Math.max(0, FEWEST_ROWS - tokens.length)).fill(0);
    const rows = tokens.length + unused.length;
    const output = await this.#decode.run({
      ...this.#adapter,
      ...this.#cache.past(rows),
      input_ids: integerTensor([...tokens, ...unused], [rows]),
      seen: integerTensor([...this.#lengths, ...unused], [rows]),
    });
    const longest = Math.max(...this.#lengths);
    this.#cache.fit(longest + 1, longest);
    const states = floats(output, "new");
    for (let row = 0; row < tokens.length; row++) this.#cache.append(row, states, this.#lengths[row]!++);
    return rowsOf(floats(output, "logits"), this.#manifest.vocabulary).slice(0, tokens.length);
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

  async #readOpening(tokens: readonly number[]): Promise<Tensors> {
    const known = this.#opening?.tokens;
    if (known?.length !== tokens.length || known.some((token, index) => token !== tokens[index])) {
      const output = await this.#read([tokens], { length: tokens.length, past: this.#nothing(1) });
      this.#opening = { tokens, past: this.#past((name) => output[`new.${name}`] as Tensor) };
    }
    return this.#opening!.past;
  }

  /** Reads texts from their beginnings. What is given back may have more rows. */
  #readFromStart(texts: readonly (readonly number[])[]): Promise<InferenceSession.OnnxValueMapType> {
    const company = new Array<number[]>(Math.max(0, FEWEST_ROWS - texts.length)).fill([this.#manifest.padToken]);
    const all = [...texts, ...company];
    const length = Math.max(FEWEST_ROWS, ...texts.map((text) => text.length));
    return this.#read(all, { length, past: this.#nothing(all.length) });
  }

  #read(
    texts: readonly (readonly number[])[],
    { length, past }: { length: number; past: Tensors },
  ): Promise<InferenceSession.OnnxValueMapType> {
    const { padToken } = this.#manifest;
    const ids = texts.flatMap((text) => [...text, ...new Array<number>(length - text.length).fill(padToken)]);
    const counts = texts.map((text) => text.length);
    return this.#prefill.run({
      ...this.#adapter,
      ...past,
      input_ids: integerTensor(ids, [texts.length, length]),
      count: integerTensor(counts, [texts.length]),
    });
  }

  #nothing(rows: number): Tensors {
    const { keyValueHeads, headSize } = this.#manifest;
    const none = floatTensor(new Float32Array(0), [rows, keyValueHeads, 0, headSize]);
    return this.#past(() => none);
  }

  #past(tensor: (name: string) => Tensor): Tensors {
    return Object.fromEntries(stateNames(this.#manifest).map((name) => [`past.${name}`, tensor(name)]));
  }
}

function rowsOf(values: Float32Array, width: number): Float32Array[] {
  return Array.from({ length: values.length / width }, (_, row) => values.subarray(row * width, (row + 1) * width));
}
