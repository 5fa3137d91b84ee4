/** What can be wrong with an adapter. */
export type AdapterErrorCode =
  /** No such file or folder, or one without its two files. */
  | "NOT_FOUND"
  /** Weights in another form than one safetensors file, or a folder of something else. */
  | "UNSUPPORTED_FORMAT"
  /** A Git LFS pointer in place of a file. */
  | "NOT_DOWNLOADED"
  /** Not a safetensors file, or one cut short. */
  | "CORRUPT"
  /** Numbers other than f32, f16 and bf16. */
  | "UNSUPPORTED_DTYPE"
  /** `adapter_config.json` is not one of a LoRA adapter. */
  | "INVALID_CONFIG"
  /** A kind of LoRA that this use can not honour, such as DoRA or PiSSA. */
  | "UNSUPPORTED_LORA"
  /** Adapters that are to be combined, or an adapter and its model, disagree in what their tensors mean, such as rank and alpha. */
  | "CONFIG_MISMATCH"
  | "MISSING_TENSOR"
  | "UNEXPECTED_TENSOR"
  | "SHAPE_MISMATCH"
  /** A number that is read is NaN or infinite, or a result is, or too large for the type it is stored in. */
  | "NOT_FINITE"
  | "INVALID_COEFFICIENT"
  | "WRITE_FAILED";

export class AdapterError extends Error {
  override readonly name = "AdapterError";
  readonly code: AdapterErrorCode;
  /** The file or folder it is about. */
  readonly file: string;
  readonly tensor: string | undefined;

  constructor(facts: {
    readonly code: AdapterErrorCode;
    readonly file: string;
    readonly tensor?: string;
    readonly problem: string;
    readonly cause?: unknown;
  }) {
    const place = facts.tensor === undefined ? facts.file : `${facts.file}, tensor ${facts.tensor}`;
    super(`${place}: ${facts.problem}`, { cause: facts.cause });
    this.code = facts.code;
    this.file = facts.file;
    this.tensor = facts.tensor;
  }
}
