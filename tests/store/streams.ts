/** Sources of bytes and sinks of keys. */
export async function collect(listing: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = [];
  for await (const key of listing) found.push(key);
  return found;
}

export async function* chunks(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const part of texts) yield Buffer.from(part);
}

export async function* repeated(chunk: Uint8Array, times: number): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < times; index++) yield chunk;
}
