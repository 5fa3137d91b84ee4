/** Streams of bytes on their way into and out of a store. */
import { createHash } from "node:crypto";
import { Readable } from "node:stream";

/** Passes chunks through and takes their SHA-256 and number of bytes on the way. */
export class DigestedStream implements AsyncIterable<Uint8Array> {
  readonly #source: AsyncIterable<Uint8Array>;
  readonly #hash = createHash("sha256");
  #bytes = 0;
  #sourceError: { readonly error: unknown } | undefined;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    const iterator = this.#source[Symbol.asyncIterator]();
    let ended = false;
    try {
      for (;;) {
        const next = await this.#next(iterator);
        if (next.done === true) {
          ended = true;
          return;
        }
        if (next.value.byteLength === 0) continue;
        this.#hash.update(next.value);
        this.#bytes += next.value.byteLength;
        yield next.value;
      }
    } finally {
      if (!ended && this.#sourceError === undefined) await iterator.return?.();
    }
  }

  /** Set where it was the source that failed and not the store: that error is the caller's own and passes unchanged. */
  get sourceError(): { readonly error: unknown } | undefined {
    return this.#sourceError;
  }

  /** To be asked once, after the last chunk. */
  digest(): { readonly sha256: string; readonly bytes: number } {
    return { sha256: this.#hash.digest("hex"), bytes: this.#bytes };
  }

  async #next(iterator: AsyncIterator<Uint8Array>): Promise<IteratorResult<Uint8Array>> {
    try {
      return await iterator.next();
    } catch (error) {
      this.#sourceError = { error };
      throw error;
    }
  }
}

/** The same bytes, with whatever fails on the way translated. Destroying the result destroys the source. */
export function withTranslatedErrors(
  source: AsyncIterable<Uint8Array>,
  translate: (error: unknown) => Error,
): Readable {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    try {
      yield* source;
    } catch (error) {
      throw translate(error);
    }
  }
  const stream = Readable.from(chunks(), { objectMode: false });
  // A generator that never began has nothing to end, but its source is open.
  stream.once("close", () => {
    if (source instanceof Readable) source.destroy();
  });
  return stream;
}

/** Lower-case hexadecimal SHA-256. */
export function sha256Hex(content: Uint8Array | string): string {
  return createHash("sha256").update(content).digest("hex");
}
