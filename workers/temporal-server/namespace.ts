import { Connection, type ConnectionOptions, isGrpcServiceError } from "@temporalio/client";
import { msToTs } from "@temporalio/common/lib/time.js";
import { setTimeout as sleep } from "node:timers/promises";
import { TemporalServerError } from "./temporal-server-error.js";

const POLL_MS = 100;
const GRPC_NOT_FOUND = 5;

/**
 * Waits until the server takes work for the namespace: not merely until its port is open.
 * @param giveUp asked before every attempt; a reason ends the wait
 * @throws TemporalServerError "start-failed" after `limitMs` or with the reason of `giveUp`.
 */
export async function waitForNamespace({
  address,
  namespace,
  limitMs,
  giveUp,
}: {
  readonly address: string;
  readonly namespace: string;
  readonly limitMs: number;
  readonly giveUp: () => string | undefined;
}): Promise<void> {
  const deadline = Date.now() + limitMs;
  const connection = Connection.lazy({ address, connectTimeout: 1000, interceptors: [] });
  try {
    for (;;) {
      const reason = giveUp();
      if (reason !== undefined) throw new TemporalServerError({ code: "start-failed", message: reason });
      try {
        await connection.withDeadline(Date.now() + 2000, async () => {
          await connection.workflowService.describeNamespace({ namespace });
          await connection.workflowService.countWorkflowExecutions({ namespace });
        });
        return;
      } catch (error) {
        if (Date.now() > deadline) {
          const message = `The Temporal server at ${address} did not become ready in ${limitMs / 1000} s.`;
          throw new TemporalServerError({ code: "start-failed", message, cause: error });
        }
      }
      await sleep(POLL_MS);
    }
  } finally {
    await connection.close();
  }
}

/** Whether a server answers there for this namespace now. */
export async function answers({ address, namespace }: { address: string; namespace: string }): Promise<boolean> {
  try {
    await waitForNamespace({ address, namespace, limitMs: 0, giveUp: () => undefined });
    return true;
  } catch {
    return false;
  }
}

/** Keeps finished runs listed for this long; the development server's own choice is one day. Never shortens. */
export async function ensureRetention({
  address,
  namespace,
  days,
}: {
  readonly address: string;
  readonly namespace: string;
  readonly days: number;
}): Promise<void> {
  const connection = await Connection.connect({ address });
  try {
    const retention = msToTs(`${days} days`);
    const { config } = await connection.workflowService.describeNamespace({ namespace });
    if (Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) >= Number(retention.seconds)) return;
    await connection.workflowService.updateNamespace({
      namespace,
      config: { workflowExecutionRetentionTtl: retention },
    });
  } finally {
    await connection.close();
  }
}

/**
 * Checks that a cluster of the user's answers and has the namespace, with the connection settings the run will use.
 * @throws TemporalServerError "unreachable" or "namespace-unusable", in one line.
 */
export async function checkCluster({
  connection: options,
  namespace,
  limitMs = 10_000,
}: {
  readonly connection: ConnectionOptions;
  readonly namespace: string;
  readonly limitMs?: number;
}): Promise<void> {
  const address = options.address ?? "localhost:7233";
  let connection: Connection;
  try {
    connection = await Connection.connect({ ...options, connectTimeout: limitMs });
  } catch (error) {
    const message = `No Temporal server answers at ${address}: start it, correct TEMPORAL_ADDRESS, or unset it to use the embedded server.`;
    throw new TemporalServerError({ code: "unreachable", message, cause: error });
  }
  try {
    await connection.withDeadline(Date.now() + limitMs, () =>
      connection.workflowService.describeNamespace({ namespace }),
    );
  } catch (error) {
    const missing = isGrpcServiceError(error) && (error.code as number) === GRPC_NOT_FOUND;
    const message = missing
      ? `The Temporal server at ${address} has no namespace "${namespace}": create it (temporal operator namespace create ${namespace}) or set TEMPORAL_NAMESPACE.`
      : `The Temporal server at ${address} refuses namespace "${namespace}": ${error instanceof Error ? error.message : String(error)}`;
    throw new TemporalServerError({
      code: "namespace-unusable",
      message: message.split("\n")[0] ?? message,
      cause: error,
    });
  } finally {
    await connection.close();
  }
}
