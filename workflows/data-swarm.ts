import {
  allHandlersFinished,
  ApplicationFailure,
  condition,
  continueAsNew,
  setHandler,
  workflowInfo,
} from "@temporalio/workflow";
import type { RunPlan } from "../activities/open-run.js";
import type { RunRef } from "../activities/run-inputs.js";
import { addUsage, NO_USAGE } from "./usage.js";
import type { IterationResult, RunResult, Usage } from "../report/result.js";
import { keys } from "../store/keys.js";
import { advance, initialSwarm } from "../swarm/advance.js";
import { planIteration } from "../swarm/plan.js";
import type { SwarmState } from "../swarm/state.js";
import { stopReason } from "../swarm/stopping.js";
import { cpu, gpu } from "./activity-options.js";
import { answerAndJudge, evaluate, expectEvaluations, type StageContext } from "./evaluate.js";
import { pauseSignal, resumeSignal, type RunStatus, statusQuery, stopSignal } from "./messages.js";
import { Progress } from "./progress.js";
import { settleAll } from "./settle.js";

/** What a search carries from one execution to the next: references and numbers, never data. */
interface SearchState {
  readonly plan: RunPlan;
  readonly swarm: SwarmState;
  readonly iterations: readonly IterationResult[];
  readonly usage: Usage;
  /** Iteration that this run began its search from: 0, or that of the checkpoint it went on from. */
  readonly startedFrom: number;
  /** Milliseconds that all iterations since then took together. */
  readonly iterationMilliseconds: number;
}

export interface DataSwarmInput {
  readonly run: RunRef;
  readonly startedAt?: number;
  /** A checkpoint of another run that this one goes on from; its adapters are staged. */
  readonly from?: { readonly swarm: SwarmState; readonly iterations: readonly IterationResult[] };
  /** Set where an earlier execution went on as this one. */
  readonly search?: SearchState;
  readonly paused?: boolean;
  readonly stopRequested?: boolean;
}

/**
 * Data Swarms, Algorithm 1, as one durable workflow: initial generators, search, a fresh measurement of what was found, report.
 * It goes on as a new execution at iteration boundaries, so that no history grows without bound.
 */
export async function dataSwarm(input: DataSwarmInput): Promise<RunResult> {
  const { run } = input;
  const progress = new Progress();
  const startedAt = input.startedAt ?? Date.now();
  let search: SearchState | undefined = input.search;
  let plan: RunPlan | undefined = search?.plan;
  let paused = input.paused ?? false;
  let stopRequested = input.stopRequested ?? false;
  let holding = false;
  let iterationStartedAt = startedAt;

  setHandler(pauseSignal, () => {
    paused = true;
  });
  setHandler(resumeSignal, () => {
    paused = false;
  });
  setHandler(stopSignal, () => {
    stopRequested = true;
    paused = false;
  });
  setHandler(statusQuery, status);

  const context = async (): Promise<StageContext> => {
    plan ??= await openRun();
    return { run, plan, progress, hold };
  };
  const stage = await context();
  search ??=
    input.from === undefined
      ? await start(stage)
      : {
          plan: stage.plan,
          ...input.from,
          usage: NO_USAGE,
          startedFrom: input.from.swarm.iteration,
          iterationMilliseconds: 0,
        };

  let iterationsHere = 0;
  for (;;) {
    const reason = stopReason({
      state: search.swarm,
      parameters: stage.plan.swarm,
      stopRequested,
      budgetSpent: isSpent(stage.plan, search.usage),
    });
    if (reason !== null) return finish(stage, search, reason);

    if (iterationsHere >= stage.plan.iterationsPerExecution || workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished);
      await continueAsNew<typeof dataSwarm>({ run, startedAt, search, paused, stopRequested });
    }
    iterationStartedAt = Date.now();
    search = await iterate(stage, search);
    search = { ...search, iterationMilliseconds: search.iterationMilliseconds + Date.now() - iterationStartedAt };
    iterationsHere++;
  }

  async function openRun(): Promise<RunPlan> {
    progress.expect("open", 1);
    return progress.track("open", cpu.openRun({ run }));
  }

  async function hold(): Promise<void> {
    if (!paused) return;
    holding = true;
    await condition(() => !paused);
    holding = false;
  }

  function status(): RunStatus {
    const done = search?.swarm.iteration ?? 0;
    const first = search?.startedFrom ?? 0;
    return {
      phase: progress.phase,
      iteration: progress.phase === "search" ? done + 1 : done,
      maxIterations: plan?.swarm.maxIterations ?? 0,
      stagnation: search?.swarm.stagnation ?? 0,
      patience: plan?.swarm.patience ?? 0,
      stages: progress.stages(),
      waitingFor: holding ? "resume (the run is paused)" : paused ? "the stage under way, then it pauses" : null,
      stopRequested,
      objective: plan?.objective ?? "",
      iterations: search?.iterations ?? [],
      bestParticle: search?.swarm.globalBest?.particle ?? null,
      startedAt,
      iterationStartedAt,
      meanIterationMilliseconds:
        search === undefined || done === first ? null : search.iterationMilliseconds / (done - first),
      usage: search?.usage ?? NO_USAGE,
    };
  }
}

