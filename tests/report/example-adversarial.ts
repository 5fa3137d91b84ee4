/** A hand-made outcome of a swarm of four test takers over ten iterations. */
import type { AdversarialResult } from "../../report/adversarial-result.js";

const HELD_OUT: readonly (readonly number[])[] = [
  [0.52, 0.545, 0.495, 0.6],
  [0.545, 0.56, 0.51, 0.615],
  [0.56, 0.575, 0.54, 0.61],
  [0.575, 0.6, 0.55, 0.63],
  [0.59, 0.605, 0.57, 0.64],
  [0.6, 0.62, 0.575, 0.645],
  [0.605, 0.635, 0.6, 0.65],
  [0.62, 0.65, 0.605, 0.66],
];

const WINDOW: readonly (readonly number[])[] = [
  [0.55, 0.58, 0.5, 0.62],
  [0.51, 0.53, 0.48, 0.57],
  [0.58, 0.61, 0.55, 0.64],
  [0.54, 0.6, 0.53, 0.59],
  [0.57, 0.6, 0.55, 0.63],
  [0.6, 0.66, 0.58, 0.65],
  [0.55, 0.59, 0.56, 0.58],
  [0.58, 0.63, 0.57, 0.61],
];

export const exampleAdversarial: AdversarialResult = {
  takers: ["novice", "path-finder", "flow-expert", "generalist"],
  iterations: HELD_OUT.map((heldOut, iteration) => ({
    iteration,
    window: WINDOW[iteration]!,
    heldOut,
    questions: 200,
    entered: iteration === 0 ? 200 : 40,
  })),
  heldOutQuestions: 200,
  best: {
    taker: "path-finder",
    iteration: 5,
    window: 0.66,
    heldOut: 0.62,
    test: { score: 0.66, low: 0.6067, high: 0.7133, questions: 300 },
  },
  initial: [
    { taker: "novice", test: { score: 0.51, low: 0.4533, high: 0.5667, questions: 300 } },
    { taker: "path-finder", test: { score: 0.54, low: 0.4833, high: 0.5967, questions: 300 } },
    { taker: "flow-expert", test: { score: 0.48, low: 0.4233, high: 0.5367, questions: 300 } },
    { taker: "generalist", test: { score: 0.59, low: 0.5333, high: 0.6467, questions: 300 } },
  ],
  comparisons: [
    {
      training: "base-model",
      questions: 0,
      instances: 0,
      test: { score: 0.31, low: 0.26, high: 0.36, questions: 300 },
      pValue: 1e-17,
      pValuePaired: 0.0005,
    },
    {
      training: "dev-set",
      questions: 1900,
      instances: 5200,
      test: { score: 0.55, low: 0.4933, high: 0.6067, questions: 300 },
      pValue: 0.0028,
      pValuePaired: 0.001,
    },
    {
      training: "initial-generators",
      questions: 5200,
      instances: 5200,
      test: { score: 0.57, low: 0.5133, high: 0.6267, questions: 300 },
      pValue: 0.0119,
      pValuePaired: 0.004,
    },
    {
      training: "data-swarm",
      questions: 5200,
      instances: 5200,
      test: { score: 0.6, low: 0.5433, high: 0.6567, questions: 300 },
      pValue: 0.064,
      pValuePaired: 0.0285,
    },
    {
      training: "task-elicitation",
      questions: 0,
      instances: 0,
      test: { score: null, low: null, high: null, questions: 0 },
      pValue: null,
      pValuePaired: null,
    },
    {
      training: "prompt-breeder",
      questions: 4800,
      instances: 5200,
      test: { score: 0.56, low: 0.5033, high: 0.6167, questions: 300 },
      pValue: 0.006,
      pValuePaired: 0.002,
    },
  ],
  relativeGain: 0.1,
};
