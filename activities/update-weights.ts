import { storeFolder } from "../adapters/folder.js";
import { updateFolders } from "../adapters/update/update-folders.js";
import { keys } from "../store/keys.js";
import type { Store } from "../store/store.js";
import type { ParticlePlan } from "../swarm/plan.js";
import type { ActivityDependencies } from "./dependencies.js";
import { once } from "./once.js";
import type { RunRef } from "./run-inputs.js";
import { startStopwatch } from "./stopwatch.js";
import { type WorkDone, workDoneSchema } from "./usage-schema.js";
import { whileBeating } from "./while-beating.js";

export interface UpdateRequest {
  readonly run: RunRef;
  readonly move: ParticlePlan;
  /** Folder of the particle's new position. */
  readonly folder: string;
  /** Folder of its new velocity. */
  readonly velocityFolder: string;
}

/** Moves one particle (Algorithm 1, lines 10 to 12): reads x, v, p, g and g_w once and writes the new v and x. */
export async function updateWeights(dependencies: ActivityDependencies, request: UpdateRequest): Promise<WorkDone> {
  const { run, move, folder, velocityFolder } = request;
  const { store } = await dependencies.openRun(run);
  return once(store, keys.updated(folder), workDoneSchema, async () => {
    const elapsed = startStopwatch();
    await whileBeating(async () => {
      const velocity = move.startTowards === null ? move.velocity : await startVelocity(store, move, velocityFolder);
      await updateFolders(
        {
          position: storeFolder(store, move.position),
          ...(velocity === null ? {} : { velocity: storeFolder(store, velocity) }),
          // What does not exist yet has coefficient 0; x stands in for it.
          personalBest: storeFolder(store, move.personalBest ?? move.position),
          globalBest: storeFolder(store, move.globalBest ?? move.position),
          globalWorst: storeFolder(store, move.globalWorst),
        },
        move.coefficients,
        { velocity: storeFolder(store, velocityFolder), position: storeFolder(store, folder) },
      );
    });
    return { usage: { questions: 0, tokens: 0, calls: 0, usd: 0, seconds: { update: elapsed() } } };
  });
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
