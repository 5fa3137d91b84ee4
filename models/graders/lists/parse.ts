import { type Part, TEMPLATES } from "./phrasing.js";
import {
  type Items,
  LETTER,
  LIST_TASKS,
  type ListProblem,
  type ListTask,
  MAXIMUM_ITEMS,
  MINIMUM_ITEMS,
  NUMBER,
  NUMBER_TASKS,
  PROGRAMS,
} from "./problem.js";
import { MalformedQuestion } from "./rule.js";
import { parseStep } from "./step.js";

/** Longer texts are not read; the longest list and steps take some 400. */
export const MAXIMUM_QUESTION_CHARACTERS = 2000;

/** A question before its parts are read: the texts that stand where a template has its parts. */
export interface Sentence {
  /** Both programs are found as `two-steps`; the steps tell which it is. */
  readonly task: ListTask;
  readonly parts: Partial<Record<Part, string>>;
}

const SENTENCES = LIST_TASKS.filter((task) => task !== "three-steps").flatMap((task) =>
  TEMPLATES[task].map((template) => {
    // Words and parts by turns, words first and last: "Rotate the list ", "items", " to the left by ", "count", ".".
    const [opening = "", ...following] = template.split(/\{(\w+)\}/);
    return { task, opening, following };
  }),
);

const LETTERS = new RegExp(`^${LETTER}(?: ${LETTER})*$`);
const NUMBERS = new RegExp(`^${NUMBER}(?: ${NUMBER})*$`);
const ONE_LETTER = new RegExp(`^${LETTER}$`);
const ONE_NUMBER = new RegExp(`^${NUMBER}$`);

/**
 * Finds the phrasing of a question (`phrasing.ts`): words and single spaces exactly as it has them. White space around the
 * question is ignored.
 *
 * @throws MalformedQuestion where it has none of them
 */
export function parseSentence(question: string): Sentence {
  const text = question.trim();
  if (text === "") throw new MalformedQuestion("empty", "the question is empty");
  if (text.length > MAXIMUM_QUESTION_CHARACTERS)
    throw new MalformedQuestion("too long", `the question has more than ${MAXIMUM_QUESTION_CHARACTERS} characters`);
  const sentence = SENTENCES.find(({ opening }) => text.startsWith(opening));
  if (sentence === undefined)
    throw new MalformedQuestion("unknown opening", "it does not open like a list question in any known phrasing");
  const { task, opening, following } = sentence;
  const found = findParts(text, opening.length, following);
  if (found === undefined)
    throw new MalformedQuestion(
      "unknown ending",
      `a question that opens with "${opening.trim()}" cannot go on with "${text.slice(opening.length, 80)}"`,
    );
  if (found.end < text.length)
    throw new MalformedQuestion("text after the question", "there is text after the question");
  return { task, parts: found.parts };
}

/**
 * Each part ends where the words that follow it first stand, and lies on one line. Going back to a later place would help no
 * part after it.
 *
 * @param following parts and the words after each, by turns
 */
function findParts(
  text: string,
  start: number,
  following: readonly string[],
): { readonly parts: Sentence["parts"]; readonly end: number } | undefined {
  const parts: Partial<Record<Part, string>> = {};
  let end = start;
  for (let index = 0; index < following.length; index += 2) {
    const words = following[index + 1] as string;
    const at = text.indexOf(words, end);
    const part = text.slice(end, Math.max(at, end));
    if (at < 0 || /[\n\r\u2028\u2029]/.test(part)) return undefined;
    parts[following[index] as Part] = part;
    end = at + words.length;
  }
  return { parts, end };
}

/**
 * Reads a question's parts. The list holds letters, or numbers where the task is about numbers; repeats are allowed, items that
 * are all equal are not.
 *
 * @throws MalformedQuestion
 */
export function parseParts({ task, parts }: Sentence): ListProblem {
  const items = parseItems(parts.items ?? "", task);
  switch (task) {
    case "reverse":
    case "sort":
    case "distinct":
      return { task, items };
    case "rotate":
      return { task, items, count: parseNumber(parts.count ?? "") };
    case "filter":
      return { task, items, bound: parseNumber(parts.bound ?? "") };
    case "count":
      return { task, items, item: parseItem(parts.item ?? "") };
    case "two-steps":
    case "three-steps": {
      const steps = (parts.steps ?? "").split(", ").map(parseStep);
      const program = PROGRAMS.get(steps.length);
      if (program !== undefined) return { task: program, items, steps };
      const few = steps.length < Math.min(...PROGRAMS.keys());
      throw new MalformedQuestion(
        few ? "too few steps" : "too many steps",
        `programs of ${steps.length} are not asked`,
      );
    }
  }
}

function parseItems(text: string, task: ListTask): Items {
  const ofNumbers = NUMBER_TASKS.has(task);
  if (!(ofNumbers ? NUMBERS : LETTERS).test(text)) {
    const wanted = ofNumbers ? "whole numbers from 0 to 99" : "capital letters";
    throw new MalformedQuestion("malformed list", `"${text.slice(0, 60)}" is not ${wanted} with single spaces between`);
  }
  const items = text.split(" ");
  if (items.length < MINIMUM_ITEMS)
    throw new MalformedQuestion("too few items", `a list of ${items.length} leaves nothing to ask`);
  if (items.length > MAXIMUM_ITEMS)
    throw new MalformedQuestion("too many items", `the list has ${items.length} items; ${MAXIMUM_ITEMS} are allowed`);
  if (items.every((item) => item === items[0]))
    throw new MalformedQuestion("all items equal", `all items of the list are ${items[0] as string}`);
  return items;
}

function parseNumber(text: string): number {
  if (!ONE_NUMBER.test(text))
    throw new MalformedQuestion("malformed number", `"${text.slice(0, 40)}" is not a whole number from 0 to 99`);
  return Number(text);
}

function parseItem(text: string): string {
  if (!ONE_LETTER.test(text))
    throw new MalformedQuestion("malformed item", `"${text.slice(0, 40)}" is not a capital letter`);
  return text;
}
