/** Bounds of reads from a {@link ByteSource}. */
import { StoreError } from "./store-error.js";

interface ByteRange {
  readonly uri: string;
  readonly key: string;
  readonly offset: number;
  readonly length: number;
  /** Bytes that there are. */
  readonly size: number;
}

/** @throws StoreError `OUT_OF_RANGE` where the range is not within the object */
export function checkRange(range: ByteRange): void {
  const { offset, length, size } = range;
  if (
    !Number.isSafeInteger(offset) ||
    !Number.isSafeInteger(length) ||
    offset < 0 ||
    length < 0 ||
    offset + length > size
  ) {
    throw outOfRange(range);
  }
}

export function outOfRange({ uri, key, offset, length, size }: ByteRange): StoreError {
  const problem = `asked for ${length} bytes from ${offset} on, but the object has ${size}; it may have been cut short`;
  return new StoreError({ code: "OUT_OF_RANGE", uri, key, problem });
}
