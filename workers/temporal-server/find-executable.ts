import { join } from "node:path";
import { withFileLock } from "./file-lock.js";
import { findOnPath, isExecutable } from "./find-on-path.js";
import { goInstall } from "./go-install.js";
import { downloadWithSdk } from "./sdk-download.js";
import { TemporalServerError } from "./temporal-server-error.js";
import { programCache } from "./user-cache.js";

/** The newest release that the Go module proxy serves whole; later ones depend on a module it does not have. */
export const TEMPORAL_CLI_VERSION = "v1.5.1";

/** A build that another process began may take this long before we give up waiting for it. */
const BUILD_LIMIT_MS = 30 * 60_000;

export interface FindExecutable {
  /** `SWARM_HOME`: a `bin/temporal` put there is taken before the user's cache. */
  readonly home: string;
  readonly environment?: NodeJS.ProcessEnv;
  readonly log: (line: string) => void;
}

/**
 * The `temporal` executable, looked for in this order: `TEMPORAL_CLI_PATH`, the PATH, `$SWARM_HOME/bin`, the user's
 * cache; else fetched into that cache, once, by the SDK's download or by building it with Go.
 * @throws TemporalServerError "bad-executable" when `TEMPORAL_CLI_PATH` names none, "no-executable" when all fail.
 */
export async function findTemporalExecutable(options: FindExecutable): Promise<string> {
  const { environment = process.env, log } = options;
  const present = await findPresentExecutable(options);
  if (present !== undefined) return present;
  const destination = cachedExecutable(environment);
  return withFileLock({ path: `${destination}.lock`, waitMs: BUILD_LIMIT_MS }, async () => {
    if (await isExecutable(destination)) return destination;
    const notDownloaded = await downloadWithSdk({ destination });
    if (notDownloaded === undefined) return destination;
    const notBuilt = await goInstall({
      packagePath: "github.com/temporalio/cli/cmd/temporal",
      version: TEMPORAL_CLI_VERSION,
      destination,
      effort: "about 4 minutes on 2 cores",
      log,
    });
    if (notBuilt === undefined) return destination;
    const message =
      `No Temporal server: ${notDownloaded}; ${notBuilt}. Install the Temporal CLI (https://docs.temporal.io/cli) and put ` +
      "`temporal` on the PATH or name it in TEMPORAL_CLI_PATH, or set TEMPORAL_ADDRESS to a cluster.";
    throw new TemporalServerError({ code: "no-executable", message });
  });
}

/** Like `findTemporalExecutable`, but fetches nothing: undefined when none is present. */
export async function findPresentExecutable({
  home,
  environment = process.env,
}: Omit<FindExecutable, "log">): Promise<string | undefined> {
  const named = environment["TEMPORAL_CLI_PATH"];
  if (named !== undefined && named !== "") {
    if (await isExecutable(named)) return named;
    const message = `TEMPORAL_CLI_PATH names ${named}, which is not an executable file: correct it or unset it.`;
    throw new TemporalServerError({ code: "bad-executable", message });
  }
  const onPath = await findOnPath("temporal", environment["PATH"]);
  if (onPath !== undefined) return onPath;
  for (const candidate of [join(home, "bin", "temporal"), cachedExecutable(environment)]) {
    if (await isExecutable(candidate)) return candidate;
  }
  return undefined;
}

function cachedExecutable(environment: NodeJS.ProcessEnv): string {
  return join(programCache(environment), `temporal-${TEMPORAL_CLI_VERSION}`);
}
