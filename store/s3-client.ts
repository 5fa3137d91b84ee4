/** The S3 client that stores share. */
import { S3Client } from "@aws-sdk/client-s3";

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
  shared = new S3Client({
    ...(custom ? { endpoint: custom, forcePathStyle: true } : {}),
    // Servers other than Amazon's mostly ignore the region, but a signature needs one.
    ...(region ? { region } : custom ? { region: "us-east-1" } : {}),
  });
  return shared;
}
