import type { Command } from "commander";
import { CONFIG_FILE, WEIGHTS_FILE } from "../../adapters/folder.js";
import { keys } from "../../store/keys.js";
import { recordedDigest } from "../../store/recorded-digest.js";
import { findBestTaker } from "../best-taker.js";
import { findBestGenerator } from "../best-generator.js";
import { findRun } from "../known-runs.js";
import { print, printJson } from "../output.js";
import { STORE_OPTION, verb } from "../verb.js";
import { refuseUsedFolder, writeOutputFolder } from "../write-output-folder.js";

interface BestOptions {
  readonly out: string;
  readonly store?: string;
  readonly force?: boolean;
  readonly taker?: boolean;
  readonly json?: boolean;
}

export function bestVerb(): Command {
  return verb({
    name: "best",
    summary: "copy the best generator's adapter out of a run, in PEFT layout",
    examples: ["swarm best smoke-1a2b3c4d --out adapter/", "swarm best adversarial-1a2b3c4d --taker --out taker/"],
    json: "print {runId, particle, iteration, out}; with --taker {runId, taker, iteration, out}",
  })
    .argument("<id>", "the run; one that is under way gives the best so far")
    .requiredOption("--out <dir>", "the folder to make")
    .option("--taker", "the best test taker of an adversarial swarm in place of the generator")
    .option("--force", "replace a folder that is not empty")
    .option(...STORE_OPTION)
    .action(async (runId: string, { out, store: storeUri, force, taker, json }: BestOptions) => {
      if (force !== true) await refuseUsedFolder(out);
      const found = await findRun(runId, storeUri);
      const best = taker === true ? await findBestTaker(found) : await findBestGenerator(found);
      const { iteration, adapter } = best;
      await writeOutputFolder(out, {
        [WEIGHTS_FILE]: async () => {
          const weights = keys.adapterModel(adapter);
          return found.store.getStream(weights, { sha256: await recordedDigest(found.store, weights) });
        },
        [CONFIG_FILE]: () => found.store.getStream(keys.adapterConfig(adapter)),
      });
      const who = "name" in best ? { taker: best.name } : { particle: best.particle };
      if (json === true) printJson({ runId, ...who, iteration, out });
      else {
        const name = "name" in best ? best.name : `generator ${best.particle}`;
        print(`${out}: ${name} of iteration ${iteration} (${CONFIG_FILE}, ${WEIGHTS_FILE})`);
      }
    });
}
