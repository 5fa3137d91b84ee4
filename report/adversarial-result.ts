/** What the result of an adversarial swarm says beside that of its generators: the part of `result.json` on test takers. */
import type { FreshScore } from "./result.js";

/** How the test takers did in one iteration; performance is a mean from 0 to 1. */
export interface TakerIteration {
  /** 0 is the initial takers on the initial generators' questions. */
  readonly iteration: number;
  /** Performance of each taker on the window that it is moved by, in the order of the takers. */
  readonly window: readonly number[];
  /** The same on questions that neither swarm sees. */
  readonly heldOut: readonly number[];
  /** Questions in the window. */
  readonly questions: number;
  /** How many of them were new. */
  readonly entered: number;
}

/** A test taker on the test questions, which took no part in anything. */
export interface TestedTaker {
  readonly taker: string;
  /** Mean performance, 0 to 1, with its interval. */
  readonly test: FreshScore;
}

/** The base model, fine-tuned in another way, beside the best taker of the swarm (section 4, figure 3). */
export interface TrainingComparison {
  readonly training: string;
  /** Different questions that it was fine-tuned on. */
  readonly questions: number;
  /** Training instances of an epoch: more than the questions where those had to be repeated for an equal amount. */
  readonly instances: number;
  /** Null scores where there was no valid question to learn from. */
  readonly test: FreshScore;
  /** One-tailed, the best taker above this one: two-proportion z-test on right answers. */
  readonly pValue: number | null;
  /** The same as a paired bootstrap, question by question: both answered the same ones. The one to judge by. */
  readonly pValuePaired: number | null;
}

export interface BestTaker extends TestedTaker {
  readonly iteration: number;
  /** Performance on the window of that iteration: a maximum over noise. */
  readonly window: number;
  readonly heldOut: number;
}

export interface AdversarialResult {
  /** Names of the takers that moved. */
  readonly takers: readonly string[];
  readonly iterations: readonly TakerIteration[];
  readonly heldOutQuestions: number;
  /** Global best of the swarm of takers. */
  readonly best: BestTaker;
  /** The takers as they were when the search began. */
  readonly initial: readonly TestedTaker[];
  /** Empty where nothing is compared. */
  readonly comparisons: readonly TrainingComparison[];
  /** Test performance of the best taker over that of the best of the comparisons, less 1. */
  readonly relativeGain: number | null;
}
