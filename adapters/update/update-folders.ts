/** The swarm update from adapter folder to adapter folder. */
import type { ArtifactRef } from "../../store/store.js";
import { WEIGHTS_FILE, type AdapterFolder } from "../folder.js";
import type { UpdateCoefficients } from "../kernel/kernel.js";
import { writeConfig } from "../peft/config.js";
import { fusedUpdate, type UpdateOptions } from "./fused-update.js";
import { withInputs, type UpdateFolders } from "./open-inputs.js";

export type { UpdateFolders } from "./open-inputs.js";

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
  return withInputs(folders, async ({ inputs, config }) => {
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
  });
}
