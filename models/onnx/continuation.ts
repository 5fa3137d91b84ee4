import { type RandomKey, RandomStream } from "../../swarm/random.js";
import type { Generation, Sampling } from "./generation.js";
import type { OpenedModel } from "./opened-model.js";
import { sampleToken } from "./sample-token.js";

/** Draws one row's tokens until it is finished. */
export class Continuation {
  readonly #model: OpenedModel;
  readonly #promptTokens: number;
  readonly #limit: number;
  readonly #random: RandomStream;
  readonly #sampling: Sampling;
  readonly #tokens: number[] = [];

  /** @param limit the most tokens that may be drawn: `maxNewTokens`, or less where the context is shorter */
  constructor(options: {
    model: OpenedModel;
    promptTokens: number;
    limit: number;
    random: RandomKey;
    sampling: Sampling;
  }) {
    this.#model = options.model;
    this.#promptTokens = options.promptTokens;
    this.#limit = options.limit;
    this.#random = new RandomStream(options.random);
    this.#sampling = options.sampling;
  }

  get lastToken(): number {
    return this.#tokens.at(-1)!;
  }

  /** Draws the next token; returns what was written where that token finished it. */
  draw(logits: Float32Array): Generation | undefined {
    const token = sampleToken(logits, this.#sampling, this.#random);
    this.#tokens.push(token);
    if (this.#model.bundle.manifest.endTokens.includes(token)) return this.#finished(this.#text(), "stop");
    const stopped = this.#textBeforeStop(token);
    if (stopped !== undefined) return this.#finished(stopped, "stop");
    if (this.#tokens.length === this.#limit) return this.#finished(this.#text(), "length");
    return undefined;
  }

  #text(): string {
    return this.#model.tokenizer.decode(this.#tokens);
  }

  #finished(text: string, finish: Generation["finish"]): Generation {
    return { text, promptTokens: this.#promptTokens, generatedTokens: this.#tokens.length, finish };
  }

  #textBeforeStop(token: number): string | undefined {
    const { stop } = this.#sampling;
    // Only a token that holds the stopping text's last character can complete it.
    if (stop === undefined || !this.#model.tokenizer.decode([token]).includes(stop.text.at(-1)!)) return undefined;
    const text = this.#text();
    let position = text.indexOf(stop.text);
    for (let found = 1; found < (stop.count ?? 1) && position !== -1; found++) {
      position = text.indexOf(stop.text, position + stop.text.length);
    }
    return position === -1 ? undefined : text.slice(0, position);
  }
}
