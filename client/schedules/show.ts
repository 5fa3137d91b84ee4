/** `list` and `describe` of schedules. */
import Table from "cli-table3";
import type { ScheduleDescription, ScheduleSummary } from "@temporalio/client";
import type { Command } from "commander";
import { scheduleNameOf } from "../../config/queues.js";
import { keys } from "../../store/keys.js";
import { openStore } from "../../store/open-store.js";
import type { RefreshInput } from "../../workflows/refresh.js";
import { print, printJson } from "../output.js";
import { addressOf } from "../run-links.js";
import { verb } from "../verb.js";
import { withSchedule, withScheduleServer } from "./open-schedules.js";

interface ListedSchedule {
  readonly schedule: string;
  readonly cron: string;
  readonly paused: boolean;
  /** Why it is paused. */
  readonly note: string | null;
  /** ISO date and time. */
  readonly next: string | null;
}

interface DescribedSchedule extends ListedSchedule {
  readonly source: string;
  readonly sampleOnly: boolean;
  readonly count: number;
  readonly running: number;
  readonly started: number;
  readonly skipped: number;
  /** Dated question sets in the store, the oldest first. */
  readonly questionSets: readonly string[];
}

export function addListVerb(schedule: Command): void {
  schedule.addCommand(
    verb({
      name: "list",
      summary: "all schedules",
      examples: ["swarm schedule list"],
      json: "print {schedules: [{schedule, cron, paused, note, next}]}",
    }).action(async ({ json }: { readonly json?: boolean }) => {
      const schedules = await withScheduleServer(async (client) => {
        const listed: ListedSchedule[] = [];
        for await (const summary of client.schedule.list()) {
          const name = scheduleNameOf(summary.scheduleId);
          if (name !== undefined) listed.push(listedSchedule(name, summary));
        }
        return listed;
      });
      if (json === true) printJson({ schedules });
      else
        print(
          schedules.length === 0 ? "no schedules yet; see `swarm schedule create --help`" : renderSchedules(schedules),
        );
    }),
  );
}

export function addDescribeVerb(schedule: Command): void {
  schedule.addCommand(
    verb({
      name: "describe",
      summary: "what a schedule does, what it has done, and its question sets",
      examples: ["swarm schedule describe nightly"],
      json: "print {schedule, cron, paused, next, source, running, started, skipped, questionSets, ...}",
    })
      .argument("<name>", "the schedule's name")
      .action(async (name: string, { json }: { readonly json?: boolean }) => {
        const described = await withSchedule(name, async (handle) => describedSchedule(name, await handle.describe()));
        if (json === true) printJson(described);
        else print(renderSchedule(described));
      }),
  );
}

function listedSchedule(
  schedule: string,
  { spec, state, info }: Pick<ScheduleSummary, "spec" | "state" | "info">,
): ListedSchedule {
  return {
    schedule,
    // The expression itself is not kept by the server; it stands in the comment that it was created with.
    cron: spec?.calendars?.[0]?.comment ?? "",
    paused: state.paused,
    note: state.note ?? null,
    next: state.paused ? null : (info.nextActionTimes[0]?.toISOString() ?? null),
  };
}

async function describedSchedule(schedule: string, description: ScheduleDescription): Promise<DescribedSchedule> {
  const { action, info } = description;
  const [input] = action.args as unknown as readonly [RefreshInput];
  const { source, sampleOnly, count } = input;
  return {
    ...listedSchedule(schedule, description),
    source: source.runId,
    sampleOnly,
    count,
    running: info.runningActions.length,
    started: info.numActionsTaken,
    skipped: info.numActionsSkippedOverlap,
    questionSets: await questionSets(schedule, source.storeUri),
  };
}

async function questionSets(schedule: string, storeUri: string): Promise<string[]> {
  const store = await openStore(storeUri);
  const sets: string[] = [];
  for await (const key of store.list(`${keys.schedule(schedule)}/`)) {
    if (key.endsWith("/questions.jsonl")) sets.push(addressOf(store, key));
  }
  return sets;
}

function renderSchedules(schedules: readonly ListedSchedule[]): string {
  const table = new Table({
    head: ["schedule", "cron (UTC)", "next", "note"],
    style: { head: [], border: [], compact: true },
  });
  for (const { schedule, cron, paused, note, next } of schedules) {
    table.push([schedule, cron, paused ? "paused" : (next ?? "–"), note ?? ""]);
  }
  return table.toString();
}

function renderSchedule(described: DescribedSchedule): string {
  const {
    schedule,
    cron,
    paused,
    note,
    next,
    source,
    sampleOnly,
    count,
    running,
    started,
    skipped,
    questionSets: sets,
  } = described;
  const does = sampleOnly
    ? `draws ${count} questions from the best generator of run ${source}`
    : `runs the config of ${source}, then draws ${count} questions`;
  return [
    `${schedule}: ${does}`,
    `cron      ${cron} (UTC)${paused ? `, paused${note === null ? "" : `: ${note}`}` : `, next ${next ?? "never"}`}`,
    `so far    ${started} started, ${running} running, ${skipped} skipped because one was running`,
    ...(sets.length === 0 ? ["no question sets yet"] : sets.map((one) => `set       ${one}`)),
  ].join("\n");
}
