/** The S3 client that stores share. */
import { S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";
import { readEnvironment } from "../config/environment.js";
import { PatientRetryStrategy } from "./s3-retry.js";

const CONNECT_SECONDS = 10;
/** No try of a request begins later than this after its first one, or than two times the server may be silent. */
const LEAST_PATIENCE_SECONDS = 60;
/** Uploads and downloads that are under way at once; more wait for a connection. */
const MOST_CONNECTIONS = 128;

let shared: S3Client | undefined;

/**
 * One client for the process, so that all stores use one pool of connections. Address, region and credentials come from the
 * usual AWS variables and files. Servers other than Amazon's get the bucket in the path: few have a host name for each bucket.
 */
export function sharedS3Client(): S3Client {
  if (shared !== undefined) return shared;
  // The SDK would print its plans for future Node versions into the progress of every run.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  const custom = process.env["AWS_ENDPOINT_URL_S3"] ?? process.env["AWS_ENDPOINT_URL"];
  const region = process.env["AWS_REGION"] ?? process.env["AWS_DEFAULT_REGION"];
  shared = createS3Client(readEnvironment().s3TimeoutSeconds, {
    ...(custom ? { endpoint: custom, forcePathStyle: true } : {}),
    // Servers other than Amazon's mostly ignore the region, but a signature needs one.
    ...(region ? { region } : custom ? { region: "us-east-1" } : {}),
  });
  return shared;
}

/**
 * A client whose requests all end: a server that is silent for `timeoutSeconds`, before or within its reply, counts as one that
 * does not answer. Only silence is limited, so that a slow transfer may take as long as it moves. (Of the handler's times
 * `socketTimeout` alone does that: `requestTimeout` is for the reply's headers only, counts the sending of a large body, and
 * only warns unless told otherwise.)
 */
export function createS3Client(timeoutSeconds: number, config: S3ClientConfig): S3Client {
  const client = new S3Client({
    ...config,
    requestHandler: {
      connectionTimeout: Math.min(timeoutSeconds, CONNECT_SECONDS) * 1000,
      socketTimeout: timeoutSeconds * 1000,
      httpAgent: { maxSockets: MOST_CONNECTIONS },
      httpsAgent: { maxSockets: MOST_CONNECTIONS },
    },
    retryStrategy: new PatientRetryStrategy(Math.max(LEAST_PATIENCE_SECONDS, 2 * timeoutSeconds) * 1000),
  });
  markUnaskedConditions(client);
  return client;
}

/** A 412 or 304 to a request that set no condition is a fault of the server's or of a proxy's, and worth another try. */
function markUnaskedConditions(client: S3Client): void {
  client.middlewareStack.addRelativeTo(
    <Arguments extends object, Output>(next: (args: Arguments) => Promise<Output>) =>
      async (args: Arguments): Promise<Output> => {
        try {
          return await next(args);
        } catch (error) {
          const { request } = args as { readonly request?: { readonly headers?: Readonly<Record<string, string>> } };
          const headers = request?.headers ?? {};
          const status = (error as { readonly $metadata?: { readonly httpStatusCode?: number } }).$metadata
            ?.httpStatusCode;
          const isConditional = Object.keys(headers).some((name) => /^if-/i.test(name));
          if ((status === 412 || status === 304) && !isConditional) Object.assign(error as Error, { $retryable: {} });
          throw error;
        }
      },
    { name: "markUnaskedConditions", relation: "after", toMiddleware: "retryMiddleware" },
  );
}
