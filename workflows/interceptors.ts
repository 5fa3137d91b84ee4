/** What every workflow runs within. Bundled with the workflows by its place: see workers/workflow-code.ts and bin/build.mjs. */
import type { WorkflowInterceptors } from "@temporalio/workflow";
import { EndCancelled } from "./end-cancelled.js";
import { FailOnFaults } from "./fail-on-faults.js";

export function interceptors(): WorkflowInterceptors {
  return { inbound: [new FailOnFaults(), new EndCancelled()] };
}
