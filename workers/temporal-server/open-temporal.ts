import { loadClientConnectConfig } from "@temporalio/envconfig";
import type { ConnectionOptions } from "@temporalio/client";
import type { NativeConnectionOptions } from "@temporalio/worker";
import { findTemporalExecutable } from "./find-executable.js";
import { checkCluster } from "./namespace.js";
import { openSharedServer } from "./shared-server.js";
import type { SearchAttributeKind } from "./start-server.js";

export interface OpenTemporal {
  /** `SWARM_HOME` */
  readonly home: string;
  /** Namespace of the embedded server; a cluster's own is named by TEMPORAL_NAMESPACE. */
  readonly namespace: string;
  readonly searchAttributes?: Readonly<Record<string, SearchAttributeKind>>;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Told what takes long: a download, a build, a restart. */
  readonly log: (line: string) => void;
}

/** A Temporal server to work with, and how to connect to it. */
export interface OpenedTemporal {
  /** For `Connection.connect` and `NativeConnection.connect`: address, and TLS, API key and headers where they are set. */
  readonly connection: ConnectionOptions & NativeConnectionOptions & { readonly address: string };
  readonly namespace: string;
  /** Whether we run the server ourselves. */
  readonly embedded: boolean;
  /** Ends our use of it; a cluster is left alone. */
  readonly stop: () => Promise<void>;
}

/**
 * The cluster that the environment names (TEMPORAL_ADDRESS or a profile, read as Temporal's own tools read them), else
 * the embedded server of this home.
 * @throws TemporalServerError with one line that says what to do.
 */
export async function openTemporal(options: OpenTemporal): Promise<OpenedTemporal> {
  const { home, environment = process.env, log, searchAttributes = {} } = options;
  const cluster = clusterFromEnvironment(environment);
  if (cluster !== undefined) {
    await checkCluster(cluster);
    return { ...cluster, embedded: false, stop: async () => undefined };
  }
  const executable = await findTemporalExecutable({ home, environment, log });
  const server = await openSharedServer({ executable, home, namespace: options.namespace, searchAttributes, log });
  return { connection: { address: server.address }, namespace: server.namespace, embedded: true, stop: server.stop };
}

/** The cluster that TEMPORAL_ADDRESS (with the other TEMPORAL_ variables) or TEMPORAL_PROFILE names; undefined when neither is set. */
export function clusterFromEnvironment(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Pick<OpenedTemporal, "connection" | "namespace"> | undefined {
  if (!environment["TEMPORAL_ADDRESS"] && !environment["TEMPORAL_PROFILE"]) return undefined;
  const set = Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const { connectionOptions, namespace } = loadClientConnectConfig({ overrideEnvVars: Object.fromEntries(set) });
  return {
    connection: { ...connectionOptions, address: connectionOptions.address ?? "localhost:7233" },
    namespace: namespace ?? "default",
  };
}
