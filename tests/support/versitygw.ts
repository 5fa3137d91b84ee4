/** Finds, or builds, the S3-compatible server that the tests run against. */
import { execFile } from "node:child_process";
import { access, constants, mkdir } from "node:fs/promises";
import { delimiter, join, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const PACKAGE = "github.com/versity/versitygw/cmd/versitygw@v1.8.0";
const BUILD_LIMIT_MILLISECONDS = 14 * 60_000;

export type FoundServer = { readonly path: string } | { readonly missing: string };

/**
 * `VERSITYGW_PATH`, then the PATH, then `$SWARM_HOME/bin`, then a build by `go install` into the latter.
 * Where none of them gives a server: a reason that says what to do.
 */
export async function findVersitygw(environment: NodeJS.ProcessEnv = process.env): Promise<FoundServer> {
  const named = environment["VERSITYGW_PATH"];
  if (named) {
    return (await isExecutable(named))
      ? { path: named }
      : { missing: `VERSITYGW_PATH names ${named}, which cannot be run` };
  }
  const cache = resolve(environment["SWARM_HOME"] ?? ".swarm", "bin");
  const directories = [...(environment["PATH"] ?? "").split(delimiter).filter((entry) => entry !== ""), cache];
  for (const directory of directories) {
    const path = join(directory, "versitygw");
    if (await isExecutable(path)) return { path };
  }
  return build(cache, environment);
}

async function build(cache: string, environment: NodeJS.ProcessEnv): Promise<FoundServer> {
  await mkdir(cache, { recursive: true });
  try {
    await run("go", ["install", PACKAGE], { env: { ...environment, GOBIN: cache }, timeout: BUILD_LIMIT_MILLISECONDS });
  } catch (error) {
    const { code, stderr } = error as { code?: unknown; stderr?: string };
    const reason =
      code === "ENOENT"
        ? "there is no Go to build it"
        : `go install failed: ${(stderr ?? "").trim().split("\n").at(-1)}`;
    return { missing: `no versitygw: set VERSITYGW_PATH or install ${PACKAGE} (${reason})` };
  }
  return { path: join(cache, "versitygw") };
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
