import type { TakerPlan } from "../activities/run/stage-plan.js";
import type { Usage } from "../report/result.js";
import { keys } from "../store/keys.js";
import { cpu, gpu } from "./activity-options.js";
import { expectAnswers, type StageContext } from "./evaluate.js";
import { settleAll } from "./settle.js";
import { addUsage } from "./usage.js";

/** Mean performance of each taker. */
export interface TakerScores {
  readonly window: readonly number[];
  readonly heldOut: readonly number[];
}

/** Where an iteration's takers are asked: the window that they are scored on, and the held-out questions. */
function folders({ run }: StageContext, iteration: number): readonly string[] {
  return [keys.window(run.runId, iteration), keys.heldOut(run.runId, iteration)];
}

/** Announces to the progress what the takers of an iteration do. */
export function expectTakers({ progress, plan }: StageContext): void {
  progress.expect("score", 2);
  expectAnswers(progress, { folders: 2, takers: plan.takers });
}

/** Has one taker answer an iteration's window and the held-out questions. */
export async function askTaker(
  stage: StageContext,
  iteration: number,
  { name: taker, model }: TakerPlan,
): Promise<{ readonly usage: Usage }> {
  const { run, progress, hold, share } = stage;
  await hold();
  const answered = await settleAll(
    folders(stage, iteration).map(
      (folder) => () => progress.track("answer", gpu.answerQuestions({ run, folder, taker, model, share })),
    ),
  );
  return { usage: answered.map(({ usage }) => usage).reduce(addUsage) };
}

/** Grades what all takers answered in an iteration, and scores them. */
export async function scoreTakers(
  stage: StageContext,
  iteration: number,
): Promise<TakerScores & { readonly usage: Usage }> {
  const { run, plan, progress, hold } = stage;
  await hold();
  const judged = await settleAll(
    folders(stage, iteration).map((folder) => () => progress.track("judge", cpu.judgeAnswers({ run, folder }))),
  );
  const takers = plan.takers.map(({ name }) => name);
  const [window, heldOut] = await settleAll(
    folders(stage, iteration).map(
      (folder) => () => progress.track("score", cpu.measureTakers({ run, folder, takers })),
    ),
  );
  return { window: window!, heldOut: heldOut!, usage: judged.map(({ usage }) => usage).reduce(addUsage) };
}
