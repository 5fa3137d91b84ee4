import type { Command } from "commander";
import { keys } from "../../store/keys.js";
import { openRunningClient } from "../connection.js";
import { findRun } from "../known-runs.js";
import { workerAdvice } from "../missing-workers.js";
import { note, print, printJson } from "../output.js";
import { describeFailing } from "../progress/failing-lines.js";
import { score } from "../progress/format.js";
import { renderStatus } from "../progress/render-status.js";
import { renderSummary } from "../progress/summary.js";
import { addressOf } from "../run-links.js";
import { readRunState, type RunState } from "../run-state.js";
import { untilStarted } from "../starting-runs.js";
import type { Store } from "../../store/store.js";
import { colorsOut } from "../terminal-colors.js";
import { STORE_OPTION, verb } from "../verb.js";

export function statusVerb(): Command {
  return verb({
    name: "status",
    summary: "where a run is: scores by generator, what it waits for, what it cost, when its search ends",
    examples: ["swarm status smoke-1a2b3c4d"],
    json: "print {runId, state, live, iterations, result, problem, missingRoles, activities}: `failure` in one of these says what fails",
  })
    .argument("<id>", "the run")
    .option(...STORE_OPTION)
    .action(async (runId: string, { store, json }: { readonly store?: string; readonly json?: boolean }) => {
      await untilStarted(runId, note);
      const found = await findRun(runId, store);
      const open = await openRunningClient(note);
      try {
        const state = await readRunState(found, open);
        if (json === true) printJson(state);
        else print(describeState(state, found.store));
      } finally {
        await open?.close();
      }
    });
}

function describeState(state: RunState, store: Store): string {
  const { runId, live, result, problem, iterations, activities } = state;
  const color = colorsOut();
  const now = Date.now();
  if (live !== null) return renderStatus(live, { runId, now, width: process.stdout.columns || 100, color, activities });
  if (result !== null) return renderSummary(result, { color, reportAddress: addressOf(store, keys.report(runId)) });
  const failing = describeFailing(activities, now);
  const last = iterations.at(-1);
  const reached =
    last === undefined
      ? "before its first checkpoint"
      : `iteration ${last.iteration} is done, best ${score(last.best)}`;
  return `${runId}: ${state.state}; ${reached}${problem === null ? "" : `\n${problem}`}${failing.map((line) => `\nfailing: ${line}`).join("")}\n${ADVICE[state.state](state)}`;
}

const goOn = (): string => "the same `swarm run` command goes on with it";

const ADVICE: Record<RunState["state"], (state: RunState) => string> = {
  running: ({ runId }) => `\`swarm watch ${runId}\` watches it`,
  paused: ({ runId }) => `\`swarm resume ${runId}\` lets it go on`,
  "without a worker": ({ missingRoles }) =>
    missingRoles.length > 0
      ? `waiting for: ${workerAdvice(missingRoles)}`
      : "start one: `swarm worker --roles cpu,gpu,llm`, or the same `swarm run` command",
  completed: ({ runId }) => `\`swarm report ${runId} --out report.html\` gives its report`,
  failed: goOn,
  cancelled: goOn,
  terminated: goOn,
  "put down": goOn,
};
