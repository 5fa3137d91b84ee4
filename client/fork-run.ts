/** `--from`: a new run that goes on from another run's swarm. It has copies of all it needs, so the other may be deleted. */
import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { RunInputs } from "../activities/run/run-inputs.js";
import { canonicalJson } from "../config/canonical-json.js";
import { particleCount } from "../config/particle-count.js";
import type { RunConfig, SwarmRunConfig } from "../config/schema.js";
import { swarmConfig } from "../config/swarm-config.js";
import type { IterationResult } from "../report/result.js";
import { keys } from "../store/keys.js";
import { digestKey } from "../store/recorded-digest.js";
import type { GlobalBest, PersonalBest, SwarmState } from "../swarm/state.js";
import { evidenceOf } from "../swarm/tested-bests.js";
import { type CheckpointSource, readCheckpointSource } from "./checkpoint-source.js";
import { InputError } from "./errors.js";
import { type LoadedRunConfig, withDigest } from "./load-run-config.js";
import { readStoredConfig } from "./read-stored-config.js";
import { readExisting, type StageMore } from "./stage-run.js";
import type { StagedWrites } from "./staged-writes.js";

export interface Fork {
  /** The new run's config, with a digest that also says where it came from. */
  readonly loaded: LoadedRunConfig;
  readonly stage: StageMore;
  /** Part of the workflow's input. */
  readonly from: { readonly swarm: SwarmState; readonly iterations: readonly IterationResult[] };
}

/** @throws InputError `INVALID_CHECKPOINT`, `UNKNOWN_RUN`; StoreError */
export async function forkRun(from: string, plain: LoadedRunConfig): Promise<Fork> {
  const source = await readCheckpointSource(from, plain.storeUri);
  const { body, iteration } = source.checkpoint;
  const sourceConfig = swarmConfig(await readStoredConfig(source.store, source.runId), keys.config(source.runId));
  const config = swarmConfig(plain.config, `--from ${from}`);
  for (const { kind } of [sourceConfig, config]) {
    if (kind === "data-swarm") continue;
    const problem = `a run of kind ${kind} does not go on from another one, nor another one from it`;
    throw new InputError("INVALID_CHECKPOINT", `--from ${from}: ${problem}`);
  }
  if ("search" in config && config.search !== undefined) {
    const problem =
      "a hyperparameter search begins with the initial generators, since its runs are compared; take out search";
    throw new InputError("INVALID_CHECKPOINT", `--from ${from}: ${problem}`);
  }
  refuseOtherSearch(from, iteration, sourceConfig, config);

  const origin = { config: plain.configDigest, from: body.configDigest, iteration };
  const loaded = withDigest(plain, createHash("sha256").update(canonicalJson(origin)).digest("hex"));
  if (loaded.runId === source.runId) {
    throw new InputError("INVALID_CHECKPOINT", `--from ${from}: a run cannot start from itself; choose another --id`);
  }
  const { stepLength: stepLengthNow } = config.swarm;
  const stepLength = stepLengthNow === sourceConfig.swarm.stepLength ? body.swarm.stepLength : stepLengthNow;
  // A run that ended because it found nothing better must not end again at once.
  const moved = renamed({ ...body.swarm, stepLength, stagnation: 0 }, source.runId, loaded.runId);
  const continued = { swarm: moved, iterations: body.iterations };
  return {
    loaded,
    from: continued,
    stage: async (writes, inputs) => {
      await refuseOtherInputs(from, source, inputs);
      await copySwarm(writes, source, loaded.runId);
      if (config.swarm.bestUpdate === "tested") await copyEvidence(from, writes, source, loaded.runId);
      const checkpoint = { configDigest: loaded.configDigest, ...continued };
      await writes.put(keys.checkpoint(loaded.runId, iteration), `${canonicalJson(checkpoint)}\n`);
    },
  };
}

/** Scores are compared over the whole search, so it must go on to measure the same. */
function refuseOtherSearch(from: string, iteration: number, source: SwarmRunConfig, config: SwarmRunConfig): void {
  const refuse = (problem: string): never => {
    throw new InputError("INVALID_CHECKPOINT", `--from ${from}: ${problem}`);
  };
  if (!isDeepStrictEqual(endpoints(source), endpoints(config)))
    refuse("its takers are asked at other endpoints or in another way, so scores cannot be compared");
  if (!isDeepStrictEqual(source.objective, config.objective))
    refuse("it has another objective, so scores cannot be compared");
  if (source.generators.clusters !== config.generators.clusters) {
    refuse(`it has ${source.generators.clusters} generators; set generators.clusters to that`);
  }
  if (particleCount(source.generators) !== particleCount(config.generators)) {
    const included = source.generators.includeBase === true;
    refuse(
      `the base model is ${included ? "one" : "none"} of its particles; set generators.includeBase to ${included}`,
    );
  }
  const { from: shown } = source.generators.sampling;
  if (config.generators.sampling.from === "found" && shown !== "found")
    refuse(`its generators kept nothing of what they found; set generators.sampling.from to ${shown}`);
  if (iteration > 0 && source.swarm.space !== config.swarm.space) {
    refuse(
      `its velocities are in swarm.space ${source.swarm.space}; keep that, or start from iteration 0, which has none`,
    );
  }
  if (iteration >= config.swarm.maxIterations) {
    refuse(`iteration ${iteration} is done already; set swarm.maxIterations above it`);
  }
}

