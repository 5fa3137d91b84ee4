/** Text of files that people give. */
import { isUtf8 } from "node:buffer";

/** A file's bytes are no UTF-8. */
export class NotUtf8Error extends Error {
  override readonly name = "NotUtf8Error";
  readonly code = "NOT_UTF8";

  constructor(
    /** The first line that is none, from 1. */
    readonly line: number,
    problem: string,
  ) {
    super(problem);
  }
}

/**
 * Text without a byte order mark. No byte is replaced: what cannot be read is refused.
 *
 * @throws NotUtf8Error
 */
export function decodeUtf8(bytes: Uint8Array): string {
  if (isUtf8(bytes)) return new TextDecoder().decode(bytes);
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    throw new NotUtf8Error(1, "this is UTF-16 text; save the file as UTF-8");
  throw new NotUtf8Error(firstInvalidLine(bytes), "this is not UTF-8 text; save the file as UTF-8");
}

function firstInvalidLine(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; ; line++) {
    const end = bytes.indexOf(0x0a, start);
    if (end < 0 || !isUtf8(bytes.subarray(start, end))) return line;
    start = end + 1;
  }
}
