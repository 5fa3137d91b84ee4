import { type Client, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from "@temporalio/client";
import type { Command } from "commander";
import type { RunRef } from "../../activities/run/run-inputs.js";
import { scheduleId, TASK_QUEUES } from "../../config/queues.js";
import { swarmConfig } from "../../config/swarm-config.js";
import { keys } from "../../store/keys.js";
import { checkName } from "../../store/run-id.js";
import type { refresh, RefreshInput } from "../../workflows/refresh.js";
import { InputError } from "../errors.js";
import { rememberRun } from "../known-runs.js";
import { rememberStart } from "../known-stores.js";
import { loadRunConfig } from "../load-run-config.js";
import { note, print, printJson } from "../output.js";
import { addressOf } from "../run-links.js";
import { expectResult } from "../run-result.js";
import { type PreparedRun, prepareRun } from "../stage-run.js";
import { gather, verb, wholeNumber } from "../verb.js";
import { withScheduleServer } from "./open-schedules.js";

interface CreateOptions {
  readonly cron: string;
  readonly sampleOnly?: number;
  readonly count?: number;
  readonly id?: string;
  readonly set?: readonly string[];
  readonly store?: string;
  readonly json?: boolean;
}

/** After an outage: what was missed in this time is made up for, once. */
const CATCH_UP_WINDOW = "6 hours";

export function addCreateVerb(schedule: Command): void {
  schedule.addCommand(
    verb({
      name: "create",
      summary: "create a schedule, or change the one of that name",
      examples: [
        'swarm schedule create nightly my-config.yaml --cron "0 3 * * *"',
        'swarm schedule create hourly my-config.yaml --cron "0 * * * *" --sample-only 200',
      ],
      json: "print {schedule, cron, source, folder, next}; next is null where it never fires",
    })
      .argument("<name>", "the schedule's name")
      .argument("<config>", "the run config, YAML")
      .requiredOption("--cron <cron>", "when, in UTC: minute hour day month weekday; a day must fit both of its fields")
      .option(
        "--sample-only <n>",
        "only draw N questions from the best generator of the config's finished run",
        wholeNumber(1),
      )
      .option("--count <n>", "questions in each set (default: the config's evaluation.freshQuestions)", wholeNumber(1))
      .option("--id <id>", "the run that gives config and generator (default: as `swarm run` names it)")
      .option("--set <path=value>", "a config value; may be repeated", gather)
      .option("--store <uri>", "file:///directory or s3://bucket/prefix")
      .action(create),
  );
}

async function create(name: string, config: string, options: CreateOptions): Promise<void> {
  const { cron, sampleOnly, count, id, set = [], store, json } = options;
  checkName("schedule's name", name);
  checkCron(cron);
  const given = { set, ...(id === undefined ? {} : { id }), ...(store === undefined ? {} : { store }) };
  const loaded = await loadRunConfig(config, given);
  // Only a swarm finds a generator from which every day's questions can come.
  swarmConfig(loaded.config, config);
  const prepared = await prepareRun(loaded, { worksElsewhere: true });
  if (sampleOnly !== undefined) await expectGenerator(prepared, config);
  const input = (source: RunRef): RefreshInput => ({
    schedule: name,
    source,
    sampleOnly: sampleOnly !== undefined,
    count: sampleOnly ?? count ?? loaded.config.evaluation.freshQuestions,
  });
  const begun = await withScheduleServer(async (client) => {
    await rememberStart(prepared.run);
    const { run } = await prepared.stage();
    await rememberRun(run);
    const did = await createOrUpdate(client, { name, cron, input: input(run) });
    const { info } = await client.schedule.getHandle(scheduleId(name)).describe();
    return { did, next: info.nextActionTimes[0] };
  });
  const folder = addressOf(prepared.store, keys.schedule(name));
  const { did, next } = begun;
  if (json === true)
    printJson({ schedule: name, cron, source: prepared.run, folder, next: next?.toISOString() ?? null });
  else print(`schedule ${name} ${did}: ${cron} (UTC); question sets go to ${folder}`);
  if (next === undefined) note(`--cron ${JSON.stringify(cron)} never fires: no day is one of that month and weekday`);
  else if (namesBothDays(cron)) note("--cron names days of the month and of the week: it fires on days that are both");
}

async function expectGenerator({ existing, store, run }: PreparedRun, config: string): Promise<void> {
  if (existing === undefined) {
    throw new InputError(
      "NO_RESULT",
      `--sample-only draws from a finished run: \`swarm run ${config}\` first (run ${run.runId})`,
    );
  }
  await expectResult(store, run.runId);
}

/** Five fields of digits, names, `*`, `/`, `-` and `,`; the server checks the rest. */
function checkCron(cron: string): void {
  if (/^(\S+\s+){4}\S+$/.test(cron.trim()) && /^[\w*/,\-\s]+$/.test(cron)) return;
  throw new InputError(
    "INVALID_OPTION",
    `--cron ${JSON.stringify(cron)}: write five fields, minute hour day month weekday, such as "0 3 * * *"`,
  );
}

/** Cron takes either then, the server only days that are both. */
function namesBothDays(cron: string): boolean {
  const [, , day = "*", , weekday = "*"] = cron.trim().split(/\s+/);
  return !day.startsWith("*") && !weekday.startsWith("*");
}

async function createOrUpdate(
  client: Client,
  { name, cron, input }: { readonly name: string; readonly cron: string; readonly input: RefreshInput },
): Promise<"created" | "changed"> {
  const options = {
    // The server keeps the comment and not the expression, so the expression is the comment too.
    spec: { cronExpressions: [`${cron} # ${cron}`], timezone: "UTC" },
    action: {
      type: "startWorkflow" as const,
      workflowType: "refresh",
      workflowId: scheduleId(name),
      taskQueue: TASK_QUEUES.cpu,
      args: [input] as Parameters<typeof refresh>,
    },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: CATCH_UP_WINDOW, pauseOnFailure: true } as const,
  };
  try {
    await client.schedule.create<typeof refresh>({ scheduleId: scheduleId(name), ...options });
    return "created";
  } catch (error) {
    if (error instanceof ScheduleAlreadyRunning) {
      await client.schedule.getHandle(scheduleId(name)).update<typeof refresh>(({ state }) => ({ ...options, state }));
      return "changed";
    }
    throw asCronError(error, cron);
  }
}

/** The SDK tells a specification that the server refuses as a TypeError; all of ours but the expression is the same for everybody. */
function asCronError(error: unknown, cron: string): unknown {
  if (!(error instanceof TypeError)) return error;
  return new InputError(
    "INVALID_OPTION",
    `--cron ${JSON.stringify(cron)}: the server does not take it: ${error.message}`,
  );
}
