/**
 * Kills a run with SIGKILL at random moments spread over all its stages, runs the same command again each time, and compares
 * the digest of its result with that of an undisturbed run.
 *
 * Usage: npx tsx tests/durability/kill-and-resume.ts [--kills 12] [--config fixtures/configs/smoke.yaml] [--seed 1] [--target all|server]
 *
 * `--target all` (the default) kills the process and its Temporal server; `--target server --kills 1` only the server, and
 * leaves the run to go on by itself. Exit code 1 where the digests differ or a stage that was to be hit was not.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { RandomStream } from "../../swarm/random.js";
import { killServer } from "./embedded-server.js";
import { type Moment, planKills } from "./kill-plan.js";
import { measureStages, StageWatch } from "./stage-watch.js";
import { type Stage, STAGES } from "./stages.js";
import { readOutcome, type RunOutcome, startSwarm, type SwarmProcess } from "./swarm-process.js";

const RUN_ID = "durable";
/** A stage so short that a whole run passed without a kill in it is tried again in another run. */
const MOST_RUNS = 3;

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "12" },
    config: { type: "string", default: "fixtures/configs/smoke.yaml" },
    seed: { type: "string", default: "1" },
    target: { type: "string", default: "all" },
  },
});
const onlyServer = values.target === "server";
const random = new RandomStream({ seed: Number(values.seed), purpose: "kill-and-resume" });
const startedAt = Date.now();
const hits: Stage[] = [];

function say(line: string): void {
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  console.log(`${String(seconds).padStart(4)} s  ${line}`);
}

const startRun = (home: string): SwarmProcess =>
  startSwarm(["run", values.config, "--id", RUN_ID, "--json"], { SWARM_HOME: home });

async function inFreshHome<Result>(work: (home: string) => Promise<Result>): Promise<Result> {
  const home = await mkdtemp(join(tmpdir(), "swarm-durability-"));
  try {
    return await work(home);
  } finally {
    await killServer(home);
    await rm(home, { recursive: true, force: true });
  }
}

async function undisturbed(home: string): Promise<{ outcome: RunOutcome; usual: ReadonlyMap<Stage, number> }> {
  const run = startRun(home);
  const watch = new StageWatch({ run, home, runId: RUN_ID });
  const usual = await measureStages(watch);
  await watch.close();
  return { outcome: readOutcome(await run.output), usual };
}

/** Runs the same command until it ends by itself. Moments that were hit are taken out of `wanted`. */
async function disturbed(home: string, wanted: Moment[], usual: ReadonlyMap<Stage, number>): Promise<RunOutcome> {
  let iteration = 0;
  let run = startRun(home);
  for (;;) {
    const watch = new StageWatch({ run, home, runId: RUN_ID });
    const moment = await freezeInWantedMoment({ run, watch, wanted, usual, iteration });
    iteration = Math.max(iteration, watch.iteration());
    await watch.close();
    if (moment === undefined) return readOutcome(await run.output);

    wanted.splice(wanted.indexOf(moment), 1);
    hits.push(moment.stage);
    const victim = onlyServer ? "the Temporal server alone" : "process and server";
    say(
      `kill ${hits.length} of ${victim}: ${moment.stage}, ${iteration === 0 ? "initial generators" : `iteration ${iteration}`}`,
    );
    await killServer(home);
    if (onlyServer) run.thaw();
    else {
      await run.kill();
      run = startRun(home);
    }
  }
}

/** Leaves the run frozen in the moment that it gives; `undefined` where the run ended before any that is wanted. */
async function freezeInWantedMoment(options: {
  readonly run: SwarmProcess;
  readonly watch: StageWatch;
  readonly wanted: readonly Moment[];
  readonly usual: ReadonlyMap<Stage, number>;
  /** That the run had reached when it was started. */
  readonly iteration: number;
}): Promise<Moment | undefined> {
  const { run, watch, wanted, usual, iteration } = options;
  const aRandomTimeInto = (stage: Stage): Promise<void> => sleep(random.uniform() * (usual.get(stage) ?? 0));

  const start = wanted.find((moment) => moment.stage === "starting" && moment.iteration <= iteration);
  if (start !== undefined) {
    await aRandomTimeInto("starting");
    run.freeze();
    return start;
  }
  for await (const stages of watch.looks()) {
    const reached = Math.max(iteration, watch.iteration());
    const moment = wanted.find((one) => stages.has(one.stage) && one.iteration <= reached);
    if (moment === undefined) continue;
    await aRandomTimeInto(moment.stage);
    run.freeze();
    // Frozen, it can not end what the server now says it has begun.
    if ((await watch.stages()).has(moment.stage)) return moment;
    run.thaw();
  }
  return undefined;
}

const { outcome: calm, usual } = await inFreshHome(undisturbed);
say(`undisturbed: ${calm.digest}`);

const stages = STAGES.filter((stage) => !onlyServer || stage !== "starting");
const wanted = planKills({ kills: Number(values.kills), stages, iterations: calm.iterations.length, random });
const digests: string[] = [];
while (wanted.length > 0 && digests.length < MOST_RUNS) {
  const { digest } = await inFreshHome((home) => disturbed(home, wanted, usual));
  digests.push(digest);
  say(`disturbed:   ${digest}`);
}

console.log(`\n${"stage".padEnd(18)} kills`);
for (const stage of stages) console.log(`${stage.padEnd(18)} ${hits.filter((hit) => hit === stage).length}`);
console.log(`\nundisturbed  ${calm.digest}`);
for (const digest of digests) console.log(`disturbed    ${digest}`);
const missed = wanted.map(({ stage }) => stage);
if (missed.length > 0) console.error(`never killed while ${missed.join(", ")}`);
const differs = digests.some((digest) => digest !== calm.digest);
console.log(
  differs ? "the digests differ" : `the digests are equal after ${hits.length} ${hits.length === 1 ? "kill" : "kills"}`,
);
if (missed.length > 0 || differs) process.exitCode = 1;
