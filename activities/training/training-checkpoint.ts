import { readInto } from "../../adapters/byte-source.js";
import { encodeHeader } from "../../adapters/safetensors/header.js";
import { readSafetensors } from "../../adapters/safetensors/reader.js";
import type { TrainingState } from "../../models/onnx/training.js";
import { keys } from "../../store/keys.js";
import type { Store } from "../../store/store.js";

const VECTORS = { adapter: "adapter", firstMoment: "first_moment", secondMoment: "second_moment" } as const;
type Vector = keyof typeof VECTORS;

/** Stores where a training stands as one safetensors file, in place of the one before. */
export async function writeTrainingCheckpoint(store: Store, folder: string, state: TrainingState): Promise<void> {
  const vectors = Object.keys(VECTORS) as Vector[];
  const header = encodeHeader(
    vectors.map((vector) => ({ name: VECTORS[vector], shape: [state[vector].length], type: "F32" })),
    { step: String(state.step) },
  );
  const bodies = vectors.map((vector) =>
    Buffer.from(state[vector].buffer, state[vector].byteOffset, state[vector].byteLength),
  );
  await store.put(keys.trainingCheckpoint(folder), Buffer.concat([header, ...bodies]));
}

/** Where an interrupted training stands, or `undefined` where none was begun. */
export async function readTrainingCheckpoint(store: Store, folder: string): Promise<TrainingState | undefined> {
  const key = keys.trainingCheckpoint(folder);
  if ((await store.stat(key)) === undefined) return undefined;
  const source = await store.open(key);
  try {
    const { byName, metadata } = await readSafetensors(source, key);
    const read = async (vector: Vector): Promise<Float32Array> => {
      const tensor = byName.get(VECTORS[vector]);
      if (tensor === undefined) throw new TypeError(`${key} has no ${VECTORS[vector]}`);
      const numbers = new Float32Array(tensor.count);
      await readInto(source, new Uint8Array(numbers.buffer), tensor.offset);
      return numbers;
    };
    return {
      step: Number(metadata["step"]),
      adapter: await read("adapter"),
      firstMoment: await read("firstMoment"),
      secondMoment: await read("secondMoment"),
    };
  } finally {
    await source.close();
  }
}

/** Removes the checkpoint of a finished training. */
export async function dropTrainingCheckpoint(store: Store, folder: string): Promise<void> {
  await store.delete(keys.trainingCheckpoint(folder));
}
