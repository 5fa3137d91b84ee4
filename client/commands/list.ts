import Table from "cli-table3";
import type { Command } from "commander";
import type { Client } from "@temporalio/client";
import type { RunRef } from "../../activities/run/run-inputs.js";
import { RUN_WORKFLOWS, runIdOf } from "../../config/queues.js";
import { isStoreError } from "../../store/store-error.js";
import { type OpenClient, openRunningClient } from "../connection.js";
import { findRun, listKnownRuns } from "../known-runs.js";
import { note, print, printJson } from "../output.js";
import { score } from "../progress/format.js";
import { readRunState } from "../run-state.js";
import { storeOf } from "../start-run.js";
import { verb } from "../verb.js";

interface ListedRun {
  readonly runId: string;
  readonly state: string;
  /** The last one that is done; null before the initial swarm. */
  readonly iteration: number | null;
  readonly best: number | null;
  readonly storeUri: string;
}

const LONGEST_LIST = 200;
const RUNS = Object.values(RUN_WORKFLOWS)
  .map((type) => `WorkflowType = '${type}'`)
  .join(" OR ");

export function listVerb(): Command {
  return verb({
    name: "list",
    summary: "the runs that this machine or the cluster knows",
    examples: ["swarm list"],
    json: "print {runs: [{runId, state, iteration, best, storeUri}]}",
  }).action(async ({ json }: { readonly json?: boolean }) => {
    const open = await openRunningClient(note);
    try {
      const runs = await listRuns(open);
      if (json === true) printJson({ runs });
      else if (runs.length === 0) print("no runs yet: `swarm run fixtures/configs/smoke.yaml` starts one");
      else print(renderRuns(runs));
    } finally {
      await open?.close();
    }
  });
}

async function listRuns(open: OpenClient | undefined): Promise<ListedRun[]> {
  const ours = await listKnownRuns();
  const known = new Map(ours.map((run) => [run.runId, run]));
  if (open !== undefined) for (const run of await runsOfServer(open.client)) known.set(run.runId, run);
  const startedHere = new Set(ours.map(({ runId }) => runId));
  const runs = await Promise.all(
    [...known.values()].map((run) => describe(run, open, startedHere.has(run.runId) ? "deleted" : "store away")),
  );
  return runs.sort((one, other) => (one.runId < other.runId ? -1 : 1));
}

async function runsOfServer(client: Client): Promise<RunRef[]> {
  const runs: RunRef[] = [];
  for await (const { workflowId, memo } of client.workflow.list({ query: RUNS })) {
    const runId = runIdOf(workflowId);
    const storeUri = storeOf(memo);
    if (runId !== undefined && storeUri !== undefined) runs.push({ runId, storeUri });
    if (runs.length >= LONGEST_LIST) break;
  }
  return runs;
}

/** @param missing what it means that the store, as this machine sees it, lacks the run: it may be another machine's directory */
async function describe(
  { runId, storeUri }: RunRef,
  open: OpenClient | undefined,
  missing: "deleted" | "store away",
): Promise<ListedRun> {
  try {
    const { state, iterations } = await readRunState(await findRun(runId, storeUri), open);
    const last = iterations.at(-1);
    return { runId, state, iteration: last?.iteration ?? null, best: last?.best ?? null, storeUri };
  } catch (error) {
    const isGone = (error as { readonly code?: unknown }).code === "UNKNOWN_RUN";
    if (!isGone && !isStoreError(error)) throw error;
    return { runId, state: isGone ? missing : "store away", iteration: null, best: null, storeUri };
  }
}

function renderRuns(runs: readonly ListedRun[]): string {
  const table = new Table({
    head: ["run", "state", "iteration", "best", "store"],
    style: { head: [], border: [], compact: true },
  });
  for (const { runId, state, iteration, best, storeUri } of runs) {
    table.push([runId, state, iteration === null ? "–" : String(iteration), score(best), storeUri]);
  }
  return table.toString();
}
