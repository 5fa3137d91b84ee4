// `npm run quickstart`: from a fresh clone to a finished run. Plain Node: nothing needs to be installed before it.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const MINIMUM_NODE = [20, 12];

function run(command, args, options = {}) {
  const { status, signal, error } = spawnSync(command, args, { cwd: ROOT, stdio: "inherit", ...options });
  if (error) {
    process.stderr.write(`could not start ${command}: ${error.message}\n`);
    process.exit(1);
  }
  if (status !== 0) process.exit(status ?? (signal === "SIGINT" ? 130 : 1));
}

/** npm writes node_modules/.package-lock.json at the end of an install; one older than the lock file is out of date. */
function dependenciesAreStale() {
  const installed = statSync(join(ROOT, "node_modules", ".package-lock.json"), { throwIfNoEntry: false });
  return installed === undefined || installed.mtimeMs < statSync(join(ROOT, "package-lock.json")).mtimeMs;
}

function npmCi() {
  process.stderr.write("installing dependencies (npm ci; once) …\n");
  const flags = ["ci", "--no-audit", "--no-fund", "--loglevel", "error"];
  // npm names its own entry point to the scripts it runs; without npm around us, find it on the PATH.
  const npm = process.env.npm_execpath;
  if (npm?.endsWith(".js")) run(process.execPath, [npm, ...flags]);
  else run("npm", flags, { shell: process.platform === "win32" });
}

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor < MINIMUM_NODE[1])) {
  process.stderr.write(`Node ${MINIMUM_NODE.join(".")} or later is needed; this is ${process.versions.node}.\n`);
  process.exit(2);
}
if (dependenciesAreStale()) npmCi();
const { buildIfStale } = await import("./build.mjs");
await buildIfStale();
const config = join("fixtures", "configs", "quickstart.yaml");
if (!existsSync(join(ROOT, config))) {
  process.stderr.write(`${config} is missing from this checkout.\n`);
  process.exit(2);
}
run(process.execPath, [join("dist", "client", "main.js"), "run", config, ...process.argv.slice(2)]);
