import { expect, it } from "vitest";
import { ROLES, runIdOf, scheduleId, scheduleNameOf, TASK_QUEUES, workflowId } from "../../config/queues.js";

it("every role has a task queue of its own", () => {
  expect(TASK_QUEUES).toEqual({ cpu: "data-swarms-cpu", gpu: "data-swarms-gpu", llm: "data-swarms-llm" });
  expect(Object.keys(TASK_QUEUES).sort()).toEqual([...ROLES].sort());
});

it("a run's workflow bears its id, and other workflows are no runs", () => {
  expect(workflowId("nightly")).toBe("swarm-nightly");
  expect(runIdOf("swarm-nightly")).toBe("nightly");
  expect(runIdOf("other-nightly")).toBeUndefined();
});

it("a schedule bears its name", () => {
  expect(scheduleNameOf(scheduleId("nightly"))).toBe("nightly");
  expect(scheduleNameOf("swarm-nightly")).toBeUndefined();
});
