/** What is wrong with a model bundle or with what it was asked to do. */
export type BundleErrorCode =
  /** A file of the bundle is not there or can not be read. */
  | "missing-file"
  /** A Git LFS pointer stands in place of a file of the bundle. */
  | "not-downloaded"
  /** A file is there but is not what it should be. */
  | "invalid-file"
  /** Files of the bundle do not belong together. */
  | "mismatch"
  /** An adapter's length is not the number of the bundle's LoRA parameters. */
  | "adapter-size"
  /** A text has no tokens, or more than the model's context. */
  | "prompt-length"
  /** A sampling setting is outside its range. */
  | "invalid-sampling"
  /** A training setting is outside its range. */
  | "invalid-training"
  /** A training example has more tokens than the model's context. */
  | "example-length"
  /** The loss of a training is not a number any more. */
  | "diverged"
  /** The model was closed. */
  | "closed";

/** A model bundle, or a request to one, that can not be used. */
export class BundleError extends Error {
  override readonly name = "BundleError";
  readonly code: BundleErrorCode;

  constructor({ code, message, cause }: { code: BundleErrorCode; message: string; cause?: unknown }) {
    super(message, { cause });
    this.code = code;
  }
}
