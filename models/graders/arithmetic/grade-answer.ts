import { firstLine } from "../read-reply.js";
import type { ToldProblem } from "./parse-result.js";

/** Words that change nothing about a number that follows them; the person and the thing of the question are added to them. */
const INTRODUCTION = new Set(
  (
    "the a an so then therefore answer result total sum number amount price cost of to in at is are has have had gets get keeps take takes pays pay " +
    "costs holds left over remain remains remaining there they she he it now each everybody together altogether"
  ).split(" "),
);
/** What must stand right before the number where anything does. */
const LINK =
  /(?:^|[ ,])(?:is|are|has|have|gets|get|keeps|takes?|pays|pay|costs?|holds|remain|remains|left|answer|total)(?: ?[:=])?$/i;
const ENDING =
  /^(?: old| each| in total| in all| together| altogether| left| left over| over| remain| remaining| in it| now)?$/i;
const REPLY = /^(?<before>\D*?)(?<number>0|[1-9]\d{0,8})(?<after>\D*)$/;

/**
 * Whether a reply's first line states the answer: one number, with or without an introduction such as `Ann has`, the question's
 * own thing or `years` behind it, and a full stop. A line with another number, another person or thing, or words that are not
 * known to leave the number as it is, is wrong.
 */
export function gradeAnswer({ name, unit }: Omit<ToldProblem, "problem">, answer: number, reply: string): boolean {
  const groups = REPLY.exec(firstLine(reply).replace(/ ?[.!]$/, ""))?.groups;
  if (groups === undefined || Number(groups["number"]) !== answer) return false;
  const { before, after } = groups as { before: string; after: string };
  return isIntroduction(before, [name, unit]) && ENDING.test(withoutUnit(after, unit));
}

function isIntroduction(text: string, own: readonly (string | undefined)[]): boolean {
  if (text === "") return true;
  if (!/[ :=]$/.test(text) || !LINK.test(text.trim())) return false;
  const words = text.split(/[ ,:=]+/).filter((word) => word !== "");
  return words.every((word) => INTRODUCTION.has(word.toLowerCase()) || own.includes(word));
}

/** Without ` apples`, or ` apple` as in `1 apple`. */
function withoutUnit(text: string, unit: string | undefined): string {
  if (unit === undefined) return text;
  const one = unit.slice(0, -1);
  return text.replace(new RegExp(`^ (?:${unit}|${one})(?![a-z])`, "i"), "");
}
