import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "@temporalio/client";
import { type Role, workflowId } from "../config/queues.js";
import type { RunResult } from "../report/result.js";
import type { RunStatus } from "../workflows/messages.js";
import { type AskedTimes, withAskedAt } from "./asked-at.js";
import type { OpenClient } from "./connection.js";
import { withMissingWorkers, workerAdvice, WORKERS_MILLISECONDS } from "./missing-workers.js";
import type { PendingActivity } from "./pending-activities.js";
import type { ProgressView } from "./progress/progress-view.js";
import { describeRun } from "./start-run.js";
import { waitForResult, withLimit } from "./wait-for-result.js";

const POLL_MILLISECONDS = 500;
const QUERY_LIMIT_MILLISECONDS = 3000;
/** After so long without an answer people want to know why. */
const SILENCE_MILLISECONDS = 15_000;

export interface FollowOptions {
  readonly open: Pick<OpenClient, "client" | "temporal">;
  readonly runId: string;
  readonly view: ProgressView;
  /** Rejects to end the watching. */
  readonly ended: Promise<never>;
}

export interface Followed {
  readonly result: RunResult;
  /** What was last seen of it. */
  readonly status: RunStatus | undefined;
}

/**
 * Shows a run until it ends. Servers and workers may come and go meanwhile. When it returns or throws no call is under way.
 *
 * @throws WorkflowFailedError where the run failed; what `ended` rejects with
 */
export async function followRun({ open, runId, view, ended }: FollowOptions): Promise<Followed> {
  const { client } = open;
  const watching = new AbortController();
  const { signal } = watching;
  const look = new Look(open, runId, view);
  const polling = poll(look, signal);
  const waiting = waitForResult<RunResult>(client, workflowId(runId), signal);
  try {
    const result = await Promise.race([waiting, ended]);
    if (result === undefined) throw new Error("the watching ended without a reason");
    watching.abort();
    await polling;
    // What happened since the last look; a run that has ended can still be asked while there are workers.
    await look.atEnd();
    return { result, status: look.status };
  } finally {
    watching.abort();
    await Promise.allSettled([polling, waiting]);
    view.end();
  }
}

/** The run's own account of itself; `undefined` where no worker answers now. */
export async function queryStatus(client: Client, runId: string): Promise<RunStatus | undefined> {
  const handle = client.workflow.getHandle(workflowId(runId));
  try {
    return await withLimit(client, () => handle.query<RunStatus>("status"), QUERY_LIMIT_MILLISECONDS);
  } catch {
    return undefined;
  }
}

/** What is seen of a run, from one look to the next. */
class Look {
  readonly #open: FollowOptions["open"];
  readonly #runId: string;
  readonly #view: ProgressView;
  status: RunStatus | undefined;
  #missing: readonly Role[] = [];
  #activities: readonly PendingActivity[] = [];
  readonly #asked: AskedTimes = new Map();
  #answeredAt = Date.now();
  #workersAt = 0;
  #said: string | undefined;

  constructor(open: FollowOptions["open"], runId: string, view: ProgressView) {
    this.#open = open;
    this.#runId = runId;
    this.#view = view;
  }

  async atRun(): Promise<void> {
    await this.#ask();
    this.#sayOnce(this.#whyQuiet());
  }

  async atEnd(): Promise<void> {
    this.#missing = [];
    this.#activities = [];
    await this.#ask();
  }

  async atWorkers(): Promise<void> {
    const now = Date.now();
    if (now - this.#workersAt < WORKERS_MILLISECONDS) return;
    this.#workersAt = now;
    const { client, temporal } = this.#open;
    const known = await withLimit(client, () => describeRun(client, this.#runId)).catch(() => undefined);
    // Whoever has the embedded server has its workers too.
    this.#missing = temporal.embedded ? [] : (known?.missingRoles ?? []);
    this.#activities = await withAskedAt(client, known?.activities ?? [], this.#asked);
  }

  async #ask(): Promise<void> {
    const seen = await queryStatus(this.#open.client, this.#runId);
    if (seen !== undefined) {
      this.status = seen;
      this.#answeredAt = Date.now();
    }
    if (this.status !== undefined) {
      this.#view.show(withMissingWorkers(this.status, this.#missing), this.#activities);
    }
  }

  /** A run that nothing is known of yet cannot show what it waits for. */
  #whyQuiet(): string | undefined {
    if (this.#missing.length > 0) {
      return this.status === undefined ? `waiting for: ${workerAdvice(this.#missing)}` : undefined;
    }
    const isSilent = Date.now() - this.#answeredAt > SILENCE_MILLISECONDS;
    return isSilent ? "no worker answers for the run now; it goes on as soon as one does" : undefined;
  }

  #sayOnce(line: string | undefined): void {
    if (line !== undefined && line !== this.#said) this.#view.say(line);
    this.#said = line;
  }
}

async function poll(look: Look, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await look.atWorkers();
    await look.atRun();
    await sleep(POLL_MILLISECONDS, undefined, { signal }).catch(() => undefined);
  }
}
