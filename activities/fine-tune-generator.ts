import { createHash } from "node:crypto";
import { Context } from "@temporalio/activity";
import { writeFlatAdapter } from "../adapters/flat.js";
import { storeFolder } from "../adapters/folder.js";
import { canonicalJson } from "../config/canonical-json.js";
import type { EmbeddedModel } from "../models/onnx/embedded-model.js";
import type { TrainingExample } from "../models/onnx/training.js";
import { generationCompletion, generationPrompt } from "../models/prompts.js";
import { keys } from "../store/keys.js";
import { RandomStream } from "../swarm/random.js";
import { copyAdapter } from "./copy-adapter.js";
import type { ActivityDependencies, RunContext } from "./dependencies.js";
import { once } from "./once.js";
import type { RunRef } from "./run-inputs.js";
import { readCluster } from "./seed-questions.js";
import { startStopwatch } from "./stopwatch.js";
import { dropTrainingCheckpoint, readTrainingCheckpoint, writeTrainingCheckpoint } from "./training-checkpoint.js";
import { type WorkDone, workDoneSchema } from "./usage-schema.js";

export interface FineTuneRequest {
  readonly run: RunRef;
  readonly cluster: number;
  /** Folder of the particle in the initial swarm. */
  readonly folder: string;
}

const CHECKPOINT_EVERY_STEPS = 20;

/**
 * Fine-tunes the initial generator of one cluster with self-instruct instances: k questions shown, the next k learnt (section 2.1).
 * Equal training makes an equal adapter, so it is kept under its recipe's digest, and runs share it.
 */
export async function fineTuneGenerator(
  dependencies: ActivityDependencies,
  { run, cluster, folder }: FineTuneRequest,
): Promise<WorkDone> {
  const context = await dependencies.openRun(run);
  return once(context.store, keys.updated(folder), workDoneSchema, async () => {
    const elapsed = startStopwatch();
    const model = await dependencies.openModel(context.inputs.generatorBase);
    const recipe = await recipeOf(context, model, cluster);
    const shared = keys.artifact(createHash("sha256").update(canonicalJson(recipe)).digest("hex"));
    if ((await context.store.stat(keys.adapterConfig(shared))) === undefined)
      await train(context, model, recipe, shared);
    await copyAdapter(context.store, shared, folder);
    return { usage: { questions: 0, tokens: 0, calls: 0, usd: 0, seconds: { "fine-tune": elapsed() } } };
  });
}

/** Everything that the trained adapter depends on. */
interface Recipe {
  readonly baseSha256: string;
  readonly lora: { readonly rank: number; readonly alpha: number; readonly targetModules: readonly string[] };
  readonly domain: string;
  readonly examplesPerPrompt: number;
  readonly sft: RunContext["config"]["generators"]["sft"];
  readonly seed: number;
  readonly cluster: number;
  readonly questions: readonly string[];
}

async function recipeOf(context: RunContext, { manifest }: EmbeddedModel, cluster: number): Promise<Recipe> {
  const { config, grader } = context;
  const { rank, alpha, targetModules } = manifest.lora;
  return {
    baseSha256: manifest.baseSha256,
    lora: { rank, alpha, targetModules },
    domain: grader.description,
    examplesPerPrompt: config.generators.examplesPerPrompt,
    sft: config.generators.sft,
    seed: config.seed,
    cluster,
    questions: (await readCluster(context, cluster)).map(({ question }) => question),
  };
}

async function train(context: RunContext, model: EmbeddedModel, recipe: Recipe, folder: string): Promise<void> {
  const { store } = context;
  const activity = Context.current();
  const { sft, seed } = recipe;
  const resumeFrom = await readTrainingCheckpoint(store, folder);
  let checkpoints = Promise.resolve();
  const { adapter } = await model.train(trainingExamples(recipe), {
    ...sft,
    seed,
    // One initialisation for all generators of a run: matrices A and B are merged apart.
    adapter: model.initialAdapter(seed),
    ...(resumeFrom === undefined ? {} : { resumeFrom }),
    checkpointEvery: CHECKPOINT_EVERY_STEPS,
    onCheckpoint: (state) => {
      checkpoints = checkpoints.then(() => writeTrainingCheckpoint(store, folder, state));
      // Awaited below; until then a failure must not count as unhandled.
      checkpoints.catch(() => undefined);
    },
    onProgress: ({ step, steps }) => activity.heartbeat({ cursor: step, of: steps }),
    signal: activity.cancellationSignal,
  });
  await checkpoints;
  await writeFlatAdapter(storeFolder(store, folder), model.manifest.lora, adapter);
  await dropTrainingCheckpoint(store, folder);
}

/** Self-instruct instances: of 2k questions drawn from the cluster the first k are shown and the last k learnt. */
function trainingExamples({ questions, examplesPerPrompt, sft, seed, cluster, domain }: Recipe): TrainingExample[] {
  const random = new RandomStream({ seed, purpose: "fine-tuning instances", particle: cluster });
  return Array.from({ length: sft.instances }, () => {
    const drawn = random.sample(questions, 2 * examplesPerPrompt);
    const half = Math.floor(drawn.length / 2);
    return {
      prompt: generationPrompt(domain, drawn.slice(0, half)),
      completion: generationCompletion(drawn.slice(half)),
    };
  });
}
