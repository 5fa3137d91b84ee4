/**
 * A data swarm in a small space of numbers instead of adapters, on simulated test takers whose true strength is known: what a
 * search finds, and by how much its score flatters it, can be told exactly. The swarm is the product's own code.
 */
import { advance, initialSwarm, type Move } from "../swarm/advance.js";
import { difficult } from "../swarm/objectives/difficult.js";
import type { Evaluation } from "../swarm/objectives/evaluation.js";
import { type SwarmParameters, testLevel } from "../swarm/parameters.js";
import { planIteration } from "../swarm/plan.js";
import { RandomStream } from "../swarm/random.js";
import { referenceUpdate } from "../swarm/reference-update.js";
import { comparePooled } from "../swarm/statistics/pooled-comparison.js";
import type { SwarmState } from "../swarm/state.js";
import { stopReason } from "../swarm/stopping.js";
import * as bests from "../swarm/tested-bests.js";

export interface SimulatedSearch {
  readonly parameters: SwarmParameters;
  /** Questions of an evaluation. */
  readonly questions: number;
  /** Where all positions are equally good there is nothing but noise. */
  readonly flat: boolean;
}

export interface SimulatedResult {
  /** *difficult* of the global best, true and as the search has it. */
  readonly truth: number;
  readonly searched: number;
  /** The highest true score of an initial particle. */
  readonly initial: number;
  readonly iterations: number;
  /** Question sets that were drawn, answered and graded. */
  readonly evaluations: number;
  readonly challenges: number;
  readonly accepted: number;
}

const PARTICLES = 4;
const DIMENSIONS = 8;
/** How much weaker each test taker is than the best one, in logits. */
const BEHIND = [0, 0.4, 0.8, 1.2];

/** Runs one search; everything random in it comes from `parameters.seed`. */
export function simulateSearch({ parameters, questions, flat }: SimulatedSearch): SimulatedResult {
  const { seed } = parameters;
  const level = testLevel(parameters);
  const accuracies = landscape(seed, flat);
  const positions = new Map<string, Float64Array>();
  const velocities = new Map<string, Float64Array>();
  const evaluations = new Map<string, Evaluation>();

  const evaluate = (folder: string, position: string): number => {
    const random = new RandomStream({ seed, purpose: `evaluation ${folder}` });
    const evaluation = {
      performance: accuracies(positions.get(position)!).map((accuracy) =>
        Array.from({ length: questions }, () => (random.uniform() < accuracy ? 1 : 0)),
      ),
    };
    evaluations.set(folder, evaluation);
    return difficult.score(evaluation);
  };
  const truth = (position: string): number => 1 - Math.max(...accuracies(positions.get(position)!));

  const start = new RandomStream({ seed, purpose: "initial positions" });
  const initial = Array.from({ length: PARTICLES }, (_, particle) => {
    const position = `0/${particle}`;
    positions.set(
      position,
      Float64Array.from({ length: DIMENSIONS }, () => 0.9 * start.normal()),
    );
    return position;
  });
  let state: SwarmState = initialSwarm({
    positions: initial,
    scores: initial.map((position) => evaluate(position, position)),
    stepLength: parameters.stepLength,
  });
  const outcomes: bests.Outcome[] = [];

  const confront = (challenge: bests.Challenge): bests.Outcome => {
    const again = (side: bests.Contender, name: string): bests.Remeasured | null => {
      if (!bests.needsEvaluation(side)) return null;
      // Drawn apart: what common random numbers add in a real run is not counted on.
      const folder = `${challenge.challenger.position} ${challenge.best} ${state.iteration} ${name}`;
      return { folder, score: evaluate(folder, side.position) };
    };
    const measured = bests.withEvidence(challenge, {
      challenger: again(challenge.challenger, "challenger"),
      incumbent: again(challenge.incumbent, "incumbent"),
    });
    const read = ({ evidence }: bests.Contender): Evaluation[] => evidence.map((folder) => evaluations.get(folder)!);
    const comparison = comparePooled(
      { challenger: read(measured.challenger), incumbent: read(measured.incumbent) },
      { objective: difficult, seed, resamples: 0 },
    );
    const outcome = bests.decide(measured, { comparison, failed: false, level: level! });
    outcomes.push(outcome);
    return outcome;
  };

  while (stopReason({ state, parameters, stopRequested: false, budgetSpent: false }) === null) {
    const { iteration, particles } = planIteration(state, parameters);
    const moves = particles.map((plan): Move => {
      const at = (folder: string | null): Float64Array | null => (folder === null ? null : positions.get(folder)!);
      const moved = referenceUpdate(
        {
          position: positions.get(plan.position)!,
          velocity: plan.velocity === null ? null : velocities.get(plan.velocity)!,
          personalBest: at(plan.personalBest),
          globalBest: at(plan.globalBest),
          globalWorst: at(plan.globalWorst),
        },
        plan.coefficients,
      );
      const folder = `${iteration}/${plan.particle}`;
      positions.set(folder, moved.position);
      velocities.set(folder, moved.velocity);
      return { position: folder, velocity: folder };
    });
    const visits: bests.Visits = { state, moves, scores: moves.map(({ position }) => evaluate(position, position)) };
    state = advance({
      ...visits,
      parameters,
      tested: level === null ? undefined : testedBests(visits, confront),
    });
  }

  const best = state.globalBest!;
  return {
    truth: truth(best.position),
    searched: best.score,
    initial: Math.max(...initial.map(truth)),
    iterations: state.iteration,
    evaluations: evaluations.size,
    challenges: outcomes.length,
    accepted: outcomes.filter(({ accepted }) => accepted).length,
  };
}

function testedBests(visits: bests.Visits, confront: (challenge: bests.Challenge) => bests.Outcome): bests.Bests {
  const personal = bests.testedPersonalBests(visits, bests.personalChallenges(visits).map(confront));
  const challenge = bests.globalChallenge(personal);
  return challenge === null ? personal : bests.testedGlobalBest(personal, confront(challenge));
}

/** The takers' accuracies at a position: a hill around a random point, on which all of them fail more. */
function landscape(seed: number, flat: boolean): (position: Float64Array) => number[] {
  const random = new RandomStream({ seed, purpose: "landscape" });
  const top = Float64Array.from({ length: DIMENSIONS }, () => random.normal());
  const steepness = Float64Array.from({ length: DIMENSIONS }, () => 0.5 + random.uniform());
  return (position) => {
    const distance = position.reduce((sum, x, index) => sum + steepness[index]! * (x - top[index]!) ** 2, 0);
    const hill = flat ? 0 : 1.6 * Math.exp(-distance / 12) - 0.3;
    return BEHIND.map((behind) => 1 / (1 + Math.exp(-(0.6 - behind - hill))));
  };
}
