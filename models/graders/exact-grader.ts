import type { GradedQuestion, Grader } from "./grader.js";

/** What a domain knows of a question: what {@link GradedQuestion} tells, and of a valid one whatever replies are checked against. */
export type Examined<Solved> =
  Extract<GradedQuestion, { valid: false }> | (Extract<GradedQuestion, { valid: true }> & { readonly solved: Solved });

/** Questions whose reading and solution are kept: a question is examined once and then graded for every test taker. */
const REMEMBERED_QUESTIONS = 4096;

/** Exact ground truth from a domain's two functions: one reads and solves a question, the other checks a reply. */
export class ExactGrader<Solved> implements Grader {
  readonly name: string;
  readonly description: string;
  readonly #examineAnew: (question: string) => Examined<Solved>;
  readonly #check: (solved: Solved, response: string) => boolean;
  readonly #remembered = new Map<string, Examined<Solved>>();

  constructor(domain: {
    readonly name: string;
    readonly description: string;
    readonly examine: (question: string) => Examined<Solved>;
    readonly check: (solved: Solved, response: string) => boolean;
  }) {
    this.name = domain.name;
    this.description = domain.description;
    this.#examineAnew = domain.examine;
    this.#check = domain.check;
  }

  examine(question: string): GradedQuestion {
    const examined = this.#examine(question);
    if (!examined.valid) return examined;
    const { valid, kind, size, truth, canonical } = examined;
    return { valid, kind, size, truth, canonical };
  }

  isCorrect(question: string, response: string): boolean {
    const examined = this.#examine(question);
    if (!examined.valid) throw new TypeError(`only replies to valid questions are graded: ${examined.reason}`);
    return this.#check(examined.solved, response);
  }

  #examine(question: string): Examined<Solved> {
    const known = this.#remembered.get(question);
    if (known !== undefined) return known;
    const examined = this.#examineAnew(question);
    if (this.#remembered.size >= REMEMBERED_QUESTIONS) {
      this.#remembered.delete(this.#remembered.keys().next().value as string);
    }
    this.#remembered.set(question, examined);
    return examined;
  }
}
