import type { SwarmParameters } from "../../swarm/parameters.js";

/** Values within the paper's ranges (Data Swarms, appendix C). */
export const parameters: SwarmParameters = {
  seed: 1,
  inertia: 0.2,
  cognitive: 0.3,
  social: 0.4,
  repel: 0.05,
  stepLength: 0.8,
  patience: 5,
  maxIterations: 30,
};
