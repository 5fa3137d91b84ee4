// Builds dist/: `node bin/build.mjs`. Plain Node, so that a fresh clone can run it right after `npm ci`.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, extname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const DIST = join(ROOT, "dist");
const STAMP = join(DIST, ".built");
const LOCK = join(ROOT, "build", "building");
/** Folders that are compiled; kept equal to tsconfig.build.json's `include`. */
const SOURCES = [
  "activities",
  "adapters",
  "client",
  "config",
  "metrics",
  "models",
  "report",
  "store",
  "swarm",
  "web",
  "workers",
  "workflows",
];
/** Files that the compiled code reads from beside itself. */
const ASSETS = new Set([".css", ".html", ".svg", ".js", ".json", ".wasm"]);
/** A build takes seconds; a lock older than this was left by a build that was killed. */
const LOCK_STALE_MS = 180_000;

function* filesUnder(folder) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesUnder(path);
    else if (entry.isFile()) yield path;
  }
}

function* inputs() {
  for (const folder of SOURCES) yield* filesUnder(join(ROOT, folder));
  yield join(ROOT, "tsconfig.json");
  yield join(ROOT, "tsconfig.build.json");
  yield join(ROOT, "package-lock.json");
  yield fileURLToPath(import.meta.url);
}

/** True where dist/ is missing or older than a source. An installed package has no sources and is never stale. */
function isStale() {
  if (!existsSync(join(ROOT, "tsconfig.build.json"))) return false;
  if (!existsSync(STAMP)) return true;
  const built = statSync(STAMP).mtimeMs;
  for (const path of inputs()) if (statSync(path).mtimeMs > built) return true;
  return false;
}

/** Removes what was compiled from sources that are gone, so that nothing runs from the past. */
function removeOrphans() {
  for (const path of filesUnder(DIST)) {
    const name = relative(DIST, path);
    const source = name.replace(/\.js(\.map)?$/, ".ts");
    if (!name.includes("/") || source === name || existsSync(join(ROOT, source)) || existsSync(join(ROOT, name)))
      continue;
    rmSync(path);
  }
}

function copyAssets() {
  for (const folder of SOURCES) {
    for (const path of filesUnder(join(ROOT, folder))) {
      if (ASSETS.has(extname(path))) cpSync(path, join(DIST, relative(ROOT, path)));
    }
  }
}

function lock() {
  mkdirSync(dirname(LOCK), { recursive: true });
  const deadline = Date.now() + LOCK_STALE_MS;
  for (;;) {
    try {
      mkdirSync(LOCK);
      return;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
      const age = Date.now() - (statSync(LOCK, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
      if (age > LOCK_STALE_MS || Date.now() > deadline) rmSync(LOCK, { recursive: true, force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    }
  }
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

async function bundleWorkflows() {
  const { bundleWorkflowCode } = await import("@temporalio/worker");
  const silent = { trace() {}, debug() {}, info() {}, log() {}, warn: console.warn, error: console.error };
  const { code } = await bundleWorkflowCode({
    // As workers/workflow-code.ts names them.
    workflowsPath: join(DIST, "workflows", "index.js"),
    workflowInterceptorModules: [join(DIST, "workflows", "interceptors.js")],
    logger: silent,
  });
  writeFileSync(join(DIST, "workflows-bundle.js"), code);
}

/** Compiles the sources, copies what they read, and bundles the workflows for the worker. */
export async function build() {
  const startedAt = new Date();
  const compiler = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  if (!existsSync(compiler)) fail("The dependencies are not installed: run `npm ci` first (or `npm run quickstart`).");
  lock();
  try {
    const compiled = spawnSync(process.execPath, [compiler, "-p", join(ROOT, "tsconfig.build.json")], {
      stdio: "inherit",
    });
    if (compiled.status !== 0) fail("The build failed: see the compiler's messages above.");
    removeOrphans();
    copyAssets();
    await bundleWorkflows();
    writeFileSync(STAMP, "");
    // A file saved during the build is newer than this and is built next time.
    utimesSync(STAMP, startedAt, startedAt);
  } finally {
    rmSync(LOCK, { recursive: true, force: true });
  }
}

/** Builds when a source is newer than the last build, with a line on standard error, since standard output is for data. */
export async function buildIfStale() {
  if (!isStale()) return;
  process.stderr.write("building …\n");
  await build();
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (process.argv.includes("--if-stale")) await buildIfStale();
  else await build();
}