/** Clusters the seed data, fine-tunes one generator a cluster and evaluates them: iteration 0 (section 2.1; Algorithm 1, lines 1 to 6). */
async function start(stage: StageContext): Promise<SearchState> {
  const { run, plan, progress, hold } = stage;
  progress.begin("start");
  progress.expect("cluster", 1);
  progress.expect("fine-tune", plan.clusters);
  expectEvaluations(stage, plan.clusters);
  if (plan.needsSeedPerformance) {
    progress.expect("answer", plan.takers.length);
    progress.expect("judge", 1);
  }
  await hold();
  const clustered = await progress.track("cluster", gpu.clusterSeedData({ run }));
  const seedUsage = plan.needsSeedPerformance ? await answerAndJudge(stage, keys.seedEvaluation(run.runId)) : NO_USAGE;

  const evaluated = await settleAll(
    particles(plan).map((particle) => async () => {
      const folder = keys.particle(run.runId, 0, particle);
      await hold();
      const tuned = await progress.track("fine-tune", gpu.fineTuneGenerator({ run, cluster: particle, folder }));
      const evaluation = await evaluate(stage, samplePlan({ plan, iteration: 0, particle, folder }));
      return { ...evaluation, usage: addUsage(tuned.usage, evaluation.usage) };
    }),
  );
  if (evaluated.every(({ score }) => score === null)) {
    throw ApplicationFailure.nonRetryable(
      `no initial generator wrote ${plan.minValid * 100} % valid questions; fine-tune longer, or lower swarm.minValid`,
      "NoInitialScore",
    );
  }
  const swarm = initialSwarm({
    positions: particles(plan).map((particle) => keys.particle(run.runId, 0, particle)),
    scores: evaluated.map(({ score }) => score),
    stepLength: plan.swarm.stepLength,
  });
  const usage = [clustered.usage, seedUsage, ...evaluated.map((one) => one.usage)].reduce(addUsage);
  return checkpoint(stage, { plan, swarm, iterations: [], usage, startedFrom: 0, iterationMilliseconds: 0 });
}

