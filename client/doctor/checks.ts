/** What a run needs, looked at one by one; one that fails keeps none of the others from being looked at. */
import { type Check, firstLine } from "./check.js";
import { checkDisk, checkMemory, checkNode } from "./machine.js";
import { checkBundle, checkOnnxRuntime } from "./models.js";
import { checkS3, checkStore } from "./store.js";
import { checkTemporal } from "./temporal.js";

export async function runChecks(storeUri: string | undefined): Promise<Check[]> {
  const checks: readonly (readonly [string, () => Promise<Check> | Check])[] = [
    ["Node", checkNode],
    ["memory", checkMemory],
    ["disk", checkDisk],
    ["runtime", checkOnnxRuntime],
    ["model", checkBundle],
    ["Temporal", checkTemporal],
    ["store", () => checkStore(storeUri)],
    ["S3", checkS3],
  ];
  const results: Check[] = [];
  for (const [name, check] of checks) {
    try {
      results.push(await check());
    } catch (error) {
      results.push({ name, ok: false, detail: firstLine(error) });
    }
  }
  return results;
}
