/**
 * `UNKNOWN_OBJECTIVE`: no objective of that name. `INVALID_WEIGHTS`: a mix whose weights are negative or do not sum to 1.
 * `INVALID_EVALUATION`: an evaluation that is malformed or lacks what the objective needs. `INVALID_SCORE`: a user's objective
 * gave no finite number.
 */
export type ObjectiveErrorCode = "UNKNOWN_OBJECTIVE" | "INVALID_WEIGHTS" | "INVALID_EVALUATION" | "INVALID_SCORE";

export class ObjectiveError extends Error {
  override readonly name = "ObjectiveError";
  readonly code: ObjectiveErrorCode;

  constructor(code: ObjectiveErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
