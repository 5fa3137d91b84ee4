/** Runs planned runs on one stack, a few at a time; what was done before is not done again. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import PQueue from "p-queue";
import { beginRun } from "../../client/begin-run.js";
import type { Stack } from "../../client/embedded-stack.js";
import { loadRunConfig } from "../../client/load-run-config.js";
import { readFinishedResult } from "../../client/run-result.js";
import { prepareRun } from "../../client/stage-run.js";
import { waitForResult } from "../../client/wait-for-result.js";
import { workflowId } from "../../config/queues.js";
import { writeYaml } from "../../config/yaml-text.js";
import type { PlannedRun } from "./tables.js";

export interface Settings {
  readonly stack: Stack;
  /** Where the configs are written, each fit for `swarm run`. */
  readonly folder: string;
  readonly concurrency: number;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/**
 * @returns how many ran to their end now; the others were done before, or are put down by the signal
 * @throws WorkflowFailedError of the first run that failed; the others are put down
 */
export async function runPlanned(planned: readonly PlannedRun[], settings: Settings): Promise<number> {
  const { concurrency, signal, say } = settings;
  await mkdir(settings.folder, { recursive: true });
  const queue = new PQueue({ concurrency });
  const ending = new AbortController();
  const ended = AbortSignal.any([signal, ending.signal]);
  const started = Date.now();
  let done = 0;
  let ran = 0;
  const work = planned.map((run) =>
    queue.add(async () => {
      if (ended.aborted) return;
      const before = Date.now();
      const outcome = await runOne(run, { ...settings, signal: ended });
      if (outcome === "put down") return;
      done++;
      if (outcome === "ran") ran++;
      const elapsed = (Date.now() - started) / 60_000;
      const seconds = ((Date.now() - before) / 1000).toFixed(0);
      if (outcome === "ran") say(`${done} of ${planned.length}  ${run.id}  ${seconds} s  (${elapsed.toFixed(1)} min)`);
    }),
  );
  try {
    await Promise.race([Promise.all(work), settings.stack.workersFailed]);
  } finally {
    ending.abort();
    queue.clear();
    await queue.onIdle();
  }
  return ran;
}

async function runOne(
  { id, config }: PlannedRun,
  { stack, folder, signal }: Settings,
): Promise<"ran" | "done before" | "put down"> {
  const path = join(folder, `${id}.yaml`);
  await writeFile(path, writeYaml(config));
  const loaded = await loadRunConfig(path, { id });
  const prepared = await prepareRun(loaded);
  if (prepared.existing !== undefined && (await readFinishedResult(prepared.store, id)) !== undefined)
    return "done before";
  await beginRun(stack.client, prepared);
  const result = await waitForResult(stack.client, workflowId(id), signal);
  return result === undefined ? "put down" : "ran";
}
