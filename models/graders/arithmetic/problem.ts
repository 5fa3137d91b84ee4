/** A word problem without its words: people and things are indices in the order in which the text first names them. */
export type ArithmeticProblem =
  ChangeProblem | GivingProblem | SharingProblem | ComparisonProblem | TotalProblem | PriceProblem | LeftoverProblem;

/** Something grows and shrinks step by step. */
export interface ChangeProblem {
  readonly task: "change";
  readonly start: number;
  /** Signed: what is gained is positive. */
  readonly changes: readonly number[];
}

/** People give to each other, one gift after another. */
export interface GivingProblem {
  readonly task: "giving";
  /** What each person has at first. */
  readonly starts: readonly number[];
  readonly gifts: readonly Gift[];
  /** The person asked about. */
  readonly asked: number;
}

export interface Gift {
  readonly from: number;
  readonly to: number;
  readonly amount: number;
}

/** What somebody has anyway and one equal share of each of several amounts, together. */
export interface SharingProblem {
  readonly task: "sharing";
  readonly own: number;
  readonly shares: readonly { readonly amount: number; readonly among: number }[];
}

/** Everybody but the first person is compared with somebody named before. */
interface ComparedPeople {
  /** What person 0 has. */
  readonly start: number;
  /** Of the persons 1, 2 and so on. */
  readonly comparisons: readonly Comparison[];
}

export interface Comparison {
  /** The person compared with. */
  readonly with: number;
  /** How many more, negative for fewer, or twice as many. */
  readonly by: number | "twice";
}

/** What one of the compared people has. */
export interface ComparisonProblem extends ComparedPeople {
  readonly task: "comparison";
  readonly asked: number;
}

/** What all the compared people have together. */
export interface TotalProblem extends ComparedPeople {
  readonly task: "total";
}

/** A basket from a price list. */
export interface PriceProblem {
  readonly task: "price";
  readonly prices: readonly number[];
  readonly basket: readonly { readonly thing: number; readonly count: number }[];
}

/** What is left when several amounts together are packed into full bags. */
export interface LeftoverProblem {
  readonly task: "leftover";
  readonly parts: readonly number[];
  readonly bag: number;
}

export type ArithmeticTask = ArithmeticProblem["task"];

export const ARITHMETIC_TASKS = [
  "change",
  "giving",
  "sharing",
  "comparison",
  "total",
  "price",
  "leftover",
] as const satisfies readonly ArithmeticTask[];

/** No number in a question, on the way to its answer or in the answer is larger: each is one token of the embedded model. */
export const LARGEST_NUMBER = 99;
