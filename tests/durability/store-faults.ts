/**
 * Whole runs on an S3-compatible server (versitygw) behind a proxy that does to a share of all requests what networks and servers do
 * on bad days: each kind of fault alone, all mixed, and the server away for a minute. Every run must end with the digest of an
 * undisturbed run on a directory. A server that ignores conditions must be refused when it is probed; here it does so after that.
 *
 * Usage: npx tsx tests/durability/store-faults.ts [--kind KIND] [--share 0.12] [--away 60] [--config fixtures/configs/smoke.yaml] [--seed 1]
 *
 * KIND is one of the proxy's faults, `mixed` or `away`. Exit code 1 where a digest differs or a run fails.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type FaultProxy, FAULTS, startFaultProxy } from "../support/fault-proxy.js";
import { startS3Server } from "../support/s3-server.js";
import { findVersitygw } from "../support/versitygw.js";
import { killServer } from "./embedded-server.js";
import { readOutcome, startSwarm, type SwarmProcess } from "./swarm-process.js";

const { values } = parseArgs({
  options: {
    kind: { type: "string" },
    share: { type: "string", default: "0.12" },
    away: { type: "string", default: "60" },
    config: { type: "string", default: "fixtures/configs/smoke.yaml" },
    seed: { type: "string", default: "1" },
  },
});
const KINDS = [...FAULTS, "mixed", "away"] as const;
type Kind = (typeof KINDS)[number];
const chosen = values.kind === undefined ? KINDS : KINDS.filter((kind) => kind === values.kind);
if (chosen.length === 0) throw new Error(`--kind ${values.kind}: choose one of ${KINDS.join(", ")}`);
const BUCKET = "swarms";
const RUN_ID = "faults";

const versitygw = await findVersitygw();
if ("missing" in versitygw) throw new Error(versitygw.missing);
const server = await startS3Server(versitygw.path);
await server.createBucket(BUCKET);

async function inFreshHome<Result>(work: (home: string) => Promise<Result>): Promise<Result> {
  const home = await mkdtemp(join(tmpdir(), "swarm-store-faults-"));
  try {
    return await work(home);
  } finally {
    await killServer(home);
    await rm(home, { recursive: true, force: true });
  }
}

async function undisturbed(): Promise<string> {
  return inFreshHome(async (home) => {
    const run = startSwarm(["run", values.config, "--id", RUN_ID, "--json"], { SWARM_HOME: home });
    return readOutcome(await run.output).digest;
  });
}

interface Disturbed {
  readonly digest: string;
  readonly requests: number;
  readonly faults: number;
  readonly seconds: number;
}

async function disturbed(kind: Kind): Promise<Disturbed> {
  const proxy = await startFaultProxy({ target: server.endpoint, seed: Number(values.seed) });
  if (kind !== "away") {
    proxy.plan({
      faults: kind === "mixed" ? FAULTS : [kind],
      share: Number(values.share),
      only: ({ path }) => !path.includes("/probes/"),
    });
  }
  const startedAt = performance.now();
  try {
    return await inFreshHome(async (home) => {
      const run = startSwarm(["run", values.config, "--id", RUN_ID, "--store", `s3://${BUCKET}/${kind}`, "--json"], {
        ...server.environment,
        AWS_ENDPOINT_URL_S3: proxy.endpoint,
        SWARM_HOME: home,
        SWARM_S3_TIMEOUT_SECONDS: "2",
      });
      if (kind === "away") await leaveInTheMiddle(proxy, run);
      const { digest } = readOutcome(await run.output);
      const faults = [...proxy.happened.values()].reduce((sum, count) => sum + count, 0);
      return { digest, requests: proxy.requests.length, faults, seconds: (performance.now() - startedAt) / 1000 };
    });
  } finally {
    await proxy.stop();
  }
}

/** Goes when the search has begun, and comes back after a while. */
async function leaveInTheMiddle(proxy: FaultProxy, run: SwarmProcess): Promise<void> {
  const hasBegun = (): boolean => proxy.requests.some(({ path }) => path.includes("/iterations/0001/"));
  while (!hasBegun() && !run.hasEnded()) await sleep(50);
  await proxy.goAway();
  await sleep(Number(values.away) * 1000);
  await proxy.comeBack();
}

let failed = false;
try {
  const calm = await undisturbed();
  console.log(`undisturbed: ${calm}\n`);
  console.log(
    `${"kind".padEnd(20)} ${"requests".padStart(8)} ${"faults".padStart(8)} ${"seconds".padStart(8)}  digest`,
  );
  for (const kind of chosen) {
    try {
      const { digest, requests, faults, seconds } = await disturbed(kind);
      const counts = [requests, faults, Math.round(seconds)].map((number) => String(number).padStart(8)).join(" ");
      console.log(`${kind.padEnd(20)} ${counts}  ${digest === calm ? "equal" : `differs: ${digest}`}`);
      failed ||= digest !== calm;
    } catch (error) {
      console.log(`${kind.padEnd(20)} failed: ${error instanceof Error ? error.message : String(error)}`);
      failed = true;
    }
  }
} finally {
  await server.stop();
}
if (failed) process.exitCode = 1;
