/**
 * What a written question is: `invalid` asks nothing that can be graded; `duplicate` asks what an earlier one of the same batch
 * asks; `copy` asks what a seed question asks; all others are `novel`.
 */
export type Novelty = "invalid" | "duplicate" | "copy" | "novel";

export interface NoveltyReport {
  /** One a written question, in their order. */
  readonly classes: readonly Novelty[];
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
 * Sorts written questions by their canonical forms, which are equal for questions that ask the same in other words.
 * The first question of a kind counts as novel or copy, all later ones as duplicates.
 */
export function measureNovelty(options: {
  /** Canonical forms in the order written; null is an invalid question. */
  readonly generated: readonly (string | null)[];
  /** Canonical forms of the seed questions. */
  readonly seed: ReadonlySet<string>;
}): NoveltyReport {
  const { generated, seed } = options;
  const earlier = new Set<string>();
  const classes = generated.map((canonical): Novelty => {
    if (canonical === null) return "invalid";
    if (earlier.has(canonical)) return "duplicate";
    earlier.add(canonical);
    return seed.has(canonical) ? "copy" : "novel";
  });
  const count = (kind: Novelty): number => classes.filter((one) => one === kind).length;
  const written = classes.length;
  const valid = written - count("invalid");
  const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
  return {
    classes,
    written,
    valid,
    duplicates: count("duplicate"),
    copies: count("copy"),
    novel: count("novel"),
    validRate: share(valid, written),
    duplicateRate: share(count("duplicate"), valid),
    copyRate: share(count("copy"), valid),
    novelRate: share(count("novel"), valid),
  };
}
