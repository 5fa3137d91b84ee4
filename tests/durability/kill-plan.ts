import type { RandomStream } from "../../swarm/random.js";
import { type Stage, STAGES } from "./stages.js";

/** A moment to kill in: the first time that a stage is under way in this iteration or a later one. */
export interface Moment {
  readonly stage: Stage;
  readonly iteration: number;
}

const ONCE: ReadonlySet<Stage> = new Set(["clustering", "fine-tuning", "fresh measurement", "report"]);

/**
 * Random moments: every stage once and random ones besides; fewer moments than stages are a random choice of them.
 *
 * @param iterations that the run has, the initial one among them
 */
export function planKills(options: {
  readonly kills: number;
  readonly stages?: readonly Stage[];
  readonly iterations: number;
  readonly random: RandomStream;
}): Moment[] {
  const { kills, stages = STAGES, iterations, random } = options;
  const planned: Stage[] = [];
  while (planned.length < kills) planned.push(...random.shuffle(stages));
  return planned.slice(0, kills).map((stage) => ({
    stage,
    // Not the last iteration, which is left for stages so short that they are missed the first time.
    iteration: ONCE.has(stage) ? 0 : random.integer(0, Math.max(0, iterations - 2)),
  }));
}