/** One iteration of the search: every particle moves and is evaluated (Algorithm 1, lines 7 to 14). */
async function iterate(stage: StageContext, search: SearchState): Promise<SearchState> {
  const { run, plan, progress, hold } = stage;
  const { iteration, particles: moves } = planIteration(search.swarm, plan.swarm);
  progress.begin("search");
  progress.expect("update", moves.length);
  expectEvaluations(stage, moves.length);

  const evaluated = await settleAll(
    moves.map((move) => async () => {
      const folder = keys.particle(run.runId, iteration, move.particle);
      await hold();
      const updated = await progress.track(
        "update",
        cpu.updateWeights({ run, move, folder, velocityFolder: keys.velocity(run.runId, iteration, move.particle) }),
      );
      const evaluation = await evaluate(stage, samplePlan({ plan, iteration, particle: move.particle, folder }));
      return { ...evaluation, usage: addUsage(updated.usage, evaluation.usage) };
    }),
  );
  const swarm = advance({
    state: search.swarm,
    parameters: plan.swarm,
    moves: moves.map(({ particle }) => ({
      position: keys.particle(run.runId, iteration, particle),
      velocity: keys.velocity(run.runId, iteration, particle),
    })),
    scores: evaluated.map(({ score }) => score),
  });
  const usage = [search.usage, ...evaluated.map((one) => one.usage)].reduce(addUsage);
  return checkpoint(stage, { ...search, swarm, usage });
}

/** Records an iteration and commits it to the store. */
async function checkpoint({ run, progress }: StageContext, search: SearchState): Promise<SearchState> {
  const { swarm } = search;
  const iterations = [
    ...search.iterations,
    {
      iteration: swarm.iteration,
      scores: swarm.particles.map(({ score }) => score),
      best: swarm.globalBest?.score ?? null,
      worst: swarm.globalWorst.score,
    },
  ];
  const recorded = { ...search, iterations };
  progress.expect("checkpoint", 1);
  await progress.track("checkpoint", cpu.saveCheckpoint({ run, swarm, iterations }));
  return recorded;
}

/** Measures the initial generators and the best one on questions that the search never saw, and writes result and report. */
async function finish(
  stage: StageContext,
  search: SearchState,
  stoppedBecause: RunResult["stoppedBecause"],
): Promise<RunResult> {
  const { run, plan, progress } = stage;
  const { globalBest } = search.swarm;
  progress.begin("measure");
  const generators = [
    ...particles(plan).map((particle) => ({
      label: `initial-${particle}`,
      adapter: keys.particle(run.runId, 0, particle),
      particle,
    })),
    ...(globalBest === null ? [] : [{ label: "best", adapter: globalBest.position, particle: globalBest.particle }]),
  ];
  expectEvaluations(stage, generators.length);
  const measured = await settleAll(
    generators.map(
      ({ label, adapter, particle }) =>
        () =>
          evaluate(stage, {
            adapter,
            cluster: plan.sampleFrom === "cluster" ? particle : null,
            folder: keys.fresh(run.runId, label),
            random: { seed: plan.seed, purpose: `fresh ${label}` },
            count: plan.freshQuestions,
            counts: "valid",
          }),
    ),
  );
  progress.begin("finish");
  progress.expect("report", 2);
  const usage = [search.usage, ...measured.map((one) => one.usage)].reduce(addUsage);
  const { swarm, iterations } = search;
  const result = await progress.track("report", cpu.finishRun({ run, swarm, iterations, usage, stoppedBecause }));
  await progress.track("report", cpu.writeReport({ run, result }));
  return result;
}

function samplePlan(options: {
  readonly plan: RunPlan;
  readonly iteration: number;
  readonly particle: number;
  readonly folder: string;
}): Parameters<typeof evaluate>[1] {
  const { plan, iteration, particle, folder } = options;
  return {
    adapter: folder,
    cluster: plan.sampleFrom === "cluster" ? particle : null,
    folder,
    random: { seed: plan.seed, purpose: "sample", iteration, particle },
    count: plan.questionsPerIteration,
    counts: "drawn",
  };
}

function particles(plan: RunPlan): number[] {
  return Array.from({ length: plan.clusters }, (_, particle) => particle);
}

function isSpent({ budget }: RunPlan, usage: Usage): boolean {
  const limits = [
    [budget.questions, usage.questions],
    [budget.tokens, usage.tokens],
    [budget.usd, usage.usd],
  ] as const;
  return limits.some(([limit, spent]) => limit !== null && spent >= limit);
}
