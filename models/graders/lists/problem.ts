/** The tasks on one list. The programs are the same operations in a row, with two or three steps. */
export const LIST_TASKS = [
  "reverse",
  "rotate",
  "sort",
  "filter",
  "distinct",
  "count",
  "two-steps",
  "three-steps",
] as const;

export type ListTask = (typeof LIST_TASKS)[number];

/** Items as they stand in the text: capital letters, or whole numbers from 0 to 99 where the task is in {@link NUMBER_TASKS}. */
export type Items = readonly string[];

/** Where a step of a program takes items from or puts one. */
export type End = "front" | "end";

/** One step of a program. */
export type Step =
  | { readonly operation: "reverse" }
  | { readonly operation: "remove"; readonly count: number; readonly from: End }
  /** To the other end, in their order. */
  | { readonly operation: "move"; readonly count: number; readonly from: End }
  | { readonly operation: "add"; readonly item: string; readonly at: End };

export type ListProblem =
  | { readonly task: "reverse" | "sort" | "distinct"; readonly items: Items }
  /** The first `count` items go to the end, in their order. */
  | { readonly task: "rotate"; readonly items: Items; readonly count: number }
  /** Numbers above the bound stay, in their order, repeats included. */
  | { readonly task: "filter"; readonly items: Items; readonly bound: number }
  | { readonly task: "count"; readonly items: Items; readonly item: string }
  | { readonly task: "two-steps" | "three-steps"; readonly items: Items; readonly steps: readonly Step[] };

/** Tasks whose items have a value; in all others items are only equal or not, and letters. */
export const NUMBER_TASKS: ReadonlySet<ListTask> = new Set(["sort", "filter"]);

/** The programs by their number of steps. */
export const PROGRAMS: ReadonlyMap<number, "two-steps" | "three-steps"> = new Map([
  [2, "two-steps"],
  [3, "three-steps"],
]);

/** A single item cannot be reversed, rotated or sorted. */
export const MINIMUM_ITEMS = 2;

/** Several times what the writer writes. */
export const MAXIMUM_ITEMS = 100;

export const LETTER = "[A-Z]";
/** A whole number from 0 to 99 as it is written: no sign, no leading zero. */
export const NUMBER = "(?:0|[1-9][0-9]?)";
