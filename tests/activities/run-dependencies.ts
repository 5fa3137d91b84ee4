import type { ActivityDependencies, RunContext } from "../../activities/dependencies.js";
import { graderFor } from "../../models/graders/registry.js";
import { difficult } from "../../swarm/objectives/difficult.js";

/** What activities of one run on graph problems are given that asks no endpoint. */
export function runDependencies(
  run: Omit<RunContext, "grader" | "objective">,
  openModel: ActivityDependencies["openModel"],
): ActivityDependencies {
  return {
    openRun: () => Promise.resolve({ ...run, grader: graderFor("graphs"), objective: difficult }),
    openModel,
    openEndpoint: () => {
      throw new Error("no endpoint is asked");
    },
  };
}
