/** What a run is doing, as its Temporal server knows it: its progress lines say only what is done. */
import { Client, Connection } from "@temporalio/client";
import proto from "@temporalio/proto";
import { workflowId } from "../../config/queues.js";

const { PENDING_ACTIVITY_STATE_STARTED } = proto.temporal.api.enums.v1.PendingActivityState;
const CALL_LIMIT_MILLISECONDS = 2000;

export class RunObserver {
  readonly #connection: Connection;
  readonly #client: Client;

  constructor({ address, namespace = "default" }: { readonly address: string; readonly namespace?: string }) {
    this.#connection = Connection.lazy({ address });
    this.#client = new Client({ connection: this.#connection, namespace });
  }

  /** Names of the activities that the worker process `pid` has begun and not ended; none while the server is away. */
  async underWay(runId: string, pid: number): Promise<string[]> {
    try {
      const { raw } = await this.#connection.withDeadline(Date.now() + CALL_LIMIT_MILLISECONDS, () =>
        this.#client.workflow.getHandle(workflowId(runId)).describe(),
      );
      return (
        (raw.pendingActivities ?? [])
          .filter(({ state }) => state === PENDING_ACTIVITY_STATE_STARTED)
          // A killed worker's activities count as begun until their heartbeat is missed.
          .filter(({ lastWorkerIdentity }) => lastWorkerIdentity?.startsWith(`${pid}@`) === true)
          .map(({ activityType }) => activityType?.name ?? "")
      );
    } catch {
      return [];
    }
  }

  async close(): Promise<void> {
    await this.#connection.close();
  }
}
