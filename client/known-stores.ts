/**
 * Which stores commands of this home have started work in: `$SWARM_HOME/stores/<digest>.json`. The embedded server takes workflows
 * from any user of the machine, so its workers work in no other store.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { RunRef } from "../activities/run/run-inputs.js";
import { readEnvironment } from "../config/environment.js";
import { sha256Hex } from "../store/byte-stream.js";
import { replaceFile } from "../store/replace-file.js";
import type { AllowedStores } from "../workers/allowed-stores.js";
import { rememberModules } from "./known-modules.js";
import { defaultStoreUri, listKnownRuns } from "./known-runs.js";

const knownStoreSchema = z.object({ storeUri: z.string() });

/** To be called before work is started: else the workers of this home would refuse it. */
export async function rememberStart({ storeUri, modules = [] }: RunRef): Promise<void> {
  await rememberStore(storeUri);
  await rememberModules(modules);
}

async function rememberStore(storeUri: string): Promise<void> {
  await replaceFile(join(storesFolder(), `${sha256Hex(storeUri)}.json`), `${JSON.stringify({ storeUri })}\n`, {
    ownerOnly: true,
  });
}

/** The default store, those of runs that this home knows, and those that work was started in. */
export const storesOfHome: AllowedStores = async () => {
  const names = await readdir(storesFolder()).catch(() => []);
  const remembered = await Promise.all(names.filter((name) => name.endsWith(".json")).map(readStore));
  const ofRuns = (await listKnownRuns()).map(({ storeUri }) => storeUri);
  return [defaultStoreUri(), ...ofRuns, ...remembered.flat()];
};

async function readStore(name: string): Promise<string[]> {
  const text = await readFile(join(storesFolder(), name), "utf8").catch(() => "null");
  const known = knownStoreSchema.safeParse(JSON.parse(text)).data;
  return known === undefined ? [] : [known.storeUri];
}

function storesFolder(): string {
  return join(readEnvironment().home, "stores");
}
