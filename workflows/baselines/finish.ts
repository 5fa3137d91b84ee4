import type { BaselinePlan } from "../../activities/open-baseline.js";
import type { RunResult } from "../../report/result.js";
import { cpu } from "../activity-options.js";
import type { StageContext } from "../evaluate.js";
import { addUsage } from "../usage.js";
import { withRound } from "./after-step.js";
import { commitRound } from "./commit-round.js";
import { measureWriter } from "./measure-writer.js";
import type { BaselineSearch, Held } from "./method.js";

/** Measures what a baseline ended with, and writes result and report. */
export async function finishBaseline(
  stage: StageContext<BaselinePlan>,
  search: BaselineSearch,
  stoppedBecause: RunResult["stoppedBecause"],
): Promise<RunResult> {
  const { run, progress } = stage;
  const { held, iterations, usage } = search.held === null ? search : await measured(stage, search, search.held);
  progress.begin("finish");
  progress.expect("report", 2);
  const searched = held?.score ?? null;
  const best = held === null || searched === null ? null : { iteration: held.round, searched };
  const finishing = cpu.finishBaseline({ run, best, iterations, usage, stoppedBecause });
  const result = await progress.track("report", finishing);
  await progress.track("report", cpu.writeReport({ run, result }));
  return result;
}

/** Where nothing was selected there is one measurement, which is what the search saw too. */
async function measured(
  stage: StageContext<BaselinePlan>,
  search: BaselineSearch,
  held: Held,
): Promise<BaselineSearch> {
  const { score, usage } = await measureWriter(stage, held);
  const after = { ...search, usage: addUsage(search.usage, usage) };
  if (held.score !== null) return after;
  const iterations = withRound(search.iterations, held.round, score);
  return commitRound(stage, { ...after, held: { ...held, score }, iterations });
}
