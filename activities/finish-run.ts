import type { BestResult, IterationResult, RunResult, UnseenResult, Usage } from "../report/result.js";
import { readJson } from "../store/json.js";
import { keys, type TakerPool } from "../store/keys.js";
import type { SwarmState } from "../swarm/state.js";
import type { ActivityDependencies, RunContext } from "./dependencies.js";
import { type AdversarialSearchResult, describeAdversarial } from "./measuring/describe-adversarial.js";
import { compareWithInitial, describeInitial, type Measured, measureFresh } from "./measuring/fresh-measurement.js";
import type { RunRef } from "./run/run-inputs.js";
import { sampleSummarySchema } from "./sample-questions.js";
import { writeResult } from "./measuring/write-result.js";

export interface FinishRequest {
  readonly run: RunRef;
  readonly swarm: SwarmState;
  readonly iterations: readonly IterationResult[];
  readonly usage: Usage;
  readonly stoppedBecause: RunResult["stoppedBecause"];
  /** Of a search that moved its takers too. */
  readonly adversarial?: AdversarialSearchResult | undefined;
}

const BEST = "best";

/** Computes what the run found from its fresh measurements and writes `result.json`. */
export async function finishRun(dependencies: ActivityDependencies, request: FinishRequest): Promise<RunResult> {
  const { run, swarm, iterations, usage, stoppedBecause, adversarial } = request;
  const context = await dependencies.openRun(run);
  const { inputs } = context;

  const measured = await measureInitial(context, swarm, "search");
  const initial = describeInitial(measured);
  const best = swarm.globalBest === null ? null : await describeBest(context, swarm.globalBest, measured);
  return writeResult(context, {
    decided: {
      iterations,
      initial,
      best,
      ...(adversarial === undefined ? {} : { adversarial: await describeAdversarial(context, adversarial) }),
    },
    unseen: inputs.unseenTakers.length === 0 ? null : await describeUnseen(context, swarm),
    usage,
    stoppedBecause,
  });
}

function measureInitial(context: RunContext, { particles }: SwarmState, pool: TakerPool): Promise<Measured[]> {
  return Promise.all(particles.map((_, particle) => measureFresh(context, `initial-${particle}`, pool)));
}

async function describeBest(
  context: RunContext,
  globalBest: NonNullable<SwarmState["globalBest"]>,
  initial: readonly Measured[],
): Promise<BestResult> {
  const best = await measureFresh(context, BEST, "search");
  const sampling = keys.sampling(keys.fresh(context.runId, BEST));
  const { validRate, novelRate } = await readJson(context.store, sampling, sampleSummarySchema);
  const { particle } = globalBest;
  return {
    particle,
    ...(particle < context.config.generators.clusters ? {} : { startedAsBase: true }),
    iteration: globalBest.iteration,
    searched: globalBest.score,
    fresh: best.fresh,
    validRate,
    novelRate,
    ...compareWithInitial(context, best, initial),
  };
}

async function describeUnseen(context: RunContext, swarm: SwarmState): Promise<UnseenResult> {
  const measured = await measureInitial(context, swarm, "unseen");
  const best = swarm.globalBest === null ? null : await measureFresh(context, BEST, "unseen");
  return {
    takers: context.inputs.unseenTakers.map(({ name }) => name),
    initial: describeInitial(measured),
    best: best === null ? null : { fresh: best.fresh, ...compareWithInitial(context, best, measured) },
  };
}
