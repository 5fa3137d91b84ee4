import { MalformedQuestion } from "./parse-result.js";
import { LARGEST_NUMBER } from "./problem.js";
import type { ArithmeticRule } from "./rule.js";
import { NAMES, THINGS } from "./words.js";

/** Reads a question from left to right; whatever is not as a phrasing has it throws a {@link MalformedQuestion}. */
export class Scanner {
  readonly #text: string;
  #position = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Steps over `literal` where it comes next. */
  accept(literal: string): boolean {
    if (!this.#text.startsWith(literal, this.#position)) return false;
    this.#position += literal.length;
    return true;
  }

  expect(literal: string, rule: ArithmeticRule = "malformed sentence"): void {
    if (!this.accept(literal)) throw this.#malformed(rule, `"${literal}"`);
  }

  /** The last words of the question, with nothing after them. */
  expectEnding(literal: string): void {
    this.expect(literal, "unknown ending");
    if (this.#position < this.#text.length)
      throw new MalformedQuestion("text after the question", "there is text after the question");
  }

  /** A whole number without leading zeros. */
  number(smallest = 1): number {
    const word = this.#peek(/[^ ,.?]*/y);
    const expected = `a whole number from ${smallest} to ${LARGEST_NUMBER}`;
    if (!/^\d+$/.test(word)) throw this.#malformed("malformed sentence", expected);
    const value = Number(word);
    if (word.startsWith("0") || value < smallest || value > LARGEST_NUMBER)
      throw this.#malformed("number out of range", expected);
    this.#position += word.length;
    return value;
  }

  name(): string {
    return this.word(NAMES, "unknown name");
  }

  thing(): string {
    return this.word(THINGS, "unknown thing");
  }

  word<Word extends string>(words: readonly Word[], rule: ArithmeticRule): Word {
    const found = this.#peek(/[A-Za-z]*/y);
    const word = words.find((candidate) => candidate === found);
    if (word === undefined) throw this.#malformed(rule, `one of ${words.join(", ")}`);
    this.#position += word.length;
    return word;
  }

  /** `a`, `a and b`, `a, b and c`. */
  list<Item>(item: () => Item): Item[] {
    const first = item();
    return this.#comes(", ") || this.#comes(" and ") ? [first, ...this.listGoingOn(item)] : [first];
  }

  /** The rest of a list whose first item was read: ` and b`, `, b and c`. */
  listGoingOn<Item>(item: () => Item): Item[] {
    const items: Item[] = [];
    while (this.accept(", ")) items.push(item());
    this.expect(" and ");
    return [...items, item()];
  }

  #comes(literal: string): boolean {
    return this.#text.startsWith(literal, this.#position);
  }

  #peek(sticky: RegExp): string {
    sticky.lastIndex = this.#position;
    return sticky.exec(this.#text)?.[0] ?? "";
  }

  #malformed(rule: ArithmeticRule, expected: string): MalformedQuestion {
    const found = this.#text.slice(this.#position, this.#position + 40);
    return new MalformedQuestion(rule, `"${found}" stands where ${expected} must`);
  }
}
