import type { RunInputs } from "../../activities/run/run-inputs.js";

/** Inputs of a run whose activities read none of them. */
export const NO_INPUTS: RunInputs = {
  configDigest: "0",
  seedData: { key: "unused", sha256: "0", bytes: 0 },
  heldOutData: null,
  userQueries: null,
  objectives: {},
  generatorBase: "unused",
  takers: [],
  unseenTakers: [],
};
