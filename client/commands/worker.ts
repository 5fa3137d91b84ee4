import { type Command, InvalidArgumentError } from "commander";
import { readEnvironment } from "../../config/environment.js";
import { ROLES, type Role } from "../../config/queues.js";
import { storeList } from "../../config/store-uri.js";
import { anyStore, onlyStores } from "../../workers/allowed-stores.js";
import { startWorkers } from "../../workers/start-workers.js";
import { openRunningClient } from "../connection.js";
import { InputError } from "../errors.js";
import { listenForInterrupt } from "../interrupt.js";
import { storesOfHome } from "../known-stores.js";
import { installLog } from "../logging.js";
import { note } from "../output.js";
import { verb, wholeNumber } from "../verb.js";

interface WorkerOptions {
  readonly roles: readonly Role[];
  readonly stores?: readonly string[];
  readonly threads?: number;
}

export function workerVerb(): Command {
  return verb({
    name: "worker",
    summary: "a worker process for a cluster; SIGTERM lets it put its work down",
    examples: [
      "TEMPORAL_ADDRESS=temporal:7233 swarm worker --roles cpu,gpu,llm",
      "TEMPORAL_ADDRESS=temporal:7233 swarm worker --roles gpu --stores s3://bucket/swarms",
    ],
    json: "log JSON lines to standard error, as it does anyway",
  })
    .option("--roles <roles>", `what it does: ${ROLES.join(", ")}, separated by commas`, parseRoles, ROLES)
    .option(
      "--stores <uris>",
      "stores that it works in, with all below them, separated by commas (default: SWARM_STORES, else any)",
      parseStores,
    )
    .option("--threads <n>", "threads for embedded models (default: all cores)", wholeNumber(1))
    .action(work);
}

async function work({ roles, stores, threads }: WorkerOptions): Promise<void> {
  const environment = readEnvironment();
  const named = stores ?? environment.stores;
  await installLog(environment, "standard error");
  // Reached once with all settings, so that a wrong address is one clear line.
  const open = await openRunningClient(note);
  if (open === undefined) {
    throw new InputError(
      "NO_PERSISTENT_SERVER",
      "set TEMPORAL_ADDRESS, or start `swarm dev` or `swarm run` in another terminal",
    );
  }
  const { connection, namespace, embedded } = open.temporal;
  await open.close();
  const allowed = named === undefined ? (embedded ? storesOfHome : anyStore) : onlyStores(named);
  if (allowed === anyStore) note("it works in any store that a run names; --stores names those it may use");
  const workers = await startWorkers({ connection, namespace, roles, stores: allowed, threads });
  note(`worker for ${roles.join(", ")} at ${connection.address}, namespace ${namespace}`);
  const interrupt = listenForInterrupt(() => {
    note("leaving when the steps under way are done … (the signal again to leave at once)");
    workers.shutdown();
  });
  try {
    await workers.stopped;
  } finally {
    interrupt.dispose();
  }
}

function parseStores(text: string): readonly string[] {
  try {
    return storeList(text);
  } catch (error) {
    throw new InvalidArgumentError((error as TypeError).message);
  }
}

function parseRoles(text: string): readonly Role[] {
  const given = text.split(",").map((one) => one.trim());
  const roles = ROLES.filter((role) => given.includes(role));
  const unknown = given.filter((one) => !(ROLES as readonly string[]).includes(one));
  if (unknown.length > 0 || roles.length === 0) throw new InvalidArgumentError(`Roles are ${ROLES.join(", ")}.`);
  return roles;
}
