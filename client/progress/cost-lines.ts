import type { RunResult } from "../../report/result.js";
import { describeShared } from "../../report/shared-work.js";
import { count, duration } from "./format.js";

/** What a run cost, and where its time went. */
export function costLines({ usage }: RunResult, elapsedMilliseconds: number | undefined): string[] {
  const { questions, tokens, calls, usd, seconds } = usage;
  const spent = [`${count(questions)} questions`, `${count(tokens)} tokens`, `${count(calls)} calls`];
  const stages = Object.entries(seconds)
    .sort(([, one], [, other]) => other - one)
    .map(([stage, value]) => `${stage} ${duration(value * 1000)}`);
  const shared = describeShared(usage);
  return [
    `${spent.join(", ")}${usd > 0 ? `, ${usd.toFixed(2)} USD` : ""}${elapsedMilliseconds === undefined ? "" : `, ${duration(elapsedMilliseconds)} in all`}`,
    ...(shared === undefined ? [] : [`taken from other runs in this store: ${shared}`]),
    ...(stages.length === 0 ? [] : [`work by stage: ${stages.join(", ")}`]),
  ];
}
