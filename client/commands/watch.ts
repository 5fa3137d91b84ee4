import type { Command } from "commander";
import { keys } from "../../store/keys.js";
import { openRunningClient } from "../connection.js";
import { InputError, Interrupted } from "../errors.js";
import { followRun } from "../follow-run.js";
import { listenForInterrupt, rejectWhenAborted } from "../interrupt.js";
import { findRun, type FoundRun } from "../known-runs.js";
import { note, print, printJson } from "../output.js";
import { openProgressView } from "../progress/progress-view.js";
import { renderSummary } from "../progress/summary.js";
import type { RunResult } from "../../report/result.js";
import { addressOf } from "../run-links.js";
import { readFinishedResult } from "../run-result.js";
import { describeRun } from "../start-run.js";
import { untilStarted } from "../starting-runs.js";
import { colorsOut } from "../terminal-colors.js";
import { STORE_OPTION, verb } from "../verb.js";

export function watchVerb(): Command {
  return verb({
    name: "watch",
    summary: "watch a run that is under way, to its end; Ctrl-C leaves it alone",
    examples: ["swarm watch smoke-1a2b3c4d"],
    json: "print result.json last on standard output, and plain progress",
  })
    .argument("<id>", "the run")
    .option(...STORE_OPTION)
    .action(async (runId: string, { store, json }: { readonly store?: string; readonly json?: boolean }) => {
      await untilStarted(runId, note);
      const found = await findRun(runId, store);
      const result = (await readFinishedResult(found.store, runId)) ?? (await watch(found, json === true));
      if (json === true) printJson(result);
      else
        print(renderSummary(result, { color: colorsOut(), reportAddress: addressOf(found.store, keys.report(runId)) }));
    });
}

async function watch({ run: { runId } }: FoundRun, json: boolean): Promise<RunResult> {
  const open = await openRunningClient(note);
  if (open === undefined) {
    throw new InputError(
      "NOT_UNDER_WAY",
      `nothing works on run ${runId} now; the same \`swarm run\` command goes on with it`,
    );
  }
  const interrupt = listenForInterrupt(() => undefined);
  const view = openProgressView({ runId, json });
  try {
    if ((await describeRun(open.client, runId)) === undefined) {
      throw new InputError("NOT_UNDER_WAY", `run ${runId} is not known to this server; \`swarm run\` starts it`);
    }
    const left = new Interrupted(`run ${runId} goes on`);
    const ended = rejectWhenAborted(interrupt.signal, () => left);
    return (await followRun({ open, runId, view, ended })).result;
  } finally {
    view.end();
    interrupt.dispose();
    await open.close();
  }
}
