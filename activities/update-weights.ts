import { Context } from "@temporalio/activity";
import { z } from "zod";
import { type AdapterFolder, storeFolder } from "../adapters/folder.js";
import { deltaUpdateFolders, type TruncationErrors } from "../adapters/update/delta-update.js";
import { updateFolders, type UpdateFolders } from "../adapters/update/update-folders.js";
import { swarmConfig } from "../config/swarm-config.js";
import { writeJson } from "../store/json.js";
import { keys } from "../store/keys.js";
import type { Store } from "../store/store.js";
import type { ParticlePlan } from "../swarm/plan.js";
import type { ActivityDependencies } from "./dependencies.js";
import { once } from "./durability/once.js";
import type { RunRef } from "./run/run-inputs.js";
import { startStopwatch } from "./durability/stopwatch.js";
import { workDoneSchema } from "./durability/usage-schema.js";

export interface UpdateRequest {
  readonly run: RunRef;
  readonly move: ParticlePlan;
  /** Folder of the particle's new position. */
  readonly folder: string;
  /** Folder of its new velocity. */
  readonly velocityFolder: string;
}

const truncationSchema = z.strictObject({ velocity: z.number(), position: z.number() });

const updateDoneSchema = workDoneSchema.extend({
  /** Relative errors over all modules, of `swarm.space` delta only; the folder's `truncation.json` has those of each module. */
  truncation: truncationSchema.optional(),
});
export type UpdateDone = z.infer<typeof updateDoneSchema>;

/** Moves one particle (Algorithm 1, lines 10 to 12): reads x, v, p, g and g_w once and writes the new v and x. */
export async function updateWeights(dependencies: ActivityDependencies, request: UpdateRequest): Promise<UpdateDone> {
  const { run, folder } = request;
  const { store, config } = await dependencies.openRun(run);
  return once(store, keys.updated(folder), updateDoneSchema, async () => {
    const elapsed = startStopwatch();
    const move = swarmConfig(config, keys.config(run.runId)).swarm.space === "delta" ? moveDelta : moveFactors;
    const truncation = await move(store, request);
    const usage = { questions: 0, tokens: 0, calls: 0, usd: 0, seconds: { update: elapsed() } };
    return { usage, ...(truncation === undefined ? {} : { truncation }) };
  });
}

async function moveFactors(store: Store, { move, folder, velocityFolder }: UpdateRequest): Promise<undefined> {
  const velocity = move.startTowards === null ? move.velocity : await startVelocity(store, move, velocityFolder);
  await updateFolders(
    inputFolders(store, move, velocity),
    move.coefficients,
    outputFolders(store, folder, velocityFolder),
  );
}

async function moveDelta(store: Store, { move, folder, velocityFolder }: UpdateRequest): Promise<TruncationErrors> {
  const { startTowards, velocity, coefficients } = move;
  const { truncation, modules } = await deltaUpdateFolders(
    {
      ...inputFolders(store, move, velocity),
      ...(startTowards === null ? {} : { startTowards: storeFolder(store, startTowards) }),
    },
    coefficients,
    outputFolders(store, folder, velocityFolder),
    { signal: Context.current().cancellationSignal },
  );
  await writeJson(store, keys.truncation(folder), { overall: truncation, modules });
  return truncation;
}

function inputFolders(store: Store, move: ParticlePlan, velocity: string | null): UpdateFolders {
  return {
    position: storeFolder(store, move.position),
    ...(velocity === null ? {} : { velocity: storeFolder(store, velocity) }),
    // What does not exist yet has coefficient 0; x stands in for it.
    personalBest: storeFolder(store, move.personalBest ?? move.position),
    globalBest: storeFolder(store, move.globalBest ?? move.position),
    globalWorst: storeFolder(store, move.globalWorst),
  };
}

function outputFolders(
  store: Store,
  folder: string,
  velocityFolder: string,
): Record<"velocity" | "position", AdapterFolder> {
  return { velocity: storeFolder(store, velocityFolder), position: storeFolder(store, folder) };
}

/** Writes the random start velocity x_j - x: the update itself, drawn by x_j alone and with no step. */
async function startVelocity(store: Store, move: ParticlePlan, velocityFolder: string): Promise<string> {
  const position = storeFolder(store, move.position);
  const written = `${velocityFolder}/start`;
  await updateFolders(
    {
      position,
      personalBest: position,
      globalBest: storeFolder(store, move.startTowards as string),
      globalWorst: position,
    },
    { velocity: 0, personalBest: 0, globalBest: 1, globalWorst: 0, stepLength: 0 },
    { velocity: storeFolder(store, written), position: storeFolder(store, `${written}/position`) },
  );
  return written;
}
