/** What was read last of things that never change: asked for again, it is read once. */
export class KeptReads<Value> {
  readonly #reads = new Map<string, Promise<Value>>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** @param key names the content for as long as the process lives */
  get(key: string, read: () => Promise<Value>): Promise<Value> {
    const known = this.#reads.get(key);
    this.#reads.delete(key);
    const value = known ?? read();
    this.#reads.set(key, value);
    // What could not be read may be there at the next try.
    if (known === undefined) value.catch(() => this.#reads.delete(key));
    for (const oldest of this.#reads.keys()) {
      if (this.#reads.size <= this.#most) break;
      this.#reads.delete(oldest);
    }
    return value;
  }
}
