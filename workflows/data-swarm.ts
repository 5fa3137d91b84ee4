import { cpu } from "./activity-options.js";
import type { SwarmPlan } from "../activities/open-run.js";
import type { IterationResult, RunResult } from "../report/result.js";
import type { SwarmState } from "../swarm/state.js";
import { durableSearch, type SearchInput } from "./durable-search.js";
import { finish } from "./finish.js";
import { iterate } from "./iterate.js";
import type { SearchState } from "./search-state.js";
import { startSearch } from "./start-search.js";
import { NO_USAGE } from "./usage.js";

export interface DataSwarmInput extends SearchInput<SearchState> {
  /** A checkpoint of another run that this one goes on from; its adapters are staged. */
  readonly from?: { readonly swarm: SwarmState; readonly iterations: readonly IterationResult[] };
}

/** Data Swarms, Algorithm 1: initial generators, search, a fresh measurement of what was found, report. */
export function dataSwarm(input: DataSwarmInput): Promise<RunResult> {
  const { from } = input;
  return durableSearch<SwarmPlan, SearchState>(input, {
    open: (run) => cpu.openRun({ run }),
    limits: ({ swarm }) => swarm,
    start: (stage) => (from === undefined ? startSearch(stage) : goOnFrom(stage.plan, from)),
    iterate,
    reached: ({ swarm }) => swarm,
    describe: (_plan, search) => ({ bestParticle: search?.swarm.globalBest?.particle ?? null }),
    finish,
  });
}

/** A search that goes on from a checkpoint of another run; what that one used is not this one's. */
function goOnFrom(plan: SwarmPlan, from: NonNullable<DataSwarmInput["from"]>): SearchState {
  return { plan, ...from, usage: NO_USAGE, startedFrom: from.swarm.iteration, iterationMilliseconds: 0 };
}
