/** The adapter folders of an update, opened. */
import type { AdapterFolder } from "../folder.js";
import { openWeights } from "../open-part.js";
import { assertSameMeaning } from "../peft/compatibility.js";
import { readConfig, type AdapterConfig } from "../peft/config.js";
import type { SafetensorsReader } from "../safetensors/reader.js";
import type { UpdateInputs } from "./plan.js";

export interface UpdateFolders {
  /** x */
  readonly position: AdapterFolder;
  /** v; left out, it is zero. */
  readonly velocity?: AdapterFolder;
  /** p */
  readonly personalBest: AdapterFolder;
  /** g */
  readonly globalBest: AdapterFolder;
  /** g_w */
  readonly globalWorst: AdapterFolder;
}

export interface OpenedInputs {
  readonly inputs: UpdateInputs;
  /** Of x. */
  readonly config: AdapterConfig;
  /** Opens one more adapter of the same swarm. */
  readonly open: (folder: AdapterFolder) => Promise<SafetensorsReader>;
}

/**
 * Opens the adapters (each address once), checks that they belong to one swarm, and closes them when the work is done. Errors are
 * those of `readConfig` and `openWeights`, and `CONFIG_MISMATCH`.
 */
export async function withInputs<Result>(
  folders: UpdateFolders,
  work: (opened: OpenedInputs) => Promise<Result>,
): Promise<Result> {
  const readers = new Map<string, SafetensorsReader>();
  try {
    const config = await readConfig(folders.position);
    const open = async (folder: AdapterFolder): Promise<SafetensorsReader> => {
      const known = readers.get(folder.address);
      if (known !== undefined) return known;
      const theirs = folder.address === folders.position.address ? config : await readConfig(folder);
      assertSameMeaning({ folder: folders.position, config }, { folder, config: theirs });
      const reader = await openWeights(folder);
      readers.set(folder.address, reader);
      return reader;
    };
    const inputs = {
      position: await open(folders.position),
      ...(folders.velocity === undefined ? {} : { velocity: await open(folders.velocity) }),
      personalBest: await open(folders.personalBest),
      globalBest: await open(folders.globalBest),
      globalWorst: await open(folders.globalWorst),
    };
    return await work({ inputs, config, open });
  } finally {
    await Promise.all([...readers.values()].map(({ source }) => source.close()));
  }
}
