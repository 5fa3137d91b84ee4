import type { FinishRequest } from "../activities/finish-run.js";
import type { RunResult } from "../report/result.js";
import { cpu } from "./activity-options.js";
import type { StageContext } from "./evaluate.js";
import { measureGenerators } from "./measure-generators.js";
import type { SearchState } from "./search-state.js";
import { addUsage } from "./usage.js";

/** Measures what the search found, and writes result and report. */
export async function finish(
  stage: StageContext,
  search: SearchState,
  stoppedBecause: RunResult["stoppedBecause"],
): Promise<RunResult> {
  const { swarm, iterations } = search;
  const usage = addUsage(search.usage, await measureGenerators(stage, swarm));
  return writeUp(stage, { swarm, iterations, usage, stoppedBecause });
}

/** Writes result and report from what was measured. */
export async function writeUp({ run, progress }: StageContext, found: Omit<FinishRequest, "run">): Promise<RunResult> {
  progress.begin("finish");
  progress.expect("report", 2);
  const result = await progress.track("report", cpu.finishRun({ run, ...found }));
  await progress.track("report", cpu.writeReport({ run, result }));
  return result;
}
