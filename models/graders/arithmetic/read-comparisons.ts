/** Reads the tasks that compare people: `comparison` and `total`. */
import { peopleInOrder, type OrderOfMention } from "./order-of-mention.js";
import type { ToldProblem } from "./parse-result.js";
import type { Comparison, ComparisonProblem, TotalProblem } from "./problem.js";
import type { Scanner } from "./scanner.js";

/** How things and how ages are compared. */
export const COMPARED_THINGS = {
  verb: " has ",
  more: " more than ",
  fewer: " fewer than ",
  twice: "twice as many as ",
  askOne: "many has ",
  askAll: "many have they together?",
} as const;

export const COMPARED_AGES = {
  verb: " is ",
  more: " older than ",
  fewer: " younger than ",
  twice: "twice as old as ",
  askOne: "old is ",
  askAll: "old are they together?",
} as const;

export type ComparisonWords = typeof COMPARED_THINGS | typeof COMPARED_AGES;

/** `Ann has 5 apples. Ben has 3 more than Ann. Cem has twice as many as Ben. How many has Cem?` or `have they together?` */
export function readComparedThings(scanner: Scanner): ToldProblem<ComparisonProblem | TotalProblem> {
  const people = peopleInOrder();
  people.add(scanner.name());
  scanner.expect(COMPARED_THINGS.verb);
  const start = scanner.number(2);
  scanner.expect(" ");
  const unit = scanner.thing();
  return readCompared(scanner, { people, start, unit, words: COMPARED_THINGS });
}

/** `Ann is 5. Ben is 3 older than Ann. Cem is twice as old as Ben. How old is Cem?` or `are they together?` */
export function readAges(scanner: Scanner): ToldProblem<ComparisonProblem | TotalProblem> {
  const people = peopleInOrder();
  people.add(scanner.name());
  scanner.expect(COMPARED_AGES.verb);
  return readCompared(scanner, { people, start: scanner.number(2), unit: "years", words: COMPARED_AGES });
}

function readCompared(
  scanner: Scanner,
  told: {
    readonly people: OrderOfMention;
    readonly start: number;
    readonly unit: string;
    readonly words: ComparisonWords;
  },
): ToldProblem<ComparisonProblem | TotalProblem> {
  const { people, start, unit, words } = told;
  const comparisons: Comparison[] = [];
  scanner.expect(". ");
  while (!scanner.accept("How ")) {
    const name = scanner.name();
    scanner.expect(words.verb);
    const by = readDifference(scanner, words);
    comparisons.push({ with: people.indexOf(scanner.name()), by });
    // Only now: nobody is compared with themselves.
    people.add(name);
    scanner.expect(". ");
  }
  if (!scanner.accept(words.askOne)) {
    scanner.expectEnding(words.askAll);
    return { problem: { task: "total", start, comparisons }, unit };
  }
  const name = scanner.name();
  scanner.expectEnding("?");
  return { problem: { task: "comparison", start, comparisons, asked: people.indexOf(name) }, name, unit };
}

function readDifference(scanner: Scanner, words: ComparisonWords): Comparison["by"] {
  if (scanner.accept(words.twice)) return "twice";
  const difference = scanner.number();
  if (scanner.accept(words.more)) return difference;
  scanner.expect(words.fewer);
  return -difference;
}
