import type { AdversarialPlan, MovingTaker } from "../activities/open-adversarial.js";
import type { Slid } from "../activities/slide-window.js";
import type { TakerIteration } from "../report/adversarial-result.js";
import type { Usage } from "../report/result.js";
import { keys } from "../store/keys.js";
import { advance, initialSwarm } from "../swarm/advance.js";
import { planIteration } from "../swarm/plan.js";
import type { SwarmState } from "../swarm/state.js";
import { cpu, gpu } from "./activity-options.js";
import { type AdversarialState, commitBoth } from "./adversarial-state.js";
import type { StageContext } from "./evaluate.js";
import { askTaker, expectTakers, scoreTakers, type TakerScores } from "./measure-takers.js";
import { moveParticles } from "./move-particles.js";
import { remeasureGenerators, remeasureTakers } from "./remeasure-bests.js";
import { settleAll } from "./settle.js";
import { initialGenerators } from "./start-search.js";
import { stepGenerators } from "./step-generators.js";
import { addUsage, NO_USAGE } from "./usage.js";

/** Iteration 0 of both swarms: initial generators on the takers, initial takers on those generators' questions (Algorithm 2, lines 1 and 2). */
export async function startBoth(stage: StageContext<AdversarialPlan>): Promise<AdversarialState> {
  const { run, plan } = stage;
  const initial = await initialGenerators(stage);
  expectTakers(stage);
  const slid = await cpu.slideWindow({ run, iteration: 0 });
  const asked = await settleAll(plan.takers.map((taker) => () => askTaker(stage, 0, taker)));
  const scores = await scoreTakers(stage, 0);
  return commitBoth(stage, {
    plan,
    swarm: initial.swarm,
    iterations: [],
    takers: initialSwarm({
      positions: plan.takers.map(({ model }) => model.adapter),
      scores: scores.window,
      stepLength: plan.models.stepLength,
    }),
    takerIterations: [takerIteration(0, slid, scores)],
    generated: slid.joint,
    usage: [initial, ...asked, scores].map(({ usage }) => usage).reduce(addUsage),
    startedFrom: 0,
    iterationMilliseconds: 0,
  });
}

/** One iteration: data-step against the takers as they are, joint questions into the window, model-step on it (Algorithm 2, lines 5 to 7). */
export async function iterateBoth(
  stage: StageContext<AdversarialPlan>,
  state: AdversarialState,
): Promise<AdversarialState> {
  const { run, plan, progress } = stage;
  progress.begin("search");
  const iteration = state.swarm.iteration + 1;
  const facing = { ...stage, plan: { ...plan, takers: takersAt(plan, state.takers) } };
  const generators = await remeasureGenerators(facing, state.swarm, iteration);
  const dataStep = await stepGenerators(facing, generators.swarm);
  const slid = await cpu.slideWindow({ run, iteration });
  const takers = await remeasureTakers(stage, state.takers, iteration);
  const modelStep = await stepTakers(stage, takers.swarm);
  return commitBoth(stage, {
    ...state,
    swarm: dataStep.swarm,
    takers: modelStep.swarm,
    takerIterations: [...state.takerIterations, takerIteration(iteration, slid, modelStep.scores)],
    generated: state.generated + slid.joint,
    usage: [state, generators, dataStep, takers, modelStep].map(({ usage }) => usage).reduce(addUsage),
  });
}

/** One PSO step of the takers: each moves and answers the window, then the bests (Algorithm 1, lines 9 to 13). */
async function stepTakers(
  stage: StageContext<AdversarialPlan>,
  state: SwarmState,
): Promise<{ readonly swarm: SwarmState; readonly scores: TakerScores; readonly usage: Usage }> {
  const { run, plan } = stage;
  const planned = planIteration(state, plan.models);
  const { iteration } = planned;
  expectTakers(stage);
  const retunes = iteration % (plan.retuneTakersEvery ?? Infinity) === 0;
  if (retunes) stage.progress.expect("fine-tune", planned.particles.length);
  const { moves, found } = await moveParticles(stage, {
    planned,
    place: (particle) => {
      const position = keys.taker(run.runId, iteration, plan.takers[particle]!.name);
      return { position, velocity: `${position}/velocity`, ...(retunes ? { moved: keys.moved(position) } : {}) };
    },
    look: async (particle, adapter) => {
      const taker = withAdapter(plan.takers[particle]!, adapter);
      const tuned = retunes ? await retune(stage, { iteration, particle, taker }) : NO_USAGE;
      const asked = await askTaker(stage, iteration, taker);
      return { usage: addUsage(tuned, asked.usage) };
    },
  });
  const scores = await scoreTakers(stage, iteration);
  return {
    swarm: advance({ state, moves, scores: scores.window, parameters: plan.models }),
    scores,
    usage: [...found, scores].map(({ usage }) => usage).reduce(addUsage),
  };
}

/** Fine-tunes a taker, from where its move ended, on what the generators have just written. */
async function retune(
  { run, progress, hold }: StageContext,
  {
    iteration,
    particle,
    taker,
  }: { readonly iteration: number; readonly particle: number; readonly taker: MovingTaker },
): Promise<Usage> {
  const { base, adapter: folder } = taker.model;
  await hold();
  const model = { base, adapter: keys.moved(folder) };
  const tuning = gpu.retuneTaker({ run, iteration, particle, model, folder });
  return (await progress.track("fine-tune", tuning)).usage;
}

/** The takers where a swarm of them has brought them. */
function takersAt({ takers }: AdversarialPlan, { particles }: SwarmState): MovingTaker[] {
  return takers.map((taker, particle) => withAdapter(taker, particles[particle]!.position));
}

function withAdapter(taker: MovingTaker, adapter: string): MovingTaker {
  return { ...taker, model: { ...taker.model, adapter } };
}

function takerIteration(
  iteration: number,
  { questions, entered }: Slid,
  { window, heldOut }: TakerScores,
): TakerIteration {
  return { iteration, window, heldOut, questions, entered };
}
