/** A real S3-compatible server on this machine, for as long as some tests run. */
import { S3Client, CreateBucketCommand } from "@aws-sdk/client-s3";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findVersitygw, type FoundServer } from "./versitygw.js";

const START_LIMIT_MILLISECONDS = 30_000;
const HEALTH = "/health";

export interface S3Server {
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** The variables that a process needs to use this server. */
  readonly environment: Readonly<Record<string, string>>;
  /** A client for it, as someone with these or other keys. */
  readonly client: (keys?: { readonly accessKeyId: string; readonly secretAccessKey: string }) => S3Client;
  readonly createBucket: (bucket: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface S3ServerOptions {
  /** Where it keeps everything. @default a directory that `stop` removes */
  readonly directory?: string;
  /** Refuses all writes. */
  readonly readOnly?: boolean;
}

/**
 * Whether tests against the server can run. On CI a missing server is a failure; elsewhere they are skipped and the reason
 * is printed.
 */
export async function s3ServerForTests(): Promise<FoundServer> {
  const found = await findVersitygw();
  if ("missing" in found) {
    if (process.env["CI"] === "true") throw new Error(found.missing);
    console.warn(`Tests against S3 are skipped: ${found.missing}`);
  }
  return found;
}

export async function startS3Server(executable: string, options: S3ServerOptions = {}): Promise<S3Server> {
  const scratch = await mkdtemp(join(tmpdir(), "data-swarms-s3-"));
  const root = options.directory ?? scratch;
  const [directory, metadata] = [join(root, "objects"), join(root, "metadata")];
  await Promise.all([directory, metadata].map((path) => mkdir(path, { recursive: true })));
  const port = await freePort();
  const keys = { accessKeyId: "test-access-key", secretAccessKey: "test-secret-key" };
  const endpoint = `http://127.0.0.1:${port}`;
  const server = spawn(
    executable,
    [
      ...["--access", keys.accessKeyId, "--secret", keys.secretAccessKey],
      ...["--port", `127.0.0.1:${port}`, "--health", HEALTH, "--quiet"],
      ...(options.readOnly === true ? ["--readonly"] : []),
      // Beside the objects and not in extended attributes, which some file systems lack.
      ...["posix", "--sidecar", metadata, directory],
    ],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  const kill = (): boolean => server.kill("SIGKILL");
  process.once("exit", kill);

  // The SDK would print its plans for future Node versions.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  const clients: S3Client[] = [];
  const client: S3Server["client"] = (credentials = keys) => {
    const made = new S3Client({ endpoint, forcePathStyle: true, region: "us-east-1", credentials });
    clients.push(made);
    return made;
  };
  const stop = async (): Promise<void> => {
    process.removeListener("exit", kill);
    for (const one of clients) one.destroy();
    await ended(server);
    await rm(scratch, { recursive: true, force: true });
  };
  try {
    await answers(`${endpoint}${HEALTH}`, server);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    endpoint,
    ...keys,
    environment: {
      AWS_ENDPOINT_URL_S3: endpoint,
      AWS_ACCESS_KEY_ID: keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
      AWS_REGION: "us-east-1",
    },
    client,
    createBucket: async (bucket) => {
      await client().send(new CreateBucketCommand({ Bucket: bucket }));
    },
    stop,
  };
}

async function answers(address: string, server: ChildProcess): Promise<void> {
  let complaint = "";
  server.stderr?.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
  const failed = once(server, "error").then(([error]) => String(error));
  void failed.then((reason) => (complaint += reason));
  const deadline = Date.now() + START_LIMIT_MILLISECONDS;
  while (Date.now() < deadline && server.exitCode === null) {
    const response = await fetch(address).catch(() => undefined);
    await response?.body?.cancel();
    if (response?.ok === true) return;
    await sleep(50);
  }
  throw new Error(`the S3 server did not start: ${complaint.trim() || "no answer"}`);
}

async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null || server.pid === undefined) return;
  const exit = once(server, "exit");
  server.kill("SIGKILL");
  await exit;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}
