import { afterIntroduction, firstLine } from "../read-reply.js";
import { LETTER, type ListProblem, NUMBER, NUMBER_TASKS } from "./problem.js";
import type { Solution } from "./solve.js";

const LETTERS = new RegExp(`^${LETTER}$`);
const NUMBERS = new RegExp(`^${NUMBER}$`);

/**
 * Whether a reply is right. The reply's first line counts.
 *
 * | task | right |
 * |---|---|
 * | count | the number, alone or as in `3 times`, `3 votes for B`, `B occurs 3 times` |
 * | all others | exactly the items of the one right list in its order |
 *
 * An introduction, and commas, brackets, quotes, arrows or `and` between items, are tolerated; anything that can be read in two
 * ways is wrong, as are lower-case letters, leading zeros and items that are joined.
 */
export function gradeAnswer(problem: ListProblem, solution: Solution, reply: string): boolean {
  const line = firstLine(reply);
  if (solution.kind === "number")
    return problem.task === "count" && readCount(line, problem.items, problem.item) === solution.value;
  const pattern = NUMBER_TASKS.has(problem.task) ? NUMBERS : LETTERS;
  const text = problem.task === "filter" ? withoutBound(line, problem.bound) : line;
  const names = { nodes: new Set([...problem.items, ...solution.items]), query: undefined };
  const items = afterIntroduction(text, names, (part) => readList(part, pattern));
  return items?.join(" ") === solution.items.join(" ");
}

/** Every word of the text as an item. */
function readList(text: string, pattern: RegExp): string[] | undefined {
  const words = text
    .replace(/[.!]$/, "")
    .replace(/^now:? /i, "")
    .replace(/ (?:are|is) left$/i, "")
    .replace(/(?<=[A-Z] ?)(?:->|[>-])(?= ?[A-Z])|(?<=\d ?)->(?= ?\d)/g, " ")
    .replace(/[,;'()[\]{}]/g, " ")
    .replace(/\band\b/gi, " ")
    .split(" ")
    .filter((word) => word !== "");
  return words.length > 0 && words.every((word) => pattern.test(word)) ? words : undefined;
}

/** Takes `above 40` off, so that the bound is not read as an item; another number than the bound stays and spoils the reply. */
function withoutBound(line: string, bound: number): string {
  return line.replace(new RegExp(` (?:above|over|(?:greater|larger|bigger|more) than) ${bound}(?! ?\\d)\\b`, "i"), "");
}

/** The number of times that a line says the asked item occurs; lines that speak of another item are not read. */
function readCount(line: string, items: readonly string[], asked: string): number | undefined {
  const others = new Set(items.filter((item) => item !== asked));
  const opening = new RegExp(`^(?:the )?(?:item |letter )?${asked} (?:occurs|appears|gets|has) `, "i");
  const count = new RegExp(`^(0|[1-9]\\d{0,2})(?: (?:times?|votes?))?(?: (?:for )?${asked})?[.!]?$`);
  return afterIntroduction(line.replace(opening, ""), { nodes: others, query: undefined }, (text) => {
    const match = count.exec(text);
    return match === null ? undefined : Number(match[1]);
  });
}
