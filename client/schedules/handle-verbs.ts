/** `trigger`, `pause`, `resume` and `delete` of a schedule. */
import { type ScheduleHandle, ScheduleOverlapPolicy } from "@temporalio/client";
import type { Command } from "commander";
import { print, printJson } from "../output.js";
import { verb } from "../verb.js";
import { withSchedule } from "./open-schedules.js";

interface HandleVerb {
  readonly name: string;
  readonly summary: string;
  readonly done: (schedule: string) => string;
  readonly act: (handle: ScheduleHandle) => Promise<void>;
}

const VERBS: readonly HandleVerb[] = [
  {
    name: "trigger",
    summary: "refresh now; while a refresh runs this starts no second one",
    done: (schedule) =>
      `schedule ${schedule} is triggered; \`swarm schedule describe ${schedule}\` shows what came of it`,
    // Without a policy a trigger overrides the schedule's own and starts beside what runs.
    act: (handle) => handle.trigger(ScheduleOverlapPolicy.SKIP),
  },
  {
    name: "pause",
    summary: "start nothing until resumed",
    done: (schedule) => `schedule ${schedule} is paused`,
    act: (handle) => handle.pause("paused with swarm schedule pause"),
  },
  {
    name: "resume",
    summary: "go on after a pause, or after a failure that paused it",
    done: (schedule) => `schedule ${schedule} goes on`,
    act: (handle) => handle.unpause("resumed with swarm schedule resume"),
  },
  {
    name: "delete",
    summary: "delete the schedule; its question sets stay",
    done: (schedule) => `schedule ${schedule} is deleted; its question sets are still in the store`,
    act: (handle) => handle.delete(),
  },
];

export function addHandleVerbs(schedule: Command): void {
  for (const { name, summary, done, act } of VERBS) {
    schedule.addCommand(
      verb({ name, summary, examples: [`swarm schedule ${name} nightly`], json: "print {schedule, did}" })
        .argument("<name>", "the schedule's name")
        .action(async (of: string, { json }: { readonly json?: boolean }) => {
          await withSchedule(of, async (handle) => {
            // A handle to a schedule that is not there fails at the first call; some calls would not.
            await handle.describe();
            await act(handle);
          });
          if (json === true) printJson({ schedule: of, did: name });
          else print(done(of));
        }),
    );
  }
}
