import { DefaultLogger, Runtime } from "@temporalio/worker";

/** Has the Temporal SDK of this test file's process log warnings and errors only. Call it before anything uses a worker. */
export function quietRuntime(): void {
  if (installed) return;
  installed = true;
  Runtime.install({ logger: new DefaultLogger("WARN"), shutdownSignals: [] });
}

let installed = false;
