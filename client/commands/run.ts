import type { Command } from "commander";
import picocolors from "picocolors";
import { readEnvironment } from "../../config/environment.js";
import type { RunConfig } from "../../config/schema.js";
import type { RunResult } from "../../report/result.js";
import { keys } from "../../store/keys.js";
import type { Store } from "../../store/store.js";
import { beginRun } from "../begin-run.js";
import { openRunningClient } from "../connection.js";
import { openStack } from "../embedded-stack.js";
import { InputError, Interrupted } from "../errors.js";
import { followRun } from "../follow-run.js";
import { type Fork, forkRun } from "../fork-run.js";
import { listenForInterrupt, rejectWhenAborted } from "../interrupt.js";
import { loadRunConfig } from "../load-run-config.js";
import { installLog } from "../logging.js";
import { rolesOf, unpolledRoles, workerAdvice } from "../missing-workers.js";
import { note, print, printJson } from "../output.js";
import { openProgressView } from "../progress/progress-view.js";
import { renderSummary } from "../progress/summary.js";
import { addressOf } from "../run-links.js";
import { readFinishedResult } from "../run-result.js";
import { type PreparedRun, prepareRun } from "../stage-run.js";
import { whileStarting } from "../starting-runs.js";
import { gather, verb, wholeNumber } from "../verb.js";

interface RunOptions {
  readonly id?: string;
  readonly store?: string;
  readonly set?: readonly string[];
  readonly detach?: boolean;
  readonly from?: string;
  readonly threads?: number;
  readonly json?: boolean;
}

export function runVerb(): Command {
  return verb({
    name: "run",
    summary: "start a run, or go on with it: the same command again joins or resumes the same run",
    examples: [
      "swarm run fixtures/configs/smoke.yaml",
      "swarm run my-config.yaml --id tuesday --set swarm.maxIterations=4 --store s3://bucket/swarms",
      "swarm run my-config.yaml --from tuesday@3 --set swarm.stepLength=0.5",
    ],
    json: "print result.json last on standard output, and plain progress",
  })
    .argument("<config>", "the run config, YAML")
    .option("--id <id>", "the run's name (default: the config's name and the first digits of its digest)")
    .option("--store <uri>", "file:///directory or s3://bucket/prefix (default: the config's, else $SWARM_HOME/store)")
    .option("--set <path=value>", "a config value, such as swarm.maxIterations=4; may be repeated", gather)
    .option("--detach", "start it and leave: needs TEMPORAL_ADDRESS or a running `swarm dev`")
    .option(
      "--from <checkpoint>",
      "start from another run's swarm: RUN@ITERATION, RUN for its latest, or a checkpoint's key",
    )
    .option("--threads <n>", "threads for embedded models (default: all cores)", wholeNumber(1))
    .action(run);
}

async function run(path: string, options: RunOptions): Promise<void> {
  const { set = [], id, store } = options;
  const json = options.json === true;
  const given = { set, ...(id === undefined ? {} : { id }), ...(store === undefined ? {} : { store }) };
  const plain = await loadRunConfig(path, given);
  const fork = options.from === undefined ? undefined : await forkRun(options.from, plain);
  const loaded = fork?.loaded ?? plain;
  const prepared = await prepareRun(loaded, options.detach === true ? { worksElsewhere: true } : {});
  const finished = prepared.existing && (await readFinishedResult(prepared.store, loaded.runId));
  if (finished !== undefined) {
    if (!json) note(`run ${loaded.runId} was done before; choose another --id, or another seed, for a new one`);
    printResult(finished, { store: prepared.store, json });
    return;
  }
  await installLog(readEnvironment());
  const { config } = loaded;
  if (options.detach === true) await detach({ prepared, fork, json, config });
  else await attend({ prepared, fork, json, threads: options.threads });
}

interface Attended {
  readonly prepared: PreparedRun;
  readonly fork: Fork | undefined;
  readonly json: boolean;
}

/** Starts or joins the run and stays with it to its end. */
async function attend({
  prepared,
  fork,
  json,
  threads,
}: Attended & { readonly threads: number | undefined }): Promise<void> {
  const { runId } = prepared.run;
  const interrupt = listenForInterrupt(() =>
    note("\nleaving when the step under way is done … (Ctrl-C again to leave at once)"),
  );
  const view = openProgressView({ runId, json });
  const { stack, begun } = await whileStarting(runId, async () => {
    const opened = await openStack({ note: (line) => view.say(line), threads });
    try {
      return { stack: opened, begun: await beginRun(opened.client, prepared, fork) };
    } catch (error) {
      view.end();
      await opened.close();
      throw error;
    }
  });
  try {
    view.say(begun === "joined" ? `going on with run ${runId}` : `run ${runId}`);
    const hint = stack.temporal.embedded
      ? `run ${runId} is put down; the same command goes on with it`
      : `run ${runId} goes on without you; \`swarm watch ${runId}\` watches it again`;
    const interrupted = rejectWhenAborted(interrupt.signal, () => new Interrupted(hint));
    const ended = Promise.race([stack.workersFailed, interrupted]);
    ended.catch(() => undefined);
    const { result, status } = await followRun({ open: stack, runId, view, ended });
    const elapsedMilliseconds = status === undefined ? undefined : Date.now() - status.startedAt;
    printResult(result, { store: prepared.store, json, elapsedMilliseconds });
  } finally {
    view.end();
    await stack.close();
    interrupt.dispose();
  }
}

async function detach({ prepared, fork, json, config }: Attended & { readonly config: RunConfig }): Promise<void> {
  const open = await openRunningClient(note);
  if (open === undefined) {
    throw new InputError(
      "NO_PERSISTENT_SERVER",
      "--detach needs a server that outlives this command: start `swarm dev` in another terminal, or set TEMPORAL_ADDRESS",
    );
  }
  try {
    const { run } = prepared;
    const begun = await whileStarting(run.runId, () => beginRun(open.client, prepared, fork));
    const missing = open.temporal.embedded ? [] : await unpolledRoles(open.client, rolesOf(config));
    if (missing.length > 0) note(`waiting for: ${workerAdvice(missing)}`);
    if (json) printJson({ runId: run.runId, storeUri: run.storeUri, begun });
    else
      print(
        `run ${run.runId} ${begun === "joined" ? "is under way" : "has started"}; \`swarm watch ${run.runId}\` watches it`,
      );
  } finally {
    await open.close();
  }
}

function printResult(
  result: RunResult,
  options: { readonly store: Store; readonly json: boolean; readonly elapsedMilliseconds?: number | undefined },
): void {
  const { store, json, elapsedMilliseconds } = options;
  if (json) printJson(result);
  else {
    const reportAddress = addressOf(store, keys.report(result.runId));
    print(
      renderSummary(result, {
        color: picocolors.isColorSupported && process.stdout.isTTY,
        elapsedMilliseconds,
        reportAddress,
      }),
    );
  }
}
