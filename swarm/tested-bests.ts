/**
 * Bests that are tested before they are believed (`bestUpdate: tested`): Algorithm 1, line 13, for scores that are means over random
 * questions, whose maximum over particles and iterations is a maximum over noise. A position that scores above a best challenges
 * it; both are measured again on fresh questions, all evaluations of each are pooled, and the challenger becomes the best only
 * where a one-tailed test says so. Either way the best's score is the pooled one from then on. Pure: who measures and tests is
 * the caller, between `personalChallenges` and `testedPersonalBests`, and between `globalChallenge` and `testedGlobalBest`.
 */
import type { Move } from "./advance.js";
import { firstBest, isBetter } from "./ranking.js";
import type { EvaluationRef, Evidence, GlobalBest, PersonalBest, ScoredPosition, SwarmState } from "./state.js";
import type { PooledComparison } from "./statistics/pooled-comparison.js";
import { SwarmError } from "./swarm-error.js";

/** A position with a score, and the evaluations that it pools. */
export interface Contender extends ScoredPosition {
  readonly evidence: readonly EvaluationRef[];
}

export interface Challenge {
  /** A particle's own best, or the swarm's. */
  readonly best: "personal" | "global";
  readonly challenger: Contender;
  readonly incumbent: Contender;
}

/** One more evaluation of a side of a challenge. */
export interface Remeasured {
  readonly folder: EvaluationRef;
  /** Null where too few questions were valid. */
  readonly score: number | null;
}

/** A challenge that was decided, both sides with the scores that their evidence pools to. */
export interface Outcome extends Challenge {
  /** Null where the challenger had no score when it was measured again. */
  readonly pValue: number | null;
  readonly accepted: boolean;
}

/** The bests after an iteration. */
export interface Bests {
  /** One a particle. */
  readonly personal: readonly PersonalBest[];
  readonly global: GlobalBest | null;
}

/** Where the particles went in an iteration, and what they scored there. */
export interface Visits {
  readonly state: SwarmState;
  readonly moves: readonly Move[];
  readonly scores: readonly (number | null)[];
}

/**
 * Evaluations after which a best is not measured again: of the variance of a difference to a challenger with two, those of an
 * incumbent with eight make a fifth. It bounds what the state holds and what a test reads.
 */
export const MOST_EVALUATIONS = 8;

/** The particles whose new position scored above their personal best. One that never had a score has no best to beat. */
export function personalChallenges({ state, moves, scores }: Visits): Challenge[] {
  return state.particles.flatMap(({ personalBest }, particle): Challenge[] => {
    const score = scores[particle] ?? null;
    if (personalBest.score === null || !isBetter(score, personalBest.score)) return [];
    const { position } = moves[particle]!;
    const incumbent = { particle, ...personalBest, score: personalBest.score, evidence: evidenceOf(personalBest) };
    const challenger = { particle, iteration: state.iteration + 1, position, score, evidence: [position] };
    return [{ best: "personal", challenger, incumbent }];
  });
}

/** Whether a side of a challenge is still to be measured again. */
export function needsEvaluation({ evidence }: Contender): boolean {
  return evidence.length < MOST_EVALUATIONS;
}

/** A challenge with what both sides have now: an evaluation without a score adds nothing; null is not measured again. */
export function withEvidence(
  challenge: Challenge,
  measured: { readonly challenger: Remeasured | null; readonly incumbent: Remeasured | null },
): Challenge {
  const grown = (contender: Contender, added: Remeasured | null): Contender =>
    added === null || added.score === null
      ? contender
      : { ...contender, evidence: [...contender.evidence, added.folder] };
  return {
    best: challenge.best,
    challenger: grown(challenge.challenger, measured.challenger),
    incumbent: grown(challenge.incumbent, measured.incumbent),
  };
}

/**
 * The outcome of a challenge on all the evidence. A challenger that had no score when it was measured again (`failed`) is refused: it
 * owes its first one to luck. An incumbent that had none is judged by what it has.
 */
export function decide(
  challenge: Challenge,
  tested: { readonly comparison: PooledComparison; readonly failed: boolean; readonly level: number },
): Outcome {
  const { comparison, failed, level } = tested;
  const { pValue } = comparison;
  return {
    best: challenge.best,
    challenger: { ...challenge.challenger, score: comparison.challenger },
    incumbent: { ...challenge.incumbent, score: comparison.incumbent },
    pValue: failed ? null : pValue,
    // The test counts right answers where the score is a mean over a judge's grades, so that they may disagree.
    accepted: !failed && comparison.challenger > comparison.incumbent && pValue <= level,
  };
}

/**
 * The bests once the personal challenges are decided. Where the beaten incumbent was the global best too, the same test
 * has decided that challenge. Throws `INVALID_SCORES` where an outcome is missing or is that of no challenge.
 */
export function testedPersonalBests(visits: Visits, outcomes: readonly Outcome[]): Bests {
  const { state, moves, scores } = visits;
  const challenges = personalChallenges(visits);
  const expected = challenges.map(({ challenger }) => challenger.position);
  if (expected.join() !== outcomes.map(({ challenger }) => challenger.position).join()) {
    throw new SwarmError("INVALID_SCORES", `expected the outcomes of the challenges of ${expected.join() || "nobody"}`);
  }
  const fresh = state.particles.map(({ personalBest }, particle): PersonalBest => {
    const score = scores[particle] ?? null;
    if (personalBest.score !== null || score === null) return personalBest;
    return { position: moves[particle]!.position, score, iteration: state.iteration + 1 };
  });
  const bests = outcomes.reduce(settle, { personal: fresh, global: state.globalBest });
  return bests.global === null ? { ...bests, global: strongest(bests.personal) } : bests;
}

/** The highest personal best, where it is above the global best: at most one challenge an iteration. The first of equal ones. */
export function globalChallenge({ personal, global }: Bests): Challenge | null {
  const challenger = strongest(personal);
  if (global === null || challenger === null || !isBetter(challenger.score, global.score)) return null;
  // What was measured as a personal best was measured as the global one: see `settle`.
  if (challenger.position === global.position) return null;
  return { best: "global", challenger, incumbent: { ...global, evidence: evidenceOf(global) } };
}

/** The bests once the challenge of the global best is decided. */
export function testedGlobalBest(bests: Bests, outcome: Outcome): Bests {
  return settle(bests, outcome);
}

/** Both sides' new evidence goes to every best at their positions, then the winner takes the place. */
function settle(bests: Bests, { best, challenger, incumbent, accepted }: Outcome): Bests {
  const known = <Best extends PersonalBest | GlobalBest>(held: Best): Best => {
    const side = [challenger, incumbent].find(({ position }) => position === held.position);
    return side === undefined ? held : { ...held, score: side.score, evidence: side.evidence };
  };
  const personal = bests.personal.map(known);
  const global = bests.global === null ? null : known(bests.global);
  if (!accepted) return { personal, global };
  const { particle, ...position } = challenger;
  return {
    personal: best === "personal" ? personal.with(particle, position) : personal,
    global: global?.position === incumbent.position ? challenger : global,
  };
}

function strongest(personal: readonly PersonalBest[]): Contender | null {
  const contenders = personal.flatMap((own, particle): Contender[] =>
    own.score === null ? [] : [{ ...own, particle, score: own.score, evidence: evidenceOf(own) }],
  );
  return firstBest(contenders, ({ score }) => score) ?? null;
}

/** The evaluations that a best's score rests on. */
export function evidenceOf({ position, evidence }: Evidence & { readonly position: string }): readonly EvaluationRef[] {
  return evidence ?? [position];
}
