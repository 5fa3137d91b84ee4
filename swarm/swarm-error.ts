/**
 * What the swarm's pure code refuses.
 * `INVALID_PARAMETERS`: hyperparameters out of range. `INVALID_SCORES`: scores or positions that do not fit the swarm.
 * `ZERO_NORMALISATION`: C = 0, so that the update is not defined.
 */
export type SwarmErrorCode = "INVALID_PARAMETERS" | "INVALID_SCORES" | "ZERO_NORMALISATION";

export class SwarmError extends Error {
  override readonly name = "SwarmError";
  readonly code: SwarmErrorCode;

  constructor(code: SwarmErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
