/** The swarm update from adapter folder to adapter folder. */
import type { ArtifactRef, ByteSource } from "../../store/store.js";
import { WEIGHTS_FILE, type AdapterFolder } from "../folder.js";
import type { UpdateCoefficients } from "../kernel/kernel.js";
import { assertSameMeaning } from "../peft/compatibility.js";
import { readConfig, writeConfig, type AdapterConfig } from "../peft/config.js";
import { readSafetensors, type SafetensorsReader } from "../safetensors/reader.js";
import { fusedUpdate, type UpdateOptions } from "./fused-update.js";

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

/**
 * Reads the adapters (each address once), checks that they belong to one swarm, and writes v' and x' as whole adapter folders with the
 * configuration of x. Each folder's configuration is written last. Errors are those of `readConfig`, `readSafetensors` and `fusedUpdate`,
 * and `CONFIG_MISMATCH`.
 * @returns references of the two weights files
 */
export async function updateFolders(
  folders: UpdateFolders,
  coefficients: UpdateCoefficients,
  into: { readonly velocity: AdapterFolder; readonly position: AdapterFolder },
  options: UpdateOptions = {},
): Promise<{ readonly velocity: ArtifactRef; readonly position: ArtifactRef }> {
  const opened = new Map<string, { readonly reader: SafetensorsReader; readonly config: AdapterConfig }>();
  const sources: ByteSource[] = [];
  const openAdapter = async (folder: AdapterFolder): Promise<SafetensorsReader> => {
    const known = opened.get(folder.address);
    if (known !== undefined) return known.reader;
    const config = await readConfig(folder);
    const source = await folder.open(WEIGHTS_FILE);
    sources.push(source);
    const reader = await readSafetensors(source, `${folder.address}/${WEIGHTS_FILE}`);
    opened.set(folder.address, { reader, config });
    return reader;
  };
  try {
    const position = await openAdapter(folders.position);
    const { config } = opened.get(folders.position.address)!;
    const openOther = async (folder: AdapterFolder): Promise<SafetensorsReader> => {
      const reader = await openAdapter(folder);
      assertSameMeaning({ folder: folders.position, config }, { folder, config: opened.get(folder.address)!.config });
      return reader;
    };
    const inputs = {
      position,
      ...(folders.velocity === undefined ? {} : { velocity: await openOther(folders.velocity) }),
      personalBest: await openOther(folders.personalBest),
      globalBest: await openOther(folders.globalBest),
      globalWorst: await openOther(folders.globalWorst),
    };
    const written = await fusedUpdate(
      inputs,
      coefficients,
      {
        velocity: () => into.velocity.create(WEIGHTS_FILE),
        position: () => into.position.create(WEIGHTS_FILE),
      },
      options,
    );
    await writeConfig(into.velocity, config);
    await writeConfig(into.position, config);
    return written;
  } finally {
    await Promise.all(sources.map((source) => source.close()));
  }
}
