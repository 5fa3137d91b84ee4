/** Runs that a command on this machine is about to start, so that what is told to them then is not told to nobody. */
import { readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readEnvironment } from "../config/environment.js";
import { makeFolder } from "../store/make-folder.js";
import { OWNER_FOLDER } from "../store/owner-only.js";
import { checkName } from "../store/run-id.js";
import { isAlive } from "../workers/temporal-server/process-table.js";

const POLL_MILLISECONDS = 200;
/** The embedded server and the models may take as long on a busy machine. */
const LIMIT_MILLISECONDS = 120_000;

/** Does what comes before a run's start; whoever asks for the run meanwhile waits for it. */
export async function whileStarting<Result>(runId: string, work: () => Promise<Result>): Promise<Result> {
  const path = markPath(runId);
  await makeFolder(dirname(path), OWNER_FOLDER);
  await writeFile(path, String(process.pid));
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

/** Resolves at once, or as soon as nobody is about to start the run any more. */
export async function untilStarted(runId: string, note: (line: string) => void): Promise<void> {
  checkName("run id", runId);
  const deadline = Date.now() + LIMIT_MILLISECONDS;
  for (let looks = 0; (await isStarting(runId)) && Date.now() < deadline; looks++) {
    if (looks === 0) note(`run ${runId} is being started …`);
    await sleep(POLL_MILLISECONDS);
  }
}

async function isStarting(runId: string): Promise<boolean> {
  const owner = Number(await readFile(markPath(runId), "utf8").catch(() => ""));
  // A command that was killed leaves its mark.
  return Number.isInteger(owner) && owner > 0 && isAlive(owner);
}

function markPath(runId: string): string {
  return join(readEnvironment().home, "runs", `${runId}.starting`);
}
