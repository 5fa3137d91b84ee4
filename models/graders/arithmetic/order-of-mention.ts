import { MalformedQuestion } from "./parse-result.js";
import type { ArithmeticRule } from "./rule.js";

/** People or things, numbered in the order in which a question first tells of them. */
export class OrderOfMention {
  readonly #indices = new Map<string, number>();
  readonly #rules: { readonly twice: ArithmeticRule; readonly never: ArithmeticRule };

  constructor(rules: { readonly twice: ArithmeticRule; readonly never: ArithmeticRule }) {
    this.#rules = rules;
  }

  /** Somebody or something that must not have been told of before. */
  add(word: string): void {
    if (this.#indices.has(word)) throw new MalformedQuestion(this.#rules.twice, `${word}: told of twice`);
    this.#indices.set(word, this.#indices.size);
  }

  /** The number of somebody or something that must have been told of before. */
  indexOf(word: string): number {
    const index = this.#indices.get(word);
    if (index === undefined) throw new MalformedQuestion(this.#rules.never, `nothing is told of ${word}`);
    return index;
  }
}

/** People: {@link OrderOfMention} with the rules' names. */
export function peopleInOrder(): OrderOfMention {
  return new OrderOfMention({ twice: "person told twice", never: "person not told" });
}
