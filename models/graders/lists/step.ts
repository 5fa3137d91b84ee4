/** How a step of a program is told and what it does. */
import { type End, LETTER, NUMBER, type Step } from "./problem.js";
import { MalformedQuestion } from "./rule.js";

const REMOVE = new RegExp(`^remove (${NUMBER}) from the (front|end)$`);
const MOVE = new RegExp(`^move (${NUMBER}) from the (?:(front) to the end|(end) to the front)$`);
const ADD = new RegExp(`^add (${LETTER}) at the (front|end)$`);

/** Writes a step as {@link parseStep} reads it. */
export function writeStep(step: Step): string {
  switch (step.operation) {
    case "reverse":
      return "reverse";
    case "remove":
      return `remove ${step.count} from the ${step.from}`;
    case "move":
      return `move ${step.count} from the ${step.from} to the ${step.from === "front" ? "end" : "front"}`;
    case "add":
      return `add ${step.item} at the ${step.at}`;
  }
}

/** @throws MalformedQuestion where the text is no step */
export function parseStep(text: string): Step {
  if (text === "reverse") return { operation: "reverse" };
  const remove = REMOVE.exec(text);
  if (remove !== null) return { operation: "remove", count: Number(remove[1]), from: remove[2] as End };
  const move = MOVE.exec(text);
  if (move !== null) return { operation: "move", count: Number(move[1]), from: (move[2] ?? move[3]) as End };
  const add = ADD.exec(text);
  if (add !== null) return { operation: "add", item: add[1] as string, at: add[2] as End };
  throw new MalformedQuestion("malformed step", `"${text.slice(0, 60)}" is not a step such as "${EXAMPLE}"`);
}

const EXAMPLE = writeStep({ operation: "remove", count: 2, from: "front" });

/**
 * Does a step to a list.
 *
 * @throws MalformedQuestion where it would do nothing, leave nothing or move as many items as there are or more
 */
export function applyStep(items: readonly string[], step: Step): readonly string[] {
  switch (step.operation) {
    case "reverse":
      return items.toReversed();
    case "remove": {
      const count = positive(step.count);
      if (count >= items.length)
        throw new MalformedQuestion("nothing left", `${count} of ${items.length} items removed leave none`);
      return step.from === "front" ? items.slice(count) : items.slice(0, -count);
    }
    case "move":
      return rotate(items, step.count, step.from);
    case "add":
      return step.at === "front" ? [step.item, ...items] : [...items, step.item];
  }
}

/**
 * Moves `count` items from one end to the other.
 *
 * @throws MalformedQuestion where that is none of them, or all
 */
export function rotate(items: readonly string[], count: number, from: End): readonly string[] {
  if (positive(count) >= items.length)
    throw new MalformedQuestion(
      "rotation too far",
      `of ${items.length} items ${count} cannot be moved past the others`,
    );
  const first = from === "front" ? count : items.length - count;
  return [...items.slice(first), ...items.slice(0, first)];
}

function positive(count: number): number {
  if (count === 0) throw new MalformedQuestion("count of zero", "it removes or moves 0 items");
  return count;
}
