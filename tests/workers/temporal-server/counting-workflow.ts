import { proxyActivities } from "@temporalio/workflow";

interface Activities {
  count(number: number): Promise<number>;
}

const { count } = proxyActivities<Activities>({ startToCloseTimeout: "20 seconds" });

/** Calls `count` for 0 … steps − 1, one after the other, and returns what it answered. */
export async function countUp(steps: number): Promise<number[]> {
  const counted: number[] = [];
  for (let step = 0; step < steps; step++) counted.push(await count(step));
  return counted;
}
