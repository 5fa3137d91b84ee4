import { describe, expect, it } from "vitest";
import { advance, initialSwarm } from "../../swarm/advance.js";
import { testLevel } from "../../swarm/parameters.js";
import { RandomStream } from "../../swarm/random.js";
import { swarmStateSchema } from "../../swarm/state-schema.js";
import type { SwarmState } from "../../swarm/state.js";
import {
  type Bests,
  type Challenge,
  decide,
  globalChallenge,
  MOST_EVALUATIONS,
  needsEvaluation,
  type Outcome,
  personalChallenges,
  testedGlobalBest,
  testedPersonalBests,
  type Visits,
  withEvidence,
} from "../../swarm/tested-bests.js";

type Scores = readonly (number | null)[];

const start = (scores: Scores): SwarmState =>
  initialSwarm({ positions: scores.map((_, particle) => `0/${particle}`), scores, stepLength: 0.8 });

const visitsOf = (state: SwarmState, scores: Scores): Visits => ({
  state,
  scores,
  moves: scores.map((_, particle) => {
    const position = `${state.iteration + 1}/${particle}`;
    return { position, velocity: `${position}/v` };
  }),
});

/** What both sides pool to, and p, for challenges named `challenger > incumbent`. */
type Evidence = Readonly<Record<string, readonly [challenger: number, incumbent: number, pValue: number]>>;

const LEVEL = 0.2;

function settle(challenge: Challenge, evidence: Evidence): Outcome {
  const name = `${challenge.challenger.position} > ${challenge.incumbent.position}`;
  const [challenger, incumbent, pValue] = evidence[name]!;
  const again = (side: string): { folder: string; score: number } => ({ folder: `${name} ${side}`, score: 0.5 });
  const measured = withEvidence(challenge, { challenger: again("c"), incumbent: again("i") });
  return decide(measured, { comparison: { challenger, incumbent, pValue }, failed: false, level: LEVEL });
}

function step(state: SwarmState, scores: Scores, evidence: Evidence = {}): { state: SwarmState; challenged: string[] } {
  const visits = visitsOf(state, scores);
  const challenged: string[] = [];
  const confront = (challenge: Challenge): Outcome => {
    challenged.push(`${challenge.best}: ${challenge.challenger.position} > ${challenge.incumbent.position}`);
    return settle(challenge, evidence);
  };
  let tested: Bests = testedPersonalBests(visits, personalChallenges(visits).map(confront));
  const last = globalChallenge(tested);
  if (last !== null) tested = testedGlobalBest(tested, confront(last));
  return { state: advance({ ...visits, parameters: {}, tested }), challenged };
}

