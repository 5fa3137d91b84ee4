/**
 * Kills a run at random moments with SIGKILL, runs the same command again each time, and compares the digest of its result
 * with that of an undisturbed run.
 *
 * Usage: tsx tests/durability/kill-and-resume.ts [--kills 10] [--config fixtures/configs/smoke.yaml] [--seed 1] [--target all|server]
 *
 * `--target server` kills only the Temporal server and leaves the run to go on by itself.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { RandomStream } from "../../swarm/random.js";
import { killServer, type RunOutcome, startRun } from "./swarm-process.js";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "10" },
    config: { type: "string", default: "fixtures/configs/smoke.yaml" },
    seed: { type: "string", default: "1" },
    target: { type: "string", default: "all" },
  },
});
const kills = Number(values.kills);
const random = new RandomStream({ seed: Number(values.seed), purpose: "kill-and-resume" });

async function inFreshHome<Result>(work: (home: string) => Promise<Result>): Promise<Result> {
  const home = await mkdtemp(join(tmpdir(), "swarm-durability-"));
  try {
    return await work(home);
  } finally {
    await killServer(home);
    await rm(home, { recursive: true, force: true });
  }
}

/** Runs until `kills` kills have landed, then to the end. */
async function disturbed(home: string, usualMilliseconds: number): Promise<RunOutcome> {
  for (let kill = 1; kill <= kills; kill++) {
    const run = startRun({ config: values.config, home });
    // Kills spread over the whole run: each lets it get about as much further as there are kills.
    const delay = (random.uniform() * (2 * usualMilliseconds)) / kills + 1000;
    const ended = await Promise.race([run.outcome, sleep(delay, undefined)]);
    if (ended !== undefined) {
      console.log(`the run ended before kill ${kill}`);
      return ended;
    }
    const stage = run.lastLine();
    if (values.target === "server") {
      await killServer(home);
      console.log(`kill ${kill} of the server after ${Math.round(delay)} ms: ${stage}`);
      return run.outcome;
    }
    run.kill();
    await run.outcome.catch(() => undefined);
    console.log(`kill ${kill} after ${Math.round(delay)} ms: ${stage}`);
  }
  return startRun({ config: values.config, home }).outcome;
}

const started = Date.now();
const calm = await inFreshHome((home) => startRun({ config: values.config, home }).outcome);
const usual = Date.now() - started;
console.log(`undisturbed: ${calm.digest} in ${usual} ms`);
const shaken = await inFreshHome((home) => disturbed(home, usual));
console.log(`disturbed:   ${shaken.digest}`);
if (shaken.digest !== calm.digest) {
  console.error("the digests differ");
  process.exitCode = 1;
}
