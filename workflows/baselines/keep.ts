import type { KeepRequest } from "../../activities/keep-questions.js";
import type { Usage } from "../../report/result.js";
import { keys } from "../../store/keys.js";
import { cpu } from "../activity-options.js";
import type { StageContext } from "../evaluate.js";
import { addUsage } from "../usage.js";

/** Keeps questions of graded sets, and scores what is kept. */
export async function keep(
  { run, progress, hold }: StageContext,
  round: number,
  chosen: Pick<KeepRequest, "from" | "keep">,
): Promise<{ readonly folder: string; readonly score: number; readonly usage: Usage }> {
  const folder = keys.kept(run.runId, round);
  progress.expect("score", 2);
  await hold();
  const kept = await progress.track("score", cpu.keepQuestions({ run, round, folder, ...chosen }));
  const scored = await progress.track("score", cpu.scoreObjective({ run, folder, pool: "search" }));
  return { folder, score: scored.score, usage: addUsage(kept.usage, scored.usage) };
}
