import type { SwarmPlan } from "../activities/open-run.js";
import type { ChallengeResult, Usage } from "../report/result.js";
import { keys } from "../store/keys.js";
import {
  type Bests,
  type Challenge,
  decide,
  globalChallenge,
  needsEvaluation,
  type Outcome,
  personalChallenges,
  testedGlobalBest,
  testedPersonalBests,
  type Visits,
  withEvidence,
} from "../swarm/tested-bests.js";
import { cpu } from "./activity-options.js";
import { evaluate, expectEvaluations, type StageContext } from "./evaluate.js";
import { searchSample } from "./search-sample.js";
import { settleAll } from "./settle.js";
import { addUsage, NO_USAGE } from "./usage.js";

/** The bests of an iteration whose challengers were tested, with what that cost. */
export interface ConfirmedBests {
  readonly bests: Bests;
  readonly challenges: readonly ChallengeResult[];
  readonly usage: Usage;
}

interface Confirmed {
  readonly outcome: Outcome;
  readonly usage: Usage;
}

/**
 * Tests what challenges the bests of a swarm (`bestUpdate: tested`): first every particle's own, side by side, then the
 * strongest of them against the global best. At most two evaluations a particle and two more.
 *
 * @param level the largest p-value of a new best
 */
export async function confirmBests(
  stage: StageContext<SwarmPlan>,
  visits: Visits,
  level: number,
): Promise<ConfirmedBests> {
  const iteration = visits.state.iteration + 1;
  const test = (challenge: Challenge): Promise<Confirmed> => confirm(stage, challenge, { iteration, level });
  const challenges = personalChallenges(visits);
  const confirmed = await settleAll(challenges.map((challenge) => () => test(challenge)));
  let bests = testedPersonalBests(
    visits,
    confirmed.map(({ outcome }) => outcome),
  );
  const last = globalChallenge(bests);
  if (last !== null) {
    const decided = await test(last);
    bests = testedGlobalBest(bests, decided.outcome);
    confirmed.push(decided);
  }
  return {
    bests,
    challenges: confirmed.map(({ outcome: { best, challenger, pValue, accepted } }) => ({
      best,
      particle: challenger.particle,
      pValue,
      accepted,
    })),
    usage: confirmed.map(({ usage }) => usage).reduce(addUsage, NO_USAGE),
  };
}

/** Measures both sides of a challenge on fresh questions, drawn with the same random numbers, and decides it on all the evidence. */
async function confirm(
  stage: StageContext<SwarmPlan>,
  challenge: Challenge,
  { iteration, level }: { readonly iteration: number; readonly level: number },
): Promise<Confirmed> {
  const { run, plan, progress } = stage;
  const { best, challenger } = challenge;
  const sides = (["challenger", "incumbent"] as const).filter((side) => needsEvaluation(challenge[side]));
  expectEvaluations(stage, sides.length);
  progress.expect("score", 1);
  const measured = await settleAll(
    sides.map((side) => async () => {
      const { particle, position } = challenge[side];
      const folder = keys.confirmation(run.runId, iteration, challenger.particle, `${best}-${side}`);
      const evaluation = await evaluate(stage, {
        ...searchSample({ plan, iteration, particle, folder, found: [position] }),
        adapter: position,
        random: { seed: plan.seed, purpose: `confirm ${best} best`, iteration, particle: challenger.particle },
      });
      return { ...evaluation, side, folder };
    }),
  );
  const of = (side: "challenger" | "incumbent") => measured.find((one) => one.side === side) ?? null;
  const evident = withEvidence(challenge, { challenger: of("challenger"), incumbent: of("incumbent") });
  const comparison = await progress.track(
    "score",
    cpu.compareBests({ run, challenger: evident.challenger.evidence, incumbent: evident.incumbent.evidence }),
  );
  const failed = of("challenger")?.score === null;
  return {
    outcome: decide(evident, { comparison, failed, level }),
    usage: measured.map(({ usage }) => usage).reduce(addUsage, NO_USAGE),
  };
}
