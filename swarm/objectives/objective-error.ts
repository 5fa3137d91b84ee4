/**
 * `UNKNOWN_OBJECTIVE`: no objective of that name. `INVALID_WEIGHTS`: a mix whose weights are negative or do not sum to 1.
 * `INVALID_EVALUATION`: an evaluation that is malformed or lacks what the objective needs.
 */
export type ObjectiveErrorCode = "UNKNOWN_OBJECTIVE" | "INVALID_WEIGHTS" | "INVALID_EVALUATION";

export class ObjectiveError extends Error {
  override readonly name = "ObjectiveError";
  readonly code: ObjectiveErrorCode;

  constructor(code: ObjectiveErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
