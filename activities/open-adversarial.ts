import { modelCoefficients } from "../config/adversarial-checks.js";
import type { Training } from "../config/adversarial-schema.js";
import { ConfigError } from "../config/config-error.js";
import { adversarialConfig } from "../config/swarm-config.js";
import { questionSchema } from "../models/records.js";
import { readJsonLines, writeJsonLines } from "../store/json-lines.js";
import { keys } from "../store/keys.js";
import type { SwarmParameters } from "../swarm/parameters.js";
import { RandomStream } from "../swarm/random.js";
import type { TakerModel } from "./answer-questions.js";
import type { ActivityDependencies, RunContext } from "./dependencies.js";
import { splitHeldOut } from "./run/held-out-split.js";
import { openRun, type OpenRequest, type SwarmPlan } from "./open-run.js";
import type { TakerPlan } from "./run/stage-plan.js";

/** A test taker that moves. */
export interface MovingTaker extends TakerPlan {
  readonly model: TakerModel & { readonly adapter: string };
}

/** The part of the run's config that the workflow of two swarms decides with. */
export interface AdversarialPlan extends SwarmPlan {
  /** As they are when the search begins. */
  readonly takers: readonly MovingTaker[];
  /** Of the swarm of takers. */
  readonly models: SwarmParameters;
  /** Moves after which a taker is fine-tuned again; null where none is. */
  readonly retuneTakersEvery: number | null;
  /** Whether bests are scored anew before a step compares with them. */
  readonly remeasures: boolean;
  /** What the best taker is compared with; empty where nothing is. */
  readonly trainings: readonly Training[];
  /** Whether those trainings start from the best initial taker, or from the base model. */
  readonly trainFromTaker: boolean;
}

/** Reads what the workflow needs to know, and lays out the questions that neither swarm sees. */
export async function openAdversarial(
  dependencies: ActivityDependencies,
  { run }: OpenRequest,
): Promise<AdversarialPlan> {
  const context = await dependencies.openRun(run);
  const plan = await openRun(dependencies, { run });
  const source = keys.config(run.runId);
  const config = adversarialConfig(context.config, source);
  if (plan.needsSeedPerformance) {
    const problem = `objective: ${plan.objective} compares with what takers do on the seed data, and here the takers change`;
    throw new ConfigError("INVALID_CONFIG", source, [problem]);
  }
  const { comparison } = config.adversarial;
  await layOutHeldOut(context);
  return {
    ...plan,
    takers: plan.takers.map((taker) => movingTaker(context, taker)),
    // Another seed: two swarms that draw the same numbers would move in step.
    models: { ...plan.swarm, ...modelCoefficients(config), seed: modelSeed(plan.seed) },
    retuneTakersEvery: config.adversarial.models.retune?.every ?? null,
    remeasures: config.adversarial.bests === "remeasured",
    trainings: comparison.enabled ? comparison.trainings : [],
    trainFromTaker: comparison.from === "best-taker",
  };
}

function movingTaker({ inputs }: RunContext, taker: TakerPlan): MovingTaker {
  const { base = null, adapter = null } = inputs.takers.find(({ name }) => name === taker.name) ?? {};
  if (base === null || adapter === null) throw new TypeError(`the taker ${taker.name} has no adapter that could move`);
  return { ...taker, model: { base, adapter } };
}

function modelSeed(seed: number): number {
  return new RandomStream({ seed, purpose: "swarm of takers" }).uint32();
}

async function layOutHeldOut({ store, config, inputs, runId }: RunContext): Promise<void> {
  if (inputs.heldOutData === null) throw new TypeError(`run ${runId} has no held-out data`);
  const questions = await readJsonLines(store, inputs.heldOutData.key, questionSchema);
  const { heldOut, test } = splitHeldOut(questions, adversarialConfig(config, keys.config(runId)));
  await writeJsonLines(store, keys.questions(keys.heldOut(runId, 0)), heldOut);
  await writeJsonLines(store, keys.questions(keys.test(runId)), test);
}