/** What decides how takers behind endpoints answer. */
function endpoints({ takers }: RunConfig): unknown[] {
  return takers.map((taker) =>
    "endpoint" in taker
      ? [taker.endpoint, taker.model, taker.instructions, taker.stop, taker.seed, taker.requestFields]
      : [],
  );
}

async function refuseOtherInputs(from: string, { store, runId }: CheckpointSource, inputs: RunInputs): Promise<void> {
  const source = await readExisting(store, runId);
  const same = (["generatorBase", "takers"] as const).every((key) => isDeepStrictEqual(source?.[key], inputs[key]));
  if (same && source?.seedData.sha256 === inputs.seedData.sha256) return;
  throw new InputError(
    "INVALID_CHECKPOINT",
    `--from ${from}: it works with another generator base, other takers or other seed data, so scores cannot be compared`,
  );
}

/** Copies the adapters that the swarm names, the initial generators (the result compares with them) and what they are shown. */
async function copySwarm(writes: StagedWrites, source: CheckpointSource, runId: string): Promise<void> {
  const { swarm } = source.checkpoint.body;
  const adapters = new Set([
    ...swarm.particles.map((_, particle) => keys.particle(source.runId, 0, particle)),
    ...swarm.particles.flatMap(({ position, velocity, personalBest }) => [position, velocity, personalBest.position]),
    swarm.globalBest?.position,
    swarm.globalWorst.position,
  ]);
  const copied = [...adapters].flatMap((folder) =>
    typeof folder === "string" ? [keys.adapterModel(folder), keys.adapterConfig(folder)] : [],
  );
  for (const folder of adapters) {
    if (typeof folder !== "string") continue;
    const record = digestKey(keys.adapterModel(folder));
    // Runs of earlier versions have none.
    if ((await source.store.stat(record)) !== undefined) copied.push(record);
  }
  const seed = keys.seedEvaluation(source.runId);
  for await (const key of source.store.list(`${seed}/`)) {
    // Unseen takers may be others in the new run; they answer anew.
    if (!key.startsWith(`${keys.pool(seed, "unseen")}/`)) copied.push(key);
  }
  copied.push(keys.clusters(source.runId));
  for (const { position, score } of bestsOf(swarm)) {
    const examples = keys.examples(position);
    if (score !== null && (await source.store.stat(examples)) !== undefined) copied.push(examples);
  }
  for (const key of new Set(copied)) {
    await writes.stream(rename(key, source.runId, runId), await source.store.getStream(key));
  }
}

/** Copies the evaluations that the scores of bests rest on: those who challenge them are compared with these. */
async function copyEvidence(
  from: string,
  writes: StagedWrites,
  source: CheckpointSource,
  runId: string,
): Promise<void> {
  const folders = new Set(
    bestsOf(source.checkpoint.body.swarm).flatMap(({ score, ...best }) => (score === null ? [] : evidenceOf(best))),
  );
  for (const folder of folders) {
    const needed = [keys.questions(folder), keys.grades(folder)];
    for (const key of [...needed, keys.relevance(folder)]) {
      if ((await source.store.stat(key)) !== undefined) {
        await writes.stream(rename(key, source.runId, runId), await source.store.getStream(key));
      } else if (needed.includes(key)) {
        const problem = `${key} is not there, an evaluation of one of its bests; set swarm.bestUpdate to paper`;
        throw new InputError("INVALID_CHECKPOINT", `--from ${from}: ${problem}`);
      }
    }
  }
}

function bestsOf({ particles, globalBest }: SwarmState): (PersonalBest | GlobalBest)[] {
  return [...particles.map(({ personalBest }) => personalBest), ...(globalBest === null ? [] : [globalBest])];
}

function renamed(swarm: SwarmState, from: string, to: string): SwarmState {
  const move = (key: string): string => rename(key, from, to);
  const { globalBest, globalWorst } = swarm;
  return {
    ...swarm,
    particles: swarm.particles.map((one) => ({
      ...one,
      position: move(one.position),
      velocity: one.velocity === null ? null : move(one.velocity),
      personalBest: movedBest(one.personalBest, move),
    })),
    globalBest: globalBest === null ? null : movedBest(globalBest, move),
    globalWorst: { ...globalWorst, position: move(globalWorst.position) },
  };
}

function movedBest<Best extends PersonalBest | GlobalBest>(best: Best, move: (key: string) => string): Best {
  const { evidence } = best;
  return {
    ...best,
    position: move(best.position),
    ...(evidence === undefined ? {} : { evidence: evidence.map(move) }),
  };
}

function rename(key: string, from: string, to: string): string {
  const prefix = `${keys.run(from)}/`;
  return key.startsWith(prefix) ? `${keys.run(to)}/${key.slice(prefix.length)}` : key;
}
