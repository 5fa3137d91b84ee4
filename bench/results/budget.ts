/** What every method may spend: the same number of questions that takers answer while it learns, and the same fresh measurement. */

/** Drawn by each generator in an iteration; at the share of valid ones that generators have, more than 100 are left. */
const QUESTIONS_PER_EVALUATION = 125;
const GENERATORS = 4;
const ITERATIONS = 3;
const QUESTIONS_PER_ITERATION = GENERATORS * QUESTIONS_PER_EVALUATION;
/** The initial swarm is evaluated too, as are the questions that baselines begin with. */
const QUESTIONS = (1 + ITERATIONS) * QUESTIONS_PER_ITERATION;
/** Of autobencher: the paper's 20 would make 250 of them. */
const SUBSET_SIZE = 100;

const MIN_VALID = 0.8;
/** One standard error of a share of `MIN_VALID` of the questions of an evaluation above it: 105 of 125. */
export const MIN_NEW = 0.84;
export const EVALUATION = { freshQuestions: 200, seedQuestions: 200, bootstrapSamples: 1000 } as const;

/** The budget in a sentence or two. */
export function describeBudget(): string {
  return (
    `Budget: every method may have takers answer ${QUESTIONS} questions while it searches, ` +
    `${QUESTIONS_PER_EVALUATION} for each of ${GENERATORS} generators at the start and in each of ${ITERATIONS} iterations or rounds; a set of which less than ` +
    `${100 * MIN_VALID} % is valid has no score. What is found is measured on ${EVALUATION.freshQuestions} fresh questions.`
  );
}

/** Coefficients from the paper's grid (appendix C). */
export const SWARM = {
  inertia: 0.2,
  cognitive: 0.3,
  social: 0.3,
  repel: 0.1,
  stepLength: 1.0,
  patience: ITERATIONS,
  maxIterations: ITERATIONS,
  questionsPerIteration: QUESTIONS_PER_EVALUATION,
  minValid: MIN_VALID,
} as const;

export const BASELINE = {
  rounds: ITERATIONS,
  questionsPerRound: QUESTIONS_PER_ITERATION,
  population: QUESTIONS_PER_ITERATION,
  subsets: QUESTIONS / SUBSET_SIZE,
  subsetSize: SUBSET_SIZE,
  minValid: MIN_VALID,
} as const;

/** Two swarms at the same budget of questions; the paper's sizes where it names them. */
export const ADVERSARIAL = {
  windowSize: 200,
  heldOutQuestions: 200,
  testQuestions: 300,
  comparison: { sft: { epochs: 1, learningRate: 2e-3, batchSize: 16, schedule: "constant" } },
} as const;
