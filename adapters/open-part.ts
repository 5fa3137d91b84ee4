/** One of the two files of an adapter's folder, opened. */
import { isStoreError } from "../store/store-error.js";
import type { ByteSource } from "../store/store.js";
import { AdapterError } from "./error.js";
import { CONFIG_FILE, WEIGHTS_FILE, type AdapterFolder } from "./folder.js";
import { readSafetensors, type SafetensorsReader } from "./safetensors/reader.js";

/** What a folder may hold in place of a file, the likeliest first. */
const IN_PLACE: Readonly<Record<string, readonly (readonly [file: string, problem: string])[]>> = {
  [WEIGHTS_FILE]: [
    [
      "adapter_model.bin",
      "a pickle, which may run code and is not read: load it with PEFT, whose save_pretrained writes safetensors",
    ],
    [
      "adapter_model.safetensors.index.json",
      "weights in several files: write their tensors into one adapter_model.safetensors",
    ],
    ["model.safetensors", "a whole model: an adapter is what save_pretrained of a PEFT model writes"],
  ],
  [CONFIG_FILE]: [["config.json", "of a whole model: an adapter is what save_pretrained of a PEFT model writes"]],
};

/** Rejects with `UNSUPPORTED_FORMAT` where there is something else in place of the file, or as the folder does. */
export async function openPart(
  folder: AdapterFolder,
  file: typeof CONFIG_FILE | typeof WEIGHTS_FILE,
): Promise<ByteSource> {
  try {
    return await folder.open(file);
  } catch (error) {
    const isMissing = isStoreError(error, "NOT_FOUND") || (error instanceof AdapterError && error.code === "NOT_FOUND");
    if (!isMissing) throw error;
    for (const [other, problem] of IN_PLACE[file] ?? []) {
      if (!(await folder.has(other))) continue;
      throw new AdapterError({
        code: "UNSUPPORTED_FORMAT",
        file: folder.address,
        problem: `has no ${file} but ${other}, ${problem}`,
        cause: error,
      });
    }
    throw error;
  }
}

/** The weights, whose header has been read; the caller closes the reader's source. Rejects as `openPart` and `readSafetensors` do. */
export async function openWeights(folder: AdapterFolder): Promise<SafetensorsReader> {
  const source = await openPart(folder, WEIGHTS_FILE);
  try {
    return await readSafetensors(source, `${folder.address}/${WEIGHTS_FILE}`);
  } catch (error) {
    await source.close();
    throw error;
  }
}
