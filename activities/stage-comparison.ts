import { particleCount } from "../config/particle-count.js";
import { adversarialConfig } from "../config/swarm-config.js";
import { keys } from "../store/keys.js";
import type { ActivityDependencies } from "./dependencies.js";
import type { RunRef } from "./run/run-inputs.js";
import { stageChild } from "./run/stage-child.js";

/** Runs of their own whose questions a taker is fine-tuned on for comparison. */
export type ComparedRun = "data-swarm" | "task-elicitation" | "prompt-breeder";

export interface StageComparisonRequest {
  readonly source: RunRef;
  readonly method: ComparedRun;
  /** Iterations that the adversarial search had. */
  readonly iterations: number;
  /** Valid questions that are to be learnt from. */
  readonly questions: number;
}

/**
 * Lays out a run that makes questions against the takers as they were: a plain data swarm of as many iterations, or a baseline of as
 * many rounds, each with as many questions as an iteration of the adversarial search.
 */
export async function stageComparison(
  dependencies: ActivityDependencies,
  { source, method, iterations, questions }: StageComparisonRequest,
): Promise<RunRef> {
  const context = await dependencies.openRun(source);
  const { swarm, generators, evaluation } = adversarialConfig(context.config, keys.config(source.runId));
  // The source's budget is of its own search.
  const removed = { adversarial: null, budget: null };
  const perRound = particleCount(generators) * swarm.questionsPerIteration;
  const changes =
    method === "data-swarm"
      ? { ...removed, kind: "data-swarm", swarm: { ...swarm, maxIterations: iterations } }
      : {
          ...removed,
          kind: "baseline",
          swarm: null,
          baseline: {
            method,
            rounds: Math.max(1, iterations),
            questionsPerRound: perRound,
            minValid: swarm.minValid,
            ...(method === "prompt-breeder" ? { population: perRound } : {}),
          },
          evaluation: { ...evaluation, freshQuestions: questions },
        };
  return stageChild(context, { runId: `${source.runId}-${method}`, changes });
}
