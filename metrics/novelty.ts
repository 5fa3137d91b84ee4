/**
 * What a written question is: `invalid` asks nothing that can be graded; `duplicate` asks what an earlier one of the same batch
 * asks; `copy` asks what a seed question asks; all others are `novel`.
 */
export type Novelty = "invalid" | "duplicate" | "copy" | "novel";

export interface NoveltyCounts {
  readonly written: number;
  /** Not invalid: duplicates, copies and novel ones. */
  readonly valid: number;
  readonly duplicates: number;
  readonly copies: number;
  readonly novel: number;
  /** Valid of written. 0 where none was written. */
  readonly validRate: number;
  /** Of valid, as `copyRate` and `novelRate` are; the three sum to 1, or are 0 where none is valid. */
  readonly duplicateRate: number;
  readonly copyRate: number;
  /** Neither a copy of a seed question nor of another question of the batch. */
  readonly novelRate: number;
}

/**
 * Sorts written questions one by one by their canonical forms, which are equal for questions that ask the same in other words.
 * The first question of a kind counts as novel or copy, all later ones as duplicates.
 */
export class NoveltySorter {
  readonly #seed: ReadonlySet<string>;
  readonly #earlier = new Set<string>();
  readonly #of: Record<Novelty, number> = { invalid: 0, duplicate: 0, copy: 0, novel: 0 };

  /** @param seed canonical forms of the seed questions */
  constructor(seed: ReadonlySet<string>) {
    this.#seed = seed;
  }

  /** @param canonical the next question's canonical form; null is an invalid question */
  add(canonical: string | null): Novelty {
    const novelty = this.#sort(canonical);
    this.#of[novelty]++;
    return novelty;
  }

  /** Of all questions so far. */
  counts(): NoveltyCounts {
    const { invalid, duplicate, copy, novel } = this.#of;
    const valid = duplicate + copy + novel;
    const written = valid + invalid;
    const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
    return {
      written,
      valid,
      duplicates: duplicate,
      copies: copy,
      novel,
      validRate: share(valid, written),
      duplicateRate: share(duplicate, valid),
      copyRate: share(copy, valid),
      novelRate: share(novel, valid),
    };
  }

  #sort(canonical: string | null): Novelty {
    if (canonical === null) return "invalid";
    if (this.#earlier.has(canonical)) return "duplicate";
    this.#earlier.add(canonical);
    return this.#seed.has(canonical) ? "copy" : "novel";
  }
}

export interface NoveltyReport extends NoveltyCounts {
  /** One a written question, in their order. */
  readonly classes: readonly Novelty[];
}

/** Sorts all of a batch of written questions; see {@link NoveltySorter}. */
export function measureNovelty(options: {
  /** Canonical forms in the order written; null is an invalid question. */
  readonly generated: readonly (string | null)[];
  /** Canonical forms of the seed questions. */
  readonly seed: ReadonlySet<string>;
}): NoveltyReport {
  const sorter = new NoveltySorter(options.seed);
  const classes = options.generated.map((canonical) => sorter.add(canonical));
  return { classes, ...sorter.counts() };
}
