import type { SwarmPlan } from "../activities/open-run.js";
import type { ChallengeResult, Usage } from "../report/result.js";
import { keys } from "../store/keys.js";
import { advance } from "../swarm/advance.js";
import { testLevel } from "../swarm/parameters.js";
import { planIteration } from "../swarm/plan.js";
import type { SwarmState } from "../swarm/state.js";
import { gpu } from "./activity-options.js";
import { confirmBests } from "./confirm-bests.js";
import { expectEvaluations, type StageContext } from "./evaluate.js";
import { evaluateGenerator } from "./evaluate-generator.js";
import { moveParticles } from "./move-particles.js";
import { drawnTo, foundAt, searchSample } from "./search-sample.js";
import { addUsage, NO_USAGE } from "./usage.js";

/** A swarm of generators after a step. */
export interface Stepped {
  readonly swarm: SwarmState;
  /** What was tested, where bests are tested. */
  readonly challenges: readonly ChallengeResult[] | undefined;
  readonly usage: Usage;
}

/** One PSO step of the generators: each moves and is evaluated on the stage's takers, then the bests (Algorithm 1, lines 9 to 13). */
export async function stepGenerators(stage: StageContext<SwarmPlan>, state: SwarmState): Promise<Stepped> {
  const { run, plan, progress } = stage;
  const planned = planIteration(state, plan.swarm);
  const { iteration } = planned;
  expectEvaluations(stage, planned.particles.length);
  const retunes = iteration % (plan.retuneEvery ?? Infinity) === 0;
  if (retunes) progress.expect("fine-tune", planned.particles.length);
  const { moves, found } = await moveParticles(stage, {
    planned,
    place: (particle) => ({
      position: keys.particle(run.runId, iteration, particle),
      velocity: keys.velocity(run.runId, iteration, particle),
      ...(retunes ? { moved: keys.moved(keys.particle(run.runId, iteration, particle)) } : {}),
    }),
    look: async (particle, folder) => {
      const found = drawnTo(state, particle);
      const tuned = retunes ? await retune(stage, { iteration, particle, folder, found }) : NO_USAGE;
      const evaluation = await evaluateGenerator(stage, searchSample({ plan, iteration, particle, folder, found }));
      return { ...evaluation, usage: addUsage(tuned, evaluation.usage) };
    },
  });
  const visits = { state, moves, scores: found.map(({ score }) => score) };
  const level = testLevel(plan.swarm);
  const confirmed = level === null ? null : await confirmBests(stage, visits, level);
  return {
    swarm: advance({ ...visits, parameters: plan.swarm, tested: confirmed?.bests }),
    challenges: confirmed?.challenges,
    usage: found.map(({ usage }) => usage).reduce(addUsage, confirmed?.usage ?? NO_USAGE),
  };
}

/** Fine-tunes a particle, from where its move ended, on what was found at the positions that drew it. */
async function retune(
  { run, progress, hold }: StageContext,
  at: {
    readonly iteration: number;
    readonly particle: number;
    readonly folder: string;
    readonly found: readonly string[];
  },
): Promise<Usage> {
  const { iteration, particle, folder, found } = at;
  await hold();
  const tuning = gpu.retuneGenerator({
    run,
    iteration,
    particle,
    from: keys.moved(folder),
    examples: foundAt(found),
    folder,
  });
  return (await progress.track("fine-tune", tuning)).usage;
}
