import type { BaselinePlan } from "../activities/open-baseline.js";
import type { RunResult } from "../report/result.js";
import { cpu } from "./activity-options.js";
import { finishBaseline } from "./baselines/finish.js";
import type { BaselineSearch } from "./baselines/method.js";
import { nextRound } from "./baselines/next-round.js";
import { startBaseline } from "./baselines/start.js";
import { durableSearch, type SearchInput } from "./durable-search.js";

/** A baseline of Data Swarms (section 3): it spends, pauses, stops and measures as a swarm does. Its iterations are rounds. */
export function baseline(input: SearchInput<BaselineSearch>): Promise<RunResult> {
  return durableSearch<BaselinePlan, BaselineSearch>(input, {
    open: (run) => cpu.openBaseline({ run }),
    // A method that learns nothing has no rounds.
    limits: ({ rounds }) => ({ patience: Infinity, maxIterations: rounds }),
    start: startBaseline,
    iterate: nextRound,
    reached: ({ round }) => ({ iteration: round, stagnation: 0 }),
    describe: (plan) => ({ method: plan?.method ?? "baseline", patience: 0 }),
    finish: finishBaseline,
  });
}
