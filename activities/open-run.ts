import { swarmConfig } from "../config/swarm-config.js";
import { keys } from "../store/keys.js";
import type { SwarmParameters } from "../swarm/parameters.js";
import type { ActivityDependencies } from "./dependencies.js";
import type { RunRef } from "./run/run-inputs.js";
import { planStages, type StagePlan } from "./run/stage-plan.js";

/** The part of the run's config that the workflow of a swarm decides with. */
export interface SwarmPlan extends StagePlan {
  readonly swarm: SwarmParameters;
  readonly questionsPerIteration: number;
  readonly iterationsPerExecution: number;
  /** Moves after which a particle is fine-tuned again; null where none is. */
  readonly retuneEvery: number | null;
}

export interface OpenRequest {
  readonly run: RunRef;
}

/** Reads what the workflow needs to know of a swarm's run. */
export async function openRun(dependencies: ActivityDependencies, { run }: OpenRequest): Promise<SwarmPlan> {
  const context = await dependencies.openRun(run);
  const { swarm, seed, iterationsPerExecution } = swarmConfig(context.config, keys.config(run.runId));
  const { minValid, minNew, questionsPerIteration } = swarm;
  return {
    ...(await planStages(context, { minValid, questionsPerEvaluation: questionsPerIteration })),
    minNew,
    swarm: { ...swarm, seed },
    questionsPerIteration,
    iterationsPerExecution,
    retuneEvery: swarm.retune?.every ?? null,
  };
}
