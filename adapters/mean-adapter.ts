/** The mean of LoRA adapters: a model soup (Wortsman et al. 2022), on every tensor, A and B apart, as the papers' code merges. */
import type { ArtifactRef } from "../store/store.js";
import { AdapterError } from "./error.js";
import { WEIGHTS_FILE, type AdapterFolder } from "./folder.js";
import { openWeights } from "./open-part.js";
import { writeChunks } from "./output.js";
import { assertAdded, assertSameMeaning } from "./peft/compatibility.js";
import { readConfig, writeConfig } from "./peft/config.js";
import { encodeHeader } from "./safetensors/header.js";
import type { SafetensorsReader } from "./safetensors/reader.js";
import { createTensorCodec, firstUnstorable } from "./tensor-codec.js";
import { assertSameTensors } from "./update/plan.js";

/**
 * Writes the mean of one or more adapters with the first one's configuration, tensor order and storage types. One tensor of each is in
 * memory at a time; sums are in f64. Means of A and B make sense where all adapters began from the same A and B.
 *
 * Rejects with `AdapterError` as `readConfig` and `openWeights` do, and with `UNSUPPORTED_LORA`, `CONFIG_MISMATCH`, `SHAPE_MISMATCH`,
 * `MISSING_TENSOR`, `UNEXPECTED_TENSOR` or `NOT_FINITE`; nothing is written then.
 * @returns a reference of the weights file
 */
export async function writeMeanAdapter(
  folders: readonly [AdapterFolder, ...AdapterFolder[]],
  into: AdapterFolder,
  options: { readonly signal?: AbortSignal } = {},
): Promise<ArtifactRef> {
  const [first] = folders;
  const config = await readConfig(first);
  assertAdded(first, config);
  const readers: SafetensorsReader[] = [];
  try {
    for (const folder of folders) {
      const theirs = folder === first ? config : await readConfig(folder);
      assertSameMeaning({ folder: first, config }, { folder, config: theirs });
      readers.push(await openWeights(folder));
    }
    for (const reader of readers) assertSameTensors(readers[0]!, reader);
    const written = await writeChunks(await into.create(WEIGHTS_FILE), meanFile(readers, options.signal));
    await writeConfig(into, config);
    return written;
  } finally {
    await Promise.all(readers.map(({ source }) => source.close()));
  }
}

async function* meanFile(
  readers: readonly SafetensorsReader[],
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const [first] = readers as readonly [SafetensorsReader, ...SafetensorsReader[]];
  const codec = createTensorCodec();
  yield encodeHeader(first.tensors, first.metadata);
  for (const { name, count, type } of first.tensors) {
    signal?.throwIfAborted();
    const sum = new Float64Array(count);
    const values = new Float32Array(count);
    for (const reader of readers) {
      await codec.read(reader, reader.byName.get(name)!, values);
      for (let index = 0; index < count; index++) sum[index]! += values[index]!;
    }
    const mean = Float32Array.from(sum, (total) => total / readers.length);
    const bad = firstUnstorable(mean, type);
    if (bad !== -1) {
      const problem = `number ${bad} of the mean is ${mean[bad]}, which ${type} does not hold`;
      throw new AdapterError({ code: "NOT_FINITE", file: first.file, tensor: name, problem });
    }
    yield codec.encode(mean, type);
  }
}
