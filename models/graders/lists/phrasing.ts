/**
 * The phrasings of list problems: a sentence or two that tell the list once, its items with single spaces between them. What
 * else a task needs stands before the list in one phrasing and after it in the other. They are the embedded model's own.
 */
import type { ListProblem, ListTask } from "./problem.js";
import { writeStep } from "./step.js";

/** What stands for a task's parts in its sentences. */
export type Part = "items" | "count" | "bound" | "item" | "steps";

const PROGRAM = [
  "Start with {items}: {steps}. What is the list now?",
  "Cards {items}: {steps}. Which cards are left?",
] as const;

/** Sentences of each task, each with an opening of its own; both programs share theirs. */
export const TEMPLATES: Readonly<Record<ListTask, readonly string[]>> = {
  reverse: ["What is the list {items} in reverse?", "Read {items} from the last to the first."],
  rotate: ["Rotate the list {items} to the left by {count}.", "Move the first {count} of {items} to the end."],
  sort: ["Sort the numbers {items} from small to large.", "Put the prices {items} in order, cheapest first."],
  filter: [
    "Keep the numbers above {bound} in the list {items}.",
    "From the list {items}, remove every number of {bound} or less.",
  ],
  distinct: ["In the list {items}, keep only the first of each.", "Visitors {items}. Name each once, by first visit."],
  count: ["How often does {item} occur in the list {items}?", "Votes {items}. How many are for {item}?"],
  "two-steps": PROGRAM,
  "three-steps": PROGRAM,
};

/** How many phrasings each task has. */
export const PHRASINGS = 2;

/** Writes a problem as a question. `template` counts from 0. */
export function writeQuestion(problem: ListProblem, template: number): string {
  const text = TEMPLATES[problem.task][template];
  if (text === undefined) throw new RangeError(`phrasings are 0 to ${PHRASINGS - 1}, got ${template}`);
  return text.replace(/\{(\w+)\}/g, (_, part: string) => writePart(problem, part as Part));
}

function writePart(problem: ListProblem, part: Part): string {
  if (part === "items") return problem.items.join(" ");
  switch (problem.task) {
    case "rotate":
      return String(problem.count);
    case "filter":
      return String(problem.bound);
    case "count":
      return problem.item;
    case "two-steps":
    case "three-steps":
      return problem.steps.map(writeStep).join(", ");
    default:
      throw new TypeError(`a ${problem.task} problem has no ${part}`);
  }
}
