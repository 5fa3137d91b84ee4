import { measureNovelty } from "../metrics/novelty.js";
import type { GradedQuestion, Grader } from "../models/graders/grader.js";
import type { Question } from "../models/records.js";
import type { SampledCounts } from "../report/report-data.js";

interface Drawn {
  readonly text: string;
  readonly graded: GradedQuestion;
}

/** Sorts what a generator writes: invalid questions, duplicates and copies of seed questions are counted and dropped, never padded. */
export class QuestionSieve {
  readonly #grader: Grader;
  readonly #seeds: ReadonlySet<string>;
  readonly #drawn: Drawn[] = [];

  constructor(options: { readonly grader: Grader; readonly seedQuestions: readonly Question[] }) {
    this.#grader = options.grader;
    this.#seeds = canonicalForms(options.grader, options.seedQuestions);
  }

  take(text: string): void {
    this.#drawn.push({ text, graded: this.#grader.examine(text) });
  }

  /** Counts something written that is no question. */
  reject(reason: string): void {
    this.#drawn.push({ text: "", graded: { valid: false, reason } });
  }

  counts(): SampledCounts {
    const reasons: Record<string, number> = {};
    for (const { graded } of this.#drawn) if (!graded.valid) reasons[graded.reason] = (reasons[graded.reason] ?? 0) + 1;
    const { written, valid, duplicates, copies, novel, validRate, novelRate } = this.#novelty();
    return {
      drawn: written,
      invalid: written - valid,
      duplicate: duplicates,
      copied: copies,
      valid: novel,
      validRate,
      novelRate,
      reasons,
    };
  }

  /** The valid new questions with their true answers; ids are `<prefix>-0000` and so on. */
  questions(idPrefix: string): Question[] {
    const { classes } = this.#novelty();
    return this.#drawn
      .filter((_, index) => classes[index] === "novel")
      .flatMap(({ text, graded }, index) =>
        graded.valid
          ? [
              {
                id: `${idPrefix}-${String(index).padStart(4, "0")}`,
                question: text,
                answer: graded.truth,
                meta: { kind: graded.kind, size: graded.size },
              },
            ]
          : [],
      );
  }

  #novelty(): ReturnType<typeof measureNovelty> {
    const generated = this.#drawn.map(({ graded }) => (graded.valid ? graded.canonical : null));
    return measureNovelty({ generated, seed: this.#seeds });
  }
}

const cache = new WeakMap<readonly Question[], ReadonlySet<string>>();

function canonicalForms(grader: Grader, questions: readonly Question[]): ReadonlySet<string> {
  const known = cache.get(questions);
  if (known !== undefined) return known;
  const forms = new Set(
    questions.flatMap(({ question }) => {
      const graded = grader.examine(question);
      return graded.valid ? [graded.canonical] : [];
    }),
  );
  cache.set(questions, forms);
  return forms;
}
