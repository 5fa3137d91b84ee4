import { startChild } from "@temporalio/workflow";
import type { RunRef } from "../activities/run/run-inputs.js";
import type { AdversarialPlan } from "../activities/open-adversarial.js";
import type { ComparedRun } from "../activities/stage-comparison.js";
import type { Training } from "../config/adversarial-schema.js";
import { RUN_WORKFLOWS, workflowId } from "../config/queues.js";
import type { RunResult, Usage } from "../report/result.js";
import { keys } from "../store/keys.js";
import { cpu, gpu } from "./activity-options.js";
import type { AdversarialState } from "./adversarial-state.js";
import type { StageContext } from "./evaluate.js";
import { followChild } from "./child-run.js";
import type { RunControl, Told } from "./run-control.js";
import { particlesOf, shownTo } from "./search-sample.js";
import { settleAll } from "./settle.js";
import { addUsage, NO_USAGE } from "./usage.js";

/** What runs that are started meanwhile are told, next to what every stage works with. */
export interface ComparingStage extends StageContext<AdversarialPlan> {
  readonly control: RunControl;
}

/** Questions that a taker is fine-tuned on. */
export interface TrainingQuestions {
  /** Null for the seed data itself. */
  readonly folders: readonly string[] | null;
  readonly usage: Usage;
}

/** Has the questions made that a training for comparison takes: as many valid ones as the search's generators wrote. */
export async function trainingQuestions(
  stage: ComparingStage,
  state: AdversarialState,
  training: Exclude<Training, "base-model">,
): Promise<TrainingQuestions> {
  switch (training) {
    case "dev-set":
      return { folders: null, usage: NO_USAGE };
    case "initial-generators":
      return fromInitialGenerators(stage, state.generated);
    case "data-swarm":
      return fromDataSwarm(stage, state);
    case "task-elicitation":
    case "prompt-breeder":
      return fromBaseline(stage, state, training);
  }
}

/** Of each initial generator an equal share. */
async function fromInitialGenerators(
  { run, plan, progress }: StageContext<AdversarialPlan>,
  questions: number,
): Promise<TrainingQuestions> {
  const particles = particlesOf(plan);
  progress.expect("sample", particles.length);
  const folder = keys.training(run.runId, "initial-generators");
  const sampled = await settleAll(
    particles.map((particle) => async () => {
      const written = `${folder}/${particle}`;
      const { usage } = await progress.track(
        "sample",
        gpu.sampleQuestions({
          run,
          adapter: keys.particle(run.runId, 0, particle),
          ...shownTo(plan, particle),
          folder: written,
          random: { seed: plan.seed, purpose: "training: initial-generators", particle },
          count: Math.ceil(questions / particles.length),
          counts: "valid",
        }),
      );
      return { folder: written, usage };
    }),
  );
  return {
    folders: sampled.map((one) => one.folder),
    usage: sampled.map(({ usage }) => usage).reduce(addUsage),
  };
}

/** Of the best generator of a plain data swarm, which was made for the takers as they were. */
async function fromDataSwarm(stage: ComparingStage, state: AdversarialState): Promise<TrainingQuestions> {
  const { run, plan, progress } = stage;
  const child = await runOther(stage, state, "data-swarm");
  if (child.result.best === null) return { folders: [], usage: child.result.usage };
  const { run: writer, seed: _, ...generator } = await cpu.findBest({ run: child.run });
  const folder = `${keys.training(run.runId, "data-swarm")}/best`;
  progress.expect("sample", 1);
  const sampled = await progress.track(
    "sample",
    gpu.sampleQuestions({
      run: writer,
      ...generator,
      folder,
      random: { seed: plan.seed, purpose: "training: data-swarm" },
      count: state.generated,
      counts: "valid",
    }),
  );
  return { folders: [folder], usage: addUsage(child.result.usage, sampled.usage) };
}

/** A baseline measures its best writer on as many fresh questions as are wanted here. */
async function fromBaseline(
  stage: ComparingStage,
  state: AdversarialState,
  method: "task-elicitation" | "prompt-breeder",
): Promise<TrainingQuestions> {
  const { run, result } = await runOther(stage, state, method);
  return { folders: result.best === null ? [] : [keys.fresh(run.runId, "best")], usage: result.usage };
}

/** A run of its own, which is told what this one is told and which people can watch as any other. */
async function runOther(
  { run: source, control }: ComparingStage,
  { swarm, generated }: AdversarialState,
  method: ComparedRun,
): Promise<{ readonly run: RunRef; readonly result: RunResult }> {
  const run = await cpu.stageComparison({ source, method, iterations: swarm.iteration, questions: generated });
  const workflow = RUN_WORKFLOWS[method === "data-swarm" ? "data-swarm" : "baseline"];
  const told = control.told();
  const start = () =>
    startChild<(input: Told & { readonly run: RunRef }) => Promise<RunResult>>(workflow, {
      workflowId: workflowId(run.runId),
      // That this run's search was told to stop is over.
      args: [{ run, paused: told.paused }],
      memo: { storeUri: run.storeUri },
    });
  return { run, result: await followChild(start, { runId: run.runId, control, told }) };
}
