import { Context } from "@temporalio/activity";
import type { z } from "zod";
import { readJsonLines, writeJsonLines } from "../../store/json-lines.js";
import type { Store } from "../../store/store.js";

interface ChunkedWork<Item, Line> {
  readonly store: Store;
  /** Folder of the results; finished chunks lie in its `parts/` until all are there. */
  readonly folder: string;
  /** Name of this work within the folder. */
  readonly name: string;
  readonly items: readonly Item[];
  readonly chunkSize: number;
  readonly schema: z.ZodType<Line>;
  /** Must depend on the chunk alone, so that a resumed activity gives the same lines. */
  readonly work: (chunk: readonly Item[], start: number) => Promise<readonly Line[]>;
}

/**
 * Does work chunk by chunk. A finished chunk is stored at once, so another try goes on after the last one that was stored. Returns all lines in order; the caller stores them and then calls `dropParts`.
 */
export async function inChunks<Item, Line>(chunked: ChunkedWork<Item, Line>): Promise<Line[]> {
  const { store, items, chunkSize, schema, work } = chunked;
  const context = Context.current();
  const count = Math.ceil(items.length / chunkSize);
  const lines: Line[] = [];
  for (let index = 0; index < count; index++) {
    context.cancellationSignal.throwIfAborted();
    const start = index * chunkSize;
    const key = partKey(chunked, index);
    const stored = context.info.attempt > 1 && (await store.stat(key)) !== undefined;
    const part = stored
      ? await readJsonLines(store, key, schema)
      : await work(items.slice(start, start + chunkSize), start);
    // One chunk alone is stored by the caller at once.
    if (!stored && count > 1) await writeJsonLines(store, key, part);
    lines.push(...part);
  }
  return lines;
}

/** Removes the stored chunks of finished work. */
export async function dropParts(store: Store, folder: string, name: string): Promise<void> {
  const prefix = `${folder}/parts/${name}-`;
  for await (const key of store.list(prefix)) {
    // Another name may begin with this one.
    if (/^\d+\.jsonl$/.test(key.slice(prefix.length))) await store.delete(key);
  }
}

function partKey({ folder, name }: { folder: string; name: string }, index: number): string {
  return `${folder}/parts/${name}-${String(index).padStart(4, "0")}.jsonl`;
}
