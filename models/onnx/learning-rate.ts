import type { TrainingSettings } from "./training.js";

/**
 * Learning rate of a step, as `get_scheduler` of transformers gives it.
 *
 * @param step from 0
 * @param steps of the whole training
 */
export function learningRate(step: number, steps: number, settings: TrainingSettings): number {
  const { learningRate: peak, schedule = "linear", warmUpShare = 0 } = settings;
  const warmUp = Math.ceil(warmUpShare * steps);
  if (step < warmUp) return (peak * step) / warmUp;
  const progress = (step - warmUp) / Math.max(1, steps - warmUp);
  switch (schedule) {
    case "constant":
      return peak;
    case "linear":
      return peak * (1 - progress);
    case "cosine":
      return (peak * (1 + Math.cos(Math.PI * progress))) / 2;
  }
}
