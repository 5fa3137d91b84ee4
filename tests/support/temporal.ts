import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { findTemporalExecutable } from "../../workers/temporal-server/find-executable.js";
import { clusterFromEnvironment } from "../../workers/temporal-server/open-temporal.js";
import {
  type SearchAttributeKind,
  startTemporalServer,
  type TemporalServer,
} from "../../workers/temporal-server/start-server.js";
import { TemporalServerError } from "../../workers/temporal-server/temporal-server-error.js";

/** The first test of all may have to build the server. */
const SET_UP_LIMIT_MS = 15 * 60_000;

export interface TemporalForTests {
  /** host:port; only within tests and hooks. */
  readonly address: string;
  readonly namespace: string;
}

/**
 * A real Temporal server for the tests of this file: the one of TEMPORAL_ADDRESS, else a fresh one on a temporary
 * database. Where none can be had the file's tests are skipped with the reason; under CI they fail.
 */
export function useTemporal({
  searchAttributes = {},
}: { readonly searchAttributes?: Readonly<Record<string, SearchAttributeKind>> } = {}): TemporalForTests {
  let running: TemporalForTests | undefined;
  let server: TemporalServer | undefined;
  let folder: string | undefined;
  let missing: string | undefined;

  beforeAll(async () => {
    const cluster = clusterFromEnvironment();
    if (cluster !== undefined) {
      running = { address: cluster.connection.address, namespace: cluster.namespace };
      return;
    }
    const found = await executableOrReason();
    if (found.executable === undefined) {
      missing = found.reason;
      return;
    }
    folder = await mkdtemp(join(tmpdir(), "temporal-test-"));
    const databaseFile = join(folder, "temporal.db");
    server = await startTemporalServer({
      executable: found.executable,
      databaseFile,
      namespace: "data-swarms-test",
      searchAttributes,
    });
    running = server;
  }, SET_UP_LIMIT_MS);

  beforeEach((context) => {
    if (missing !== undefined) context.skip(missing);
  });

  afterAll(async () => {
    await server?.stop();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  const ready = (): TemporalForTests => {
    if (running === undefined) throw new Error("The Temporal server is there only within tests and hooks.");
    return running;
  };
  return {
    get address() {
      return ready().address;
    },
    get namespace() {
      return ready().namespace;
    },
  };
}

/** The `temporal` executable for tests, fetched or built when needed; else why there is none. Throws under CI. */
export async function executableOrReason(): Promise<
  { readonly executable: string; readonly reason?: never } | { readonly executable?: never; readonly reason: string }
> {
  try {
    const home = process.env["SWARM_HOME"] ?? ".swarm";
    return { executable: await findTemporalExecutable({ home, log: (line) => console.error(line) }) };
  } catch (error) {
    if (!(error instanceof TemporalServerError) || process.env["CI"]) throw error;
    return { reason: error.message };
  }
}
