import { spawn } from "node:child_process";
import { mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { makeFolder } from "../../store/make-folder.js";
import { findOnPath } from "./find-on-path.js";

const PROGRESS_EVERY_MS = 30_000;

export interface GoInstall {
  /** A main package, e.g. `github.com/temporalio/cli/cmd/temporal`. */
  readonly packagePath: string;
  readonly version: string;
  /** Where the executable is to be; it appears there only once it is whole. */
  readonly destination: string;
  /** Said once before the build, with what it takes, e.g. "about 4 minutes on 2 cores". */
  readonly effort: string;
  readonly log: (line: string) => void;
}

/**
 * Builds a Go program from its module, which needs Go and a module proxy. Resolves to the reason when it cannot.
 * The caller holds a lock for the destination.
 */
export async function goInstall({
  packagePath,
  version,
  destination,
  effort,
  log,
}: GoInstall): Promise<string | undefined> {
  const go = await findOnPath("go");
  if (go === undefined) return "Go is not installed";
  await makeFolder(dirname(destination));
  const program = packagePath.split("/").at(-1) ?? packagePath;
  await removeAbandoned({ program, parent: dirname(destination) });
  const folder = await mkdtemp(join(dirname(destination), `building-${program}-`));
  const startedAt = Date.now();
  log(`building ${program} ${version} with Go, once (${effort}) …`);
  const progress = setInterval(() => {
    log(`building ${program}: ${Math.round((Date.now() - startedAt) / 1000)} s so far …`);
  }, PROGRESS_EVERY_MS);
  try {
    const failure = await install({ go, target: `${packagePath}@${version}`, folder });
    if (failure !== undefined) return `go install failed: ${failure}`;
    await rename(join(folder, program), destination);
    log(`built ${program} in ${Math.round((Date.now() - startedAt) / 1000)} s: ${destination}`);
    return undefined;
  } finally {
    clearInterval(progress);
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a killed build left behind. The caller's lock says that no other build of this program is under way. */
async function removeAbandoned({ program, parent }: { program: string; parent: string }): Promise<void> {
  for (const name of await readdir(parent)) {
    if (name.startsWith(`building-${program}-`)) await rm(join(parent, name), { recursive: true, force: true });
  }
}

function install({ go, target, folder }: { go: string; target: string; folder: string }): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(go, ["install", "-ldflags=-s -w", target], {
      env: { ...process.env, GOBIN: folder, CGO_ENABLED: "0" },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let lastLine = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      lastLine = text.trim().split("\n").at(-1) ?? lastLine;
    });
    child.on("error", reject);
    child.on("close", (status) => resolve(status === 0 ? undefined : lastLine || `exit code ${status ?? "?"}`));
  });
}
