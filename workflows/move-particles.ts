import type { Usage } from "../report/result.js";
import type { Move } from "../swarm/advance.js";
import type { IterationPlan } from "../swarm/plan.js";
import { cpu } from "./activity-options.js";
import type { StageContext } from "./evaluate.js";
import { settleAll } from "./settle.js";
import { addUsage } from "./usage.js";

export interface Place extends Move {
  /** Folder that the weight update writes, where more is done to it before it is the new position. */
  readonly moved?: string;
}

/** Where the particles of a swarm went, and what was found there, in the order of the particles. */
export interface Moved<Found> {
  readonly moves: readonly Move[];
  readonly found: readonly Found[];
}

/**
 * Moves every particle of a swarm, generators and test takers alike (Algorithm 1, lines 9 to 12), side by side.
 *
 * @param options.place folders of a particle's new position and velocity
 * @param options.look what is done at a particle's new position
 */
export async function moveParticles<Found extends { readonly usage: Usage }>(
  { run, progress, hold }: StageContext,
  options: {
    readonly planned: IterationPlan;
    readonly place: (particle: number) => Place;
    readonly look: (particle: number, folder: string) => Promise<Found>;
  },
): Promise<Moved<Found>> {
  const { planned, place, look } = options;
  progress.expect("update", planned.particles.length);
  const found = await settleAll(
    planned.particles.map((move) => async () => {
      const { position, velocity: velocityFolder, moved: folder = position } = place(move.particle);
      await hold();
      const updated = await progress.track("update", cpu.updateWeights({ run, move, folder, velocityFolder }));
      const there = await look(move.particle, position);
      return { ...there, usage: addUsage(updated.usage, there.usage) };
    }),
  );
  const moves = planned.particles.map(({ particle }) => {
    const { position, velocity } = place(particle);
    return { position, velocity };
  });
  return { moves, found };
}
