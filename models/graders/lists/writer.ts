import type { RandomStream } from "../../../swarm/random.js";
import type { End, Items, ListProblem, ListTask, Step } from "./problem.js";
import { applyStep } from "./step.js";

const ALPHABET = Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
const LARGEST_NUMBER = 99;
/** So few that some repeat in a long list, where the letter before another is then not enough to go back by. */
const REVERSED_LETTERS = 10;
const MOST_ROTATED = 6;
const MOST_MOVED = 3;
const ENDS: readonly End[] = ["front", "end"];
const OPERATIONS = ["reverse", "remove", "move", "add"] as const;

/**
 * Writes a random solvable problem. Numbers in it keep a distance from what would make it invalid: a writer who only looks back
 * and misjudges a list's length by one, or the largest number a little, still writes a valid question.
 *
 * @param size number of items in the list, 3 or more
 */
export function writeProblem(task: ListTask, size: number, random: RandomStream): ListProblem {
  switch (task) {
    case "reverse":
      return { task, items: letters(size, REVERSED_LETTERS, random) };
    case "rotate": {
      const items = letters(size, ALPHABET.length, random);
      return { task, items, count: random.integer(1, Math.min(size - 2, MOST_ROTATED)) };
    }
    case "sort":
      return { task, items: numbers(size, random) };
    case "filter": {
      const items = numbers(size, random);
      const values = items.map(Number);
      const smallest = Math.min(...values);
      const bound = random.integer(smallest, Math.floor(smallest + (3 / 4) * (Math.max(...values) - smallest)));
      return { task, items, bound };
    }
    case "distinct":
      return { task, items: letters(size, Math.ceil(0.6 * size), random) };
    case "count": {
      const items = letters(size, random.integer(2, 4), random);
      return { task, items, item: random.choice(items) };
    }
    case "two-steps":
    case "three-steps": {
      const items = letters(size, ALPHABET.length, random);
      return { task, items, steps: writeSteps(items, task === "two-steps" ? 2 : 3, random) };
    }
  }
}

/** Steps of different operations, none of which brings back a list that was there before; only one removes items. */
function writeSteps(items: Items, count: number, random: RandomStream): readonly Step[] {
  while (true) {
    const steps: Step[] = [];
    const lists = [items];
    for (const operation of random.sample(OPERATIONS, count)) {
      const list = lists.at(-1) as Items;
      const step = writeStep(operation, list.length, random);
      if (step === undefined) break;
      steps.push(step);
      lists.push(applyStep(list, step));
    }
    if (new Set(lists.map((list) => list.join(" "))).size === count + 1) return steps;
  }
}

/** `undefined` where the list is too short to keep the distance. */
function writeStep(operation: (typeof OPERATIONS)[number], length: number, random: RandomStream): Step | undefined {
  switch (operation) {
    case "reverse":
      return { operation };
    case "remove":
    case "move": {
      const most = Math.min(length - 2, MOST_MOVED);
      return most < 1 ? undefined : { operation, count: random.integer(1, most), from: random.choice(ENDS) };
    }
    case "add":
      return { operation, item: random.choice(ALPHABET), at: random.choice(ENDS) };
  }
}

/** Letters out of `different` random ones, with repeats. */
function letters(size: number, different: number, random: RandomStream): Items {
  const used = random.sample(ALPHABET, different);
  return drawItems(size, () => random.choice(used));
}

function numbers(size: number, random: RandomStream): Items {
  return drawItems(size, () => String(random.integer(0, LARGEST_NUMBER)));
}

/** Draws until not all items are equal. */
function drawItems(size: number, draw: () => string): Items {
  while (true) {
    const items = Array.from({ length: size }, draw);
    if (new Set(items).size > 1) return items;
  }
}
