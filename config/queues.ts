/** Names that workers, workflows and clients must agree on. Pure: workflows load it. */

export const ROLES = ["cpu", "gpu", "llm"] as const;
/** What a worker does: file work and workflows, models, paid calls. */
export type Role = (typeof ROLES)[number];

export const TASK_QUEUES = {
  cpu: "data-swarms-cpu",
  gpu: "data-swarms-gpu",
  llm: "data-swarms-llm",
} as const satisfies Readonly<Record<Role, string>>;

/** The workflow of each kind of run, and of a data swarm that searches its hyperparameters. */
export const RUN_WORKFLOWS = {
  "data-swarm": "dataSwarm",
  "hyperparameter-search": "hyperparameterSearch",
  "adversarial-swarm": "adversarialSwarm",
  baseline: "baseline",
} as const;

export type RunWorkflow = (typeof RUN_WORKFLOWS)[keyof typeof RUN_WORKFLOWS];

/** The workflow that a run's config asks for. */
export function runWorkflow(config: {
  readonly kind: Exclude<keyof typeof RUN_WORKFLOWS, "hyperparameter-search">;
  readonly search?: object | undefined;
}): RunWorkflow {
  return RUN_WORKFLOWS[config.search === undefined ? config.kind : "hyperparameter-search"];
}

const RUN = "swarm-";
const SCHEDULE = "swarm-schedule-";

export function workflowId(runId: string): string {
  return `${RUN}${runId}`;
}

/** The run of a workflow, or `undefined` where the workflow is no run. */
export function runIdOf(workflow: string): string | undefined {
  return workflow.startsWith(RUN) ? workflow.slice(RUN.length) : undefined;
}

/** Temporal keeps schedules apart from workflows, so a schedule may be called as a run is. */
export function scheduleId(name: string): string {
  return `${SCHEDULE}${name}`;
}

export function scheduleNameOf(schedule: string): string | undefined {
  return schedule.startsWith(SCHEDULE) ? schedule.slice(SCHEDULE.length) : undefined;
}
