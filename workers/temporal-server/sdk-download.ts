import { spawn } from "node:child_process";
import { chmod, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { makeFolder } from "../../store/make-folder.js";

const DOWNLOAD_LIMIT_MS = 300_000;

// In a process of its own: the SDK's native runtime can be configured only once in a process, and that is the worker's to do.
const SCRIPT = `
const { TestWorkflowEnvironment } = require(process.argv[1]);
const executable = { type: "cached-download", downloadDir: process.argv[2] };
TestWorkflowEnvironment.createLocal({ server: { executable, log: { format: "pretty", level: "never" } } })
  .then((environment) => environment.teardown())
  .then(() => process.exit(0), (error) => { console.error(String(error.message ?? error)); process.exit(1); });
`;

/** Has the Temporal SDK download its development server to `destination`. Resolves to the reason when it cannot. */
export async function downloadWithSdk({ destination }: { readonly destination: string }): Promise<string | undefined> {
  await makeFolder(dirname(destination));
  const folder = await mkdtemp(join(dirname(destination), "downloading-"));
  try {
    const testing = createRequire(import.meta.url).resolve("@temporalio/testing");
    const failure = await run(["-e", SCRIPT, testing, folder]);
    if (failure !== undefined) return `the download failed: ${failure}`;
    const [file] = (await readdir(folder)).filter((name) => name.startsWith("temporal"));
    if (file === undefined) return "the download left no executable";
    await chmod(join(folder, file), 0o755);
    await rename(join(folder, file), destination);
    return undefined;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function run(args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      stdio: ["ignore", "ignore", "pipe"],
      timeout: DOWNLOAD_LIMIT_MS,
      killSignal: "SIGKILL",
    });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
    child.on("error", reject);
    child.on("close", (status) => resolve(status === 0 ? undefined : (said.trim().split("\n")[0] ?? "no answer")));
  });
}