describe("tested bests", () => {
  it("follow a trajectory worked out by hand", () => {
    // Particle 0 holds g. Particle 1 seems to beat its own best, and does; particle 2 seems to, and does not.
    const first = step(start([0.5, 0.3, 0.4]), [0.45, 0.6, 0.48], {
      "1/1 > 0/1": [0.56, 0.32, 0.001],
      "1/2 > 0/2": [0.44, 0.42, 0.31],
      "1/1 > 0/0": [0.54, 0.49, 0.12],
    });
    expect(first.challenged).toEqual(["personal: 1/1 > 0/1", "personal: 1/2 > 0/2", "global: 1/1 > 0/0"]);
    const [zero, one, two] = first.state.particles.map(({ personalBest }) => personalBest);
    // Measured again as the global best's incumbent, so that its own score is the pooled one too.
    expect(zero).toEqual({ position: "0/0", score: 0.49, iteration: 0, evidence: ["0/0", "1/1 > 0/0 i"] });
    expect(one).toEqual({
      position: "1/1",
      score: 0.54,
      iteration: 1,
      evidence: ["1/1", "1/1 > 0/1 c", "1/1 > 0/0 c"],
    });
    expect(two).toEqual({ position: "0/2", score: 0.42, iteration: 0, evidence: ["0/2", "1/2 > 0/2 i"] });
    expect(first.state.globalBest).toEqual({ particle: 1, ...one });
    expect(first.state).toMatchObject({ iteration: 1, stagnation: 0, globalWorst: { position: "0/1", score: 0.3 } });

    // Nobody scores above what is known: nothing is measured again.
    const second = step(first.state, [0.49, 0.5, 0.42]);
    expect(second.challenged).toEqual([]);
    expect(second.state.globalBest).toEqual(first.state.globalBest);
    expect(second.state.stagnation).toBe(1);

    // Who beats the particle that holds g beats g by the same test.
    const third = step(second.state, [0.1, 0.7, 0.1], { "3/1 > 1/1": [0.66, 0.53, 0.01] });
    expect(third.challenged).toEqual(["personal: 3/1 > 1/1"]);
    expect(third.state.globalBest).toMatchObject({ particle: 1, iteration: 3, position: "3/1", score: 0.66 });
    expect(third.state.stagnation).toBe(0);
  });

  it("let the global best pass to an older personal best once its own score has come down", () => {
    const { state, challenged } = step(start([0.5, 0.45]), [0.51, 0.2], {
      "1/0 > 0/0": [0.43, 0.42, 0.4],
      "0/1 > 0/0": [0.46, 0.41, 0.15],
    });
    expect(challenged).toEqual(["personal: 1/0 > 0/0", "global: 0/1 > 0/0"]);
    expect(state.globalBest).toMatchObject({ particle: 1, iteration: 0, position: "0/1", score: 0.46 });
    expect(state.stagnation).toBe(0);
  });

  it("refuse a challenger that falls behind, whatever p is, and one at a p above the level", () => {
    const visits = visitsOf(start([0.5]), [0.6]);
    const challenge = personalChallenges(visits)[0]!;
    const accepted = (challenger: number, incumbent: number, pValue: number): boolean =>
      settle(challenge, { "1/0 > 0/0": [challenger, incumbent, pValue] }).accepted;
    expect(accepted(0.6, 0.5, LEVEL)).toBe(true);
    expect(accepted(0.6, 0.5, LEVEL + 1e-9)).toBe(false);
    expect(accepted(0.5, 0.5, 0.1)).toBe(false);
    expect(accepted(0.4, 0.5, 0.1)).toBe(false);
  });

  it("refuse a challenger without a score on fresh questions, and keep what that says of the incumbent", () => {
    const visits = visitsOf(start([0.5]), [0.6]);
    const measured = withEvidence(personalChallenges(visits)[0]!, {
      challenger: { folder: "c", score: null },
      incumbent: { folder: "i", score: 0.4 },
    });
    expect(measured.challenger.evidence).toEqual(["1/0"]);
    const comparison = { challenger: 0.6, incumbent: 0.45, pValue: 0.01 };
    const outcome = decide(measured, { comparison, failed: true, level: LEVEL });
    expect(outcome).toMatchObject({ accepted: false, pValue: null });
    expect(testedPersonalBests(visits, [outcome]).personal).toEqual([
      { position: "0/0", score: 0.45, iteration: 0, evidence: ["0/0", "i"] },
    ]);
  });

  it("judge an incumbent without a score on fresh questions by what it has", () => {
    const measured = withEvidence(personalChallenges(visitsOf(start([0.5]), [0.6]))[0]!, {
      challenger: { folder: "c", score: 0.6 },
      incumbent: { folder: "i", score: null },
    });
    expect(measured.incumbent.evidence).toEqual(["0/0"]);
    expect(measured.challenger.evidence).toEqual(["1/0", "c"]);
  });

  it("take any score over none without a test, and no missing score ever", () => {
    const state = start([null, 0.2, null]);
    const { state: next, challenged } = step(state, [0, null, null]);
    expect(challenged).toEqual([]);
    expect(next.particles.map(({ personalBest }) => personalBest.score)).toEqual([0, 0.2, null]);
    const first = step(start([null, null]), [0.3, 0.3]);
    expect(first.challenged).toEqual([]);
    expect(first.state.globalBest).toMatchObject({ particle: 0, iteration: 1, score: 0.3 });
    expect(step(start([null]), [null]).state).toMatchObject({ globalBest: null, stagnation: 1 });
  });

  it("keep the older of equal ones", () => {
    expect(step(start([0.5, 0.4]), [0.5, 0.4]).challenged).toEqual([]);
    const evidence: Evidence = { "1/1 > 0/1": [0.5, 0.3, 0.01] };
    expect(step(start([0.5, 0.4]), [0.1, 0.6], evidence)).toMatchObject({
      challenged: ["personal: 1/1 > 0/1"],
      state: { globalBest: { position: "0/0" } },
    });
  });

  it("are not measured again once they have the most evaluations", () => {
    const contender = (evaluations: number) => ({
      particle: 0,
      iteration: 0,
      position: "x",
      score: 0.5,
      evidence: Array.from({ length: evaluations }, (_, index) => `e${index}`),
    });
    expect(needsEvaluation(contender(MOST_EVALUATIONS - 1))).toBe(true);
    expect(needsEvaluation(contender(MOST_EVALUATIONS))).toBe(false);
    const challenge: Challenge = { best: "global", challenger: contender(2), incumbent: contender(MOST_EVALUATIONS) };
    const measured = withEvidence(challenge, { challenger: { folder: "c", score: 0.5 }, incumbent: null });
    expect(measured.incumbent).toEqual(challenge.incumbent);
    expect(measured.challenger.evidence).toEqual(["e0", "e1", "c"]);
  });

  it("need the outcome of every challenge", () => {
    const visits = visitsOf(start([0.5, 0.5]), [0.6, 0.6]);
    const outcomes = personalChallenges(visits).map((challenge) => ({ ...challenge, pValue: 0.5, accepted: false }));
    for (const wrong of [[], outcomes.slice(1), outcomes.toReversed(), [...outcomes, ...outcomes]]) {
      expect(() => testedPersonalBests(visits, wrong)).toThrow(expect.objectContaining({ code: "INVALID_SCORES" }));
    }
  });

  it("are Algorithm 1's where a second measurement says the same and every test agrees", () => {
    const random = new RandomStream({ seed: 5, purpose: "no noise" });
    for (let trial = 0; trial < 100; trial++) {
      const particles = random.integer(1, 5);
      const draw = (): (number | null)[] =>
        Array.from({ length: particles }, () => (random.uniform() < 0.2 ? null : random.uniform()));
      let paper = start(draw());
      let tested = paper;
      for (let iteration = 1; iteration <= 8; iteration++) {
        const visits = visitsOf(paper, draw());
        paper = advance({ ...visits, parameters: {} });
        const confront = (challenge: Challenge): Outcome => ({ ...challenge, pValue: 0.01, accepted: true });
        const own = { ...visits, state: tested };
        const personal = testedPersonalBests(own, personalChallenges(own).map(confront));
        const last = globalChallenge(personal);
        const bests = last === null ? personal : testedGlobalBest(personal, confront(last));
        tested = advance({ ...own, parameters: {}, tested: bests });
        expect(withoutEvidence(tested)).toEqual(withoutEvidence(paper));
      }
    }
  });

  it("survive JSON, in under 1.5 KB a particle with keys of 60 characters and the most evaluations", () => {
    const evidence = Array.from({ length: MOST_EVALUATIONS }, () => "k".repeat(60));
    const { state } = step(start([0.5, 0.4]), [0.4, 0.3]);
    const grown: SwarmState = {
      ...state,
      particles: state.particles.map((one) => ({ ...one, personalBest: { ...one.personalBest, evidence } })),
      globalBest: { ...state.globalBest!, evidence },
    };
    const json = JSON.stringify(grown);
    expect(swarmStateSchema.parse(JSON.parse(json))).toEqual(grown);
    expect(json.length).toBeLessThan(2 * 1536);
  });
});

describe("the level of the tests", () => {
  it("is there only where bests are tested, and then must be given", () => {
    expect(testLevel({})).toBeNull();
    expect(testLevel({ bestUpdate: "paper", bestUpdateLevel: 0.1 })).toBeNull();
    expect(testLevel({ bestUpdate: "tested", bestUpdateLevel: 0.1 })).toBe(0.1);
    expect(() => testLevel({ bestUpdate: "tested" })).toThrow(expect.objectContaining({ code: "INVALID_PARAMETERS" }));
  });
});

function withoutEvidence(state: SwarmState): unknown {
  return JSON.parse(JSON.stringify(state, (key, value: unknown) => (key === "evidence" ? undefined : value)));
}
