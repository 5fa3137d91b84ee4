import { NoveltySorter } from "../../metrics/novelty.js";
import type { Grader } from "../../models/graders/grader.js";
import type { Question } from "../../models/records.js";
import type { SampledCounts } from "../../report/report-data.js";

/** Sorts what a generator writes: invalid questions, duplicates and copies of seed questions are counted and dropped, never padded. */
export class QuestionSieve {
  readonly #grader: Grader;
  readonly #sorter: NoveltySorter;
  readonly #kept: Omit<Question, "id">[] = [];
  readonly #reasons = new Map<string, number>();
  #drawn = 0;

  constructor(options: { readonly grader: Grader; readonly seedQuestions: readonly Question[] }) {
    this.#grader = options.grader;
    this.#sorter = new NoveltySorter(canonicalForms(options.grader, options.seedQuestions));
  }

  /** Everything that was taken or rejected. */
  get drawn(): number {
    return this.#drawn;
  }

  /** Valid new questions. */
  get valid(): number {
    return this.#kept.length;
  }

  take(text: string): void {
    const graded = this.#grader.examine(text);
    if (!graded.valid) {
      this.reject(graded.rule);
      return;
    }
    this.#drawn++;
    const { canonical, truth, kind, size } = graded;
    if (this.#sorter.add(canonical) !== "novel") return;
    this.#kept.push({ question: text, answer: truth, meta: { kind, size } });
  }

  /** Counts something written that is no valid question, under the rule that it breaks. */
  reject(rule: string): void {
    this.#drawn++;
    this.#sorter.add(null);
    this.#reasons.set(rule, (this.#reasons.get(rule) ?? 0) + 1);
  }

  counts(): SampledCounts {
    const { written, valid, duplicates, copies, novel, validRate, novelRate } = this.#sorter.counts();
    return {
      drawn: written,
      invalid: written - valid,
      duplicate: duplicates,
      copied: copies,
      valid: novel,
      validRate,
      novelRate,
      reasons: Object.fromEntries(this.#reasons),
    };
  }

  /** The valid new questions with their true answers; ids are `<prefix>-0000` and so on. */
  questions(idPrefix: string): Question[] {
    return this.#kept.map((question, index) => ({ id: `${idPrefix}-${String(index).padStart(4, "0")}`, ...question }));
  }
}

/** By the grader's name: every run has a grader of its own, but runs that are compared have the same seed questions. */
const known = new Map<string, WeakMap<Question, string | null>>();

/** What valid questions ask, whatever their words. A question is examined once for as long as it is in memory. */
export function canonicalForms(grader: Grader, questions: readonly Question[]): ReadonlySet<string> {
  const examined = known.get(grader.name) ?? new WeakMap<Question, string | null>();
  known.set(grader.name, examined);
  const forms = new Set<string>();
  for (const question of questions) {
    let form = examined.get(question);
    if (form === undefined) {
      const graded = grader.examine(question.question);
      form = graded.valid ? graded.canonical : null;
      examined.set(question, form);
    }
    if (form !== null) forms.add(form);
  }
  return forms;
}
