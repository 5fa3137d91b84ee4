import type { Command } from "commander";
import { readEnvironment } from "../../config/environment.js";
import { openStack } from "../embedded-stack.js";
import { InputError } from "../errors.js";
import { listenForInterrupt, rejectWhenAborted } from "../interrupt.js";
import { defaultStoreUri } from "../known-runs.js";
import { installLog } from "../logging.js";
import { note, print, printJson } from "../output.js";
import { clusterFromEnvironment } from "../../workers/temporal-server/open-temporal.js";
import { verb, wholeNumber } from "../verb.js";

export function devVerb(): Command {
  return verb({
    name: "dev",
    summary: "the embedded Temporal server and workers of all roles, in the foreground, until Ctrl-C",
    examples: ["swarm dev", "swarm dev --threads 4"],
    json: "print {address, namespace, store, log} once all is ready",
  })
    .option("--threads <n>", "threads for embedded models (default: all cores)", wholeNumber(1))
    .action(develop);
}

async function develop({ threads, json }: { readonly threads?: number; readonly json?: boolean }): Promise<void> {
  if (clusterFromEnvironment() !== undefined) {
    throw new InputError(
      "INVALID_OPTION",
      "TEMPORAL_ADDRESS names a cluster, so there is nothing to embed; use `swarm worker`, or unset it",
    );
  }
  const log = await installLog(readEnvironment());
  const interrupt = listenForInterrupt(() =>
    note("\nputting down what is under way when its step is done … (Ctrl-C again to leave at once)"),
  );
  const stack = await openStack({ note, threads });
  try {
    const { connection, namespace } = stack.temporal;
    const facts = { address: connection.address, namespace, store: defaultStoreUri(), log: log.place };
    if (json === true) printJson(facts);
    else {
      for (const [name, value] of Object.entries(facts)) print(`${name.padEnd(10)} ${value}`);
      print("ready: `swarm run CONFIG --detach`, `swarm schedule create`, `swarm list` work with it; Ctrl-C ends it");
    }
    const ended = new Error("ended");
    await Promise.race([stack.workersFailed, rejectWhenAborted(interrupt.signal, () => ended)]).catch(
      (error: unknown) => {
        if (error !== ended) throw error;
      },
    );
  } finally {
    await stack.close();
    interrupt.dispose();
  }
}
