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
  const { run, progress } = stage;
  const usage = addUsage(search.usage, await measureGenerators(stage, search.swarm));
  progress.begin("finish");
  progress.expect("report", 2);
  const { swarm, iterations } = search;
  const result = await progress.track("report", cpu.finishRun({ run, swarm, iterations, usage, stoppedBecause }));
  await progress.track("report", cpu.writeReport({ run, result }));
  return result;
}
