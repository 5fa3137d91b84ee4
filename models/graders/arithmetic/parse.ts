import { MalformedQuestion, type ParseResult, type ToldProblem } from "./parse-result.js";
import type { ArithmeticTask } from "./problem.js";
import { readBags, readHeap, readPurchase, readSharers, readShares, readShop } from "./read-amounts.js";
import { readAges, readComparedThings } from "./read-comparisons.js";
import { readBag, readGifts, readPayments, readPossession } from "./read-steps.js";
import { Scanner } from "./scanner.js";

/** Longer texts are not read; the writer's longest question has some 300 characters. */
export const MAXIMUM_QUESTION_CHARACTERS = 2000;

interface Phrasing {
  readonly task: ArithmeticTask;
  /** Tells the phrasing from all others. */
  readonly opening: RegExp;
  readonly read: (scanner: Scanner) => ToldProblem;
}

const PHRASINGS: readonly Phrasing[] = [
  { task: "change", opening: /^[A-Z][a-z]+ has \S+ [a-z]+(?:,| and) /, read: readPossession },
  { task: "change", opening: /^A bag holds /, read: readBag },
  { task: "giving", opening: /^Friends have /, read: readGifts },
  { task: "giving", opening: /^Coins: /, read: readPayments },
  { task: "sharing", opening: /^[A-Z][a-z]+ keeps /, read: readSharers },
  { task: "sharing", opening: /^[A-Z][a-z]+ takes /, read: readShares },
  { task: "total", opening: /^[A-Z][a-z]+ has \S+ [a-z]+\. .*together\?/, read: readComparedThings },
  { task: "total", opening: /^[A-Z][a-z]+ is \d+\. .*together\?/, read: readAges },
  { task: "comparison", opening: /^[A-Z][a-z]+ has \S+ [a-z]+\. /, read: readComparedThings },
  { task: "comparison", opening: /^[A-Z][a-z]+ is \d+\. /, read: readAges },
  { task: "price", opening: /^Prices: /, read: readPurchase },
  { task: "price", opening: /^In a shop /, read: readShop },
  { task: "leftover", opening: /^[A-Z][a-z]+ picks /, read: readBags },
  { task: "leftover", opening: /^Put /, read: readHeap },
];

/** Reads a question in any phrasing. White space around it is ignored, white space within must be single spaces. */
export function parseQuestion(question: string): ParseResult {
  const text = question.trim();
  if (text === "") return { ok: false, rule: "empty", reason: "the question is empty" };
  if (text.length > MAXIMUM_QUESTION_CHARACTERS) {
    return {
      ok: false,
      rule: "too long",
      reason: `the question has more than ${MAXIMUM_QUESTION_CHARACTERS} characters`,
    };
  }
  const phrasing = PHRASINGS.find(({ opening }) => opening.test(text));
  if (phrasing === undefined) {
    return { ok: false, rule: "unknown opening", reason: "it does not open like a word problem in any known phrasing" };
  }
  try {
    return { ok: true, told: phrasing.read(new Scanner(text)) };
  } catch (error) {
    if (!(error instanceof MalformedQuestion)) throw error;
    return { ok: false, rule: error.rule, reason: error.message, task: phrasing.task };
  }
}
