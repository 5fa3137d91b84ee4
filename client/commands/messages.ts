/** `pause`, `resume`, `stop` and `cancel`: what a person may tell a run. */
import type { Command } from "commander";
import type { WorkflowHandle } from "@temporalio/client";
import { workflowId } from "../../config/queues.js";
import { openKnowingClient } from "../connection.js";
import { InputError } from "../errors.js";
import { note, print, printJson } from "../output.js";
import { describeRun } from "../start-run.js";
import { untilStarted } from "../starting-runs.js";
import { verb } from "../verb.js";

interface Message {
  readonly name: string;
  readonly summary: string;
  /** What is printed once the server has it. */
  readonly said: (runId: string) => string;
  readonly send: (handle: WorkflowHandle) => Promise<unknown>;
}

export function pauseVerb(): Command {
  return messageVerb({
    name: "pause",
    summary: "hold a run at the next stage; what is under way is finished first",
    said: (runId) => `run ${runId} pauses at its next stage; \`swarm resume ${runId}\` lets it go on`,
    send: (handle) => handle.signal("pause"),
  });
}

export function resumeVerb(): Command {
  return messageVerb({
    name: "resume",
    summary: "let a paused run go on",
    said: (runId) => `run ${runId} goes on`,
    send: (handle) => handle.signal("resume"),
  });
}

export function stopVerb(): Command {
  return messageVerb({
    name: "stop",
    summary: "finish this iteration, measure, report, and end as completed",
    said: (runId) => `run ${runId} stops after this iteration, and reports`,
    send: (handle) => handle.signal("stop"),
  });
}

export function cancelVerb(): Command {
  return messageVerb({
    name: "cancel",
    summary: "end a run at once, without result; `swarm run` with the same command goes on with it later",
    said: (runId) => `run ${runId} is being cancelled`,
    send: (handle) => handle.cancel(),
  });
}

function messageVerb({ name, summary, said, send }: Message): Command {
  return verb({ name, summary, examples: [`swarm ${name} smoke-1a2b3c4d`], json: "print {runId, sent}" })
    .argument("<id>", "the run")
    .action(async (runId: string, { json }: { readonly json?: boolean }) => {
      await untilStarted(runId, note);
      const open = await openKnowingClient(note);
      try {
        const known = open === undefined ? undefined : await describeRun(open.client, runId);
        if (open === undefined || known?.isRunning !== true) {
          const state = known === undefined ? "not known to the server" : known.status.toLowerCase();
          throw new InputError(
            "NOT_UNDER_WAY",
            `run ${runId} is ${state}, so there is nothing to ${name}; see \`swarm list\``,
          );
        }
        await send(open.client.workflow.getHandle(workflowId(runId)));
        if (json === true) printJson({ runId, sent: name });
        else print(said(runId));
      } finally {
        await open?.close();
      }
    });
}
