/**
 * A cluster as separate processes: a Temporal server, an S3-compatible server (versitygw), one worker for files and one for
 * models, and `swarm run` as their client. The worker for models is killed with SIGKILL and started again in the middle of the
 * run; the digest must be the one of an undisturbed `swarm run` of one process on a directory.
 *
 * Usage: npx tsx tests/durability/cluster-on-s3.ts [--config fixtures/configs/smoke.yaml] [--seed 1]
 *
 * Exit code 1 where the digests differ.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { RandomStream } from "../../swarm/random.js";
import { findTemporalExecutable } from "../../workers/temporal-server/find-executable.js";
import { startTemporalServer } from "../../workers/temporal-server/start-server.js";
import { startS3Server } from "../support/s3-server.js";
import { findVersitygw } from "../support/versitygw.js";
import { RunObserver } from "./run-observer.js";
import { readOutcome, startSwarm, type SwarmProcess } from "./swarm-process.js";

const { values } = parseArgs({
  options: {
    config: { type: "string", default: "fixtures/configs/smoke.yaml" },
    seed: { type: "string", default: "1" },
  },
});
const RUN_ID = "on-s3";
const MODEL_WORK = ["clusterSeedData", "fineTuneGenerator", "sampleQuestions", "answerQuestions"];
/** Milliseconds; model work of the smoke config takes about as long. */
const LONGEST_WAIT = 400;
const random = new RandomStream({ seed: Number(values.seed), purpose: "cluster-on-s3" });
const folder = await mkdtemp(join(tmpdir(), "swarm-cluster-"));
const versitygw = await findVersitygw();
if ("missing" in versitygw) throw new Error(versitygw.missing);

async function onDirectory(): Promise<string> {
  const run = startSwarm(["run", values.config, "--json"], { SWARM_HOME: join(folder, "one-process") });
  return readOutcome(await run.output).digest;
}

async function onCluster(executable: string): Promise<string> {
  const home = join(folder, "home");
  const databaseFile = join(folder, "cluster", "temporal.db");
  const server = await startTemporalServer({
    executable: await findTemporalExecutable({ home, log: console.log }),
    databaseFile,
    namespace: "default",
  });
  const store = await startS3Server(executable);
  await store.createBucket("swarms");
  const environment = { ...store.environment, TEMPORAL_ADDRESS: server.address, SWARM_HOME: home };
  console.log(`Temporal at ${server.address} (process ${server.pid}), S3 at ${store.endpoint}`);

  const startWorker = (roles: string): SwarmProcess => {
    const worker = startSwarm(["worker", "--roles", roles], environment);
    console.log(`worker for ${roles}: process ${worker.pid}`);
    return worker;
  };
  const files = startWorker("cpu");
  let models = startWorker("gpu,llm");
  const run = startSwarm(
    ["run", values.config, "--id", RUN_ID, "--store", "s3://swarms/durability", "--json"],
    environment,
  );
  console.log(`client: process ${run.pid}`);
  const observer = new RunObserver({ address: server.address });
  try {
    const activity = random.choice(MODEL_WORK);
    await freezeDuring({ activity, observer, worker: models, run });
    await models.kill();
    console.log(`killed worker ${models.pid} in the middle of ${activity}`);
    models = startWorker("gpu,llm");
    return readOutcome(await run.output).digest;
  } finally {
    await observer.close();
    await Promise.allSettled([run.kill(), files.shutdown(), models.shutdown()]);
    await store.stop();
    await server.stop();
  }
}

/** Freezes the worker at a random moment in which it is at such an activity. */
async function freezeDuring(options: {
  readonly activity: string;
  readonly observer: RunObserver;
  readonly worker: SwarmProcess;
  readonly run: SwarmProcess;
}): Promise<void> {
  const { activity, observer, worker, run } = options;
  const isUnderWay = async (): Promise<boolean> => (await observer.underWay(RUN_ID, worker.pid)).includes(activity);
  for (;;) {
    while (!(await isUnderWay())) {
      if (run.hasEnded()) throw new Error(`the run ended before any ${activity}: ${run.said()}`);
      await sleep(50);
    }
    await sleep(random.uniform() * LONGEST_WAIT);
    worker.freeze();
    if (await isUnderWay()) return;
    worker.thaw();
  }
}

try {
  const directory = await onDirectory();
  console.log(`directory, one process:   ${directory}`);
  const cluster = await onCluster(versitygw.path);
  console.log(`S3, separate processes:   ${cluster}`);
  console.log(directory === cluster ? "the digests are equal" : "the digests differ");
  if (directory !== cluster) process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
