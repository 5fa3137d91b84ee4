/** Every environment variable that the product reads. */
import { z } from "zod";
import { ConfigError } from "./config-error.js";
import { describeIssues } from "./describe-issues.js";
import { oneOf, text } from "./fields.js";
import { storeList } from "./store-uri.js";

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

const environmentSchema = z.object({
  SWARM_HOME: text("a folder").default(".swarm"),
  SWARM_LOG_LEVEL: oneOf(LOG_LEVELS).default("info"),
  TEMPORAL_ADDRESS: text("host:port, such as localhost:7233", /^[^\s/]+:\d{1,5}$/).optional(),
  TEMPORAL_NAMESPACE: text("a namespace's name").default("default"),
  TEMPORAL_CLI_PATH: text("the path of a temporal executable").optional(),
  SWARM_STORES: text("stores separated by commas, such as s3://bucket/swarms").optional(),
  AWS_ENDPOINT_URL_S3: z.url({ error: "an http(s) URL" }).optional(),
  SWARM_S3_TIMEOUT_SECONDS: z.coerce
    .number({ error: "a number of seconds" })
    .min(1, { error: "a number of seconds, at least 1" })
    .max(3600, { error: "a number of seconds, at most 3600" })
    .default(30),
});

export interface Environment {
  /** Where the embedded stack keeps its database, store and caches. */
  readonly home: string;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** An existing cluster; without one the embedded server is started. */
  readonly temporalAddress: string | undefined;
  readonly temporalNamespace: string;
  /** The server's executable, for where none is on the PATH. */
  readonly temporalCliPath: string | undefined;
  readonly s3Endpoint: string | undefined;
  /** Stores that a worker may work in; absolute. */
  readonly stores: readonly string[] | undefined;
  /** How long an S3 server may be silent before a request is tried again. */
  readonly s3TimeoutSeconds: number;
}

/** What each variable is for. Those that only libraries read are listed too. */
export const VARIABLES: Readonly<Record<string, string>> = {
  SWARM_HOME: "where the embedded stack keeps its database, store and caches (default .swarm)",
  SWARM_LOG_LEVEL: `how much is logged: ${LOG_LEVELS.join(", ")} (default info)`,
  TEMPORAL_ADDRESS: "host:port of an existing Temporal cluster; without it an embedded server is started",
  TEMPORAL_NAMESPACE: "the namespace in that cluster (default default)",
  TEMPORAL_CLI_PATH: "the temporal executable for the embedded server, where it is not on the PATH",
  SWARM_STORES: "stores that `swarm worker` may work in, separated by commas (default any)",
  AWS_ENDPOINT_URL_S3: "address of an S3-compatible server other than Amazon's",
  SWARM_S3_TIMEOUT_SECONDS: "how long an S3 server may be silent before a request is tried again (default 30)",
  AWS_ACCESS_KEY_ID: "credentials for s3:// stores (read by the AWS SDK)",
  AWS_SECRET_ACCESS_KEY: "credentials for s3:// stores (read by the AWS SDK)",
  AWS_SESSION_TOKEN: "credentials for s3:// stores (read by the AWS SDK)",
  AWS_PROFILE: "a profile of the AWS configuration files (read by the AWS SDK)",
  AWS_REGION: "region of the bucket (read by the AWS SDK)",
  AWS_REQUEST_CHECKSUM_CALCULATION: "WHEN_REQUIRED for servers that refuse checksum headers (read by the AWS SDK)",
  AWS_RESPONSE_CHECKSUM_VALIDATION: "WHEN_REQUIRED likewise (read by the AWS SDK)",
};

/**
 * A variable that is set to nothing counts as not set, as container files often leave it.
 *
 * @throws ConfigError `INVALID_ENVIRONMENT`
 */
export function readEnvironment(variables: NodeJS.ProcessEnv = process.env): Environment {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const result = environmentSchema.safeParse(given);
  if (!result.success) throw new ConfigError("INVALID_ENVIRONMENT", "environment", describeIssues(result.error, given));
  const { data } = result;
  return {
    home: data.SWARM_HOME,
    logLevel: data.SWARM_LOG_LEVEL,
    temporalAddress: data.TEMPORAL_ADDRESS,
    temporalNamespace: data.TEMPORAL_NAMESPACE,
    temporalCliPath: data.TEMPORAL_CLI_PATH,
    s3Endpoint: data.AWS_ENDPOINT_URL_S3,
    stores: data.SWARM_STORES === undefined ? undefined : storesOf(data.SWARM_STORES),
    s3TimeoutSeconds: data.SWARM_S3_TIMEOUT_SECONDS,
  };
}

function storesOf(text: string): readonly string[] {
  try {
    return storeList(text);
  } catch (error) {
    throw new ConfigError("INVALID_ENVIRONMENT", "environment", [`SWARM_STORES: ${(error as TypeError).message}`]);
  }
}
