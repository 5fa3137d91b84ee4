/** Finds, or builds, the S3-compatible server that the tests run against. */
import { join } from "node:path";
import { withFileLock } from "../../workers/temporal-server/file-lock.js";
import { findOnPath, isExecutable } from "../../workers/temporal-server/find-on-path.js";
import { goInstall } from "../../workers/temporal-server/go-install.js";
import { programCache } from "../../workers/temporal-server/user-cache.js";

const PACKAGE = "github.com/versity/versitygw/cmd/versitygw";
const VERSION = "v1.8.0";
const BUILD_LIMIT_MILLISECONDS = 14 * 60_000;

export type FoundServer = { readonly path: string } | { readonly missing: string };

/**
 * `VERSITYGW_PATH`, then the PATH, then the user's cache, then a build by `go install` into the latter.
 * Where none of them gives a server: a reason that says what to do.
 */
export async function findVersitygw(environment: NodeJS.ProcessEnv = process.env): Promise<FoundServer> {
  const named = environment["VERSITYGW_PATH"];
  if (named) {
    return (await isExecutable(named))
      ? { path: named }
      : { missing: `VERSITYGW_PATH names ${named}, which cannot be run` };
  }
  const onPath = await findOnPath("versitygw", environment["PATH"]);
  if (onPath !== undefined) return { path: onPath };
  const destination = join(programCache(environment), "versitygw");
  const notBuilt = await withFileLock(
    { path: `${destination}.lock`, waitMs: BUILD_LIMIT_MILLISECONDS },
    async (): Promise<string | undefined> => {
      if (await isExecutable(destination)) return undefined;
      const effort = "about 2 minutes on 2 cores";
      const log = (line: string): void => console.error(line);
      return goInstall({ packagePath: PACKAGE, version: VERSION, destination, effort, log });
    },
  );
  return notBuilt === undefined
    ? { path: destination }
    : { missing: `no versitygw: set VERSITYGW_PATH or install ${PACKAGE}@${VERSION} (${notBuilt})` };
}
