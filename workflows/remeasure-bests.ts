import type { AdversarialPlan } from "../activities/open-adversarial.js";
import type { TakerPlan } from "../activities/run/stage-plan.js";
import type { Usage } from "../report/result.js";
import { keys } from "../store/keys.js";
import { comparedPositions, withRemeasured } from "../swarm/remeasured-bests.js";
import type { SwarmState } from "../swarm/state.js";
import { cpu } from "./activity-options.js";
import { answerAndJudge, expectAnswers, gradeAndScore, type StageContext } from "./evaluate.js";
import { settleAll } from "./settle.js";
import { addUsage, NO_USAGE } from "./usage.js";

/** A swarm whose bests have the scores that they have now, and what that cost. */
interface Remeasured {
  readonly swarm: SwarmState;
  readonly usage: Usage;
}

/** Has the stage's takers answer once more what the generators' bests and worst wrote, where the run remeasures its bests. */
export async function remeasureGenerators(
  stage: StageContext<AdversarialPlan>,
  swarm: SwarmState,
  iteration: number,
): Promise<Remeasured> {
  const { run, plan, progress } = stage;
  if (!plan.remeasures) return { swarm, usage: NO_USAGE };
  const positions = comparedPositions(swarm);
  expectAnswers(progress, { folders: positions.length, takers: plan.takers });
  progress.expect("score", positions.length);
  const scored = await settleAll(
    positions.map((position, index) => async () => {
      const folder = keys.remeasured(run.runId, iteration, `generator-${index}`);
      await cpu.copyQuestions({ run, from: position, to: folder });
      return gradeAndScore(stage, folder);
    }),
  );
  const scores = new Map(positions.map((position, index) => [position, scored[index]!.score]));
  return { swarm: withRemeasured(swarm, scores), usage: scored.map(({ usage }) => usage).reduce(addUsage, NO_USAGE) };
}

/** Has the takers' bests and worst answer the window as it is now, where the run remeasures its bests. */
export async function remeasureTakers(
  stage: StageContext<AdversarialPlan>,
  swarm: SwarmState,
  iteration: number,
): Promise<Remeasured> {
  const { run, plan, progress } = stage;
  if (!plan.remeasures) return { swarm, usage: NO_USAGE };
  const { base } = plan.takers[0]!.model;
  const positions = comparedPositions(swarm);
  const takers = positions.map((adapter, index): TakerPlan => ({
    name: `taker-${index}`,
    queue: "gpu",
    model: { base, adapter },
  }));
  const folder = keys.remeasured(run.runId, iteration, "takers");
  expectAnswers(progress, { folders: 1, takers });
  progress.expect("score", 1);
  await cpu.copyQuestions({ run, from: keys.window(run.runId, iteration), to: folder });
  const usage = await answerAndJudge({ ...stage, plan: { ...plan, takers } }, folder);
  const names = takers.map(({ name }) => name);
  const scores = await progress.track("score", cpu.measureTakers({ run, folder, takers: names }));
  return {
    swarm: withRemeasured(swarm, new Map(positions.map((position, index) => [position, scores[index]!]))),
    usage,
  };
}
