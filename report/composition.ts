import type { GeneratorReport, ReportData } from "./report-data.js";

type KindAndSize = GeneratorReport["questions"][number];

/** Which questions a share is of: all initial generators together, or the best one. */
export type Side = "start" | "best";
export const SIDES: readonly Side[] = ["start", "best"];

/** A share of a side's valid questions. */
export interface Share {
  readonly side: Side;
  readonly kind: string;
  /** Label of a size or of a range of sizes; empty where shares are by kind only. */
  readonly size: string;
  readonly questions: number;
  readonly share: number;
}

/** Kinds and sizes of the questions at start and at the best generator. */
export interface Composition {
  readonly totals: Readonly<Record<Side, number>>;
  readonly meanSize: Readonly<Record<Side, number | null>>;
  /** Most frequent at the best first; rare ones beyond the largest number shown are put together. */
  readonly kinds: readonly string[];
  /** Ascending. */
  readonly sizes: readonly string[];
  readonly byKind: readonly Share[];
  readonly bySize: readonly Share[];
  readonly byKindAndSize: readonly Share[];
}

const MOST_KINDS = 12;
const MOST_SIZES = 12;
const OTHER_KINDS = "other kinds";

export function compositionOf(generators: ReportData["generators"]): Composition {
  return compositionOfSides({
    start: generators.filter(({ label }) => label !== "best").flatMap((generator) => generator.questions),
    best: generators.filter(({ label }) => label === "best").flatMap((generator) => generator.questions),
  });
}

export function compositionOfSides(questions: Readonly<Record<Side, readonly KindAndSize[]>>): Composition {
  const kindOf = kindNames(questions);
  const { labels, labelOf } = sizeRanges([...questions.start, ...questions.best].map(({ size }) => size));
  const kinds = [...new Set([...questions.best, ...questions.start].map(({ kind }) => kindOf(kind)))].sort(
    byFrequency(questions.best.map(({ kind }) => kindOf(kind))),
  );
  const sharesOf = (
    cells: readonly { kind: string; size: string }[],
    matches: (one: KindAndSize, cell: { kind: string; size: string }) => boolean,
  ): Share[] =>
    SIDES.flatMap((side) =>
      cells.map((cell) => {
        const found = questions[side].filter((one) => matches(one, cell)).length;
        return {
          side,
          ...cell,
          questions: found,
          share: questions[side].length === 0 ? 0 : found / questions[side].length,
        };
      }),
    );
  return {
    totals: { start: questions.start.length, best: questions.best.length },
    meanSize: { start: meanSize(questions.start), best: meanSize(questions.best) },
    kinds,
    sizes: labels,
    byKind: sharesOf(
      kinds.map((kind) => ({ kind, size: "" })),
      (one, cell) => kindOf(one.kind) === cell.kind,
    ),
    bySize: sharesOf(
      labels.map((size) => ({ kind: "", size })),
      (one, cell) => labelOf(one.size) === cell.size,
    ),
    byKindAndSize: sharesOf(
      kinds.flatMap((kind) => labels.map((size) => ({ kind, size }))),
      (one, cell) => kindOf(one.kind) === cell.kind && labelOf(one.size) === cell.size,
    ),
  };
}

function kindNames(questions: Readonly<Record<Side, readonly KindAndSize[]>>): (kind: string) => string {
  const all = [...questions.start, ...questions.best].map(({ kind }) => kind);
  const names = [...new Set(all)].sort(byFrequency(all));
  const kept = new Set(names.length <= MOST_KINDS ? names : names.slice(0, MOST_KINDS - 1));
  return (kind) => (kept.has(kind) ? kind : OTHER_KINDS);
}

/** Most frequent first, then by name. */
function byFrequency(names: readonly string[]): (one: string, other: string) => number {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return (one, other) => (counts.get(other) ?? 0) - (counts.get(one) ?? 0) || (one < other ? -1 : 1);
}

/** Ranges of equal width that cover all sizes, each one a size where there are few. */
function sizeRanges(sizes: readonly number[]): { labels: string[]; labelOf: (size: number) => string } {
  if (sizes.length === 0) return { labels: [], labelOf: String };
  const lowest = sizes.reduce((one, other) => Math.min(one, other));
  const highest = sizes.reduce((one, other) => Math.max(one, other));
  const width = rangeWidth(lowest, highest);
  const label = (range: number): string =>
    width === 1 ? String(range) : `${range * width}\u2013${(range + 1) * width - 1}`;
  const first = Math.floor(lowest / width);
  const last = Math.floor(highest / width);
  return {
    labels: Array.from({ length: last - first + 1 }, (_, index) => label(first + index)),
    labelOf: (size) => label(Math.floor(size / width)),
  };
}

/** 1, 2, 5, 10, 20, ...: the smallest that needs no more ranges than are shown. */
function rangeWidth(lowest: number, highest: number): number {
  for (let power = 1; ; power *= 10)
    for (const step of [1, 2, 5]) {
      const width = step * power;
      if (Math.floor(highest / width) - Math.floor(lowest / width) < MOST_SIZES) return width;
    }
}

function meanSize(questions: readonly KindAndSize[]): number | null {
  if (questions.length === 0) return null;
  return questions.reduce((sum, { size }) => sum + size, 0) / questions.length;
}
