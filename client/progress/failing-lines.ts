/** What fails in a run and is tried again, for whoever watches. */
import type { PendingActivity } from "../pending-activities.js";
import { duration } from "./format.js";

/** Activities that fail alike. */
interface Failing {
  readonly activities: readonly PendingActivity[];
  readonly message: string;
}

/** Of activities under way those that fail, in words: what, since when, which try, and when the next one is. */
export function describeFailing(activities: readonly PendingActivity[], now: number): string[] {
  return groupsOf(activities).map((group) => `${describeWhat(group)} · ${describeTries(group, now)}`);
}

/** What fails now and did not, or not so, at the last look: lines for logs. And what goes on again. */
export function newFailingLines(
  before: readonly PendingActivity[],
  activities: readonly PendingActivity[],
  now: number,
): string[] {
  const [earlier, current] = [groupsOf(before), groupsOf(activities)];
  const isIn = (groups: readonly Failing[], { message }: Failing): boolean =>
    groups.some((one) => one.message === message);
  return [
    ...current
      .filter((group) => !isIn(earlier, group))
      .map((group) => `failing: ${describeWhat(group)} · ${describeTries(group, now)}`),
    ...earlier.filter((group) => !isIn(current, group)).map((group) => `no longer failing so: ${namesOf(group)}`),
  ];
}

function groupsOf(activities: readonly PendingActivity[]): Failing[] {
  const groups = new Map<string, PendingActivity[]>();
  for (const one of activities) {
    if (one.failure === null) continue;
    const alike = groups.get(one.failure.message) ?? [];
    groups.set(one.failure.message, [...alike, one]);
  }
  return [...groups].map(([message, alike]) => ({ message, activities: alike }));
}

function describeWhat(group: Failing): string {
  return `${namesOf(group)}: ${group.message}`;
}

/** `sampleQuestions`, or `answerQuestions (3), judgeAnswers`. */
function namesOf({ activities }: Failing): string {
  const counts = new Map<string, number>();
  for (const { activity } of activities) counts.set(activity, (counts.get(activity) ?? 0) + 1);
  return [...counts].map(([name, count]) => (count === 1 ? name : `${name} (${count})`)).join(", ");
}

function describeTries({ activities }: Failing, now: number): string {
  const attempt = Math.max(...activities.map((one) => one.attempt));
  const asked = timesOf(activities, ({ askedAt }) => askedAt);
  const failed = timesOf(activities, ({ failure }) => failure?.at ?? null);
  const next = timesOf(
    activities.filter(({ isUnderWay }) => !isUnderWay),
    ({ nextTryAt }) => nextTryAt,
  );
  const isUnderWay = activities.some((one) => one.isUnderWay);
  return [
    ...(asked.length === 0 ? [] : [`tried since ${duration(now - Math.min(...asked))}`]),
    ...(failed.length === 0 ? [] : [`failed ${duration(now - Math.max(...failed))} ago`]),
    isUnderWay
      ? `try ${attempt} is under way`
      : next.length > 0 && Math.min(...next) > now
        ? `try ${attempt} in ${duration(Math.min(...next) - now)}`
        : `try ${attempt} waits for a worker`,
  ].join(" · ");
}

function timesOf(activities: readonly PendingActivity[], time: (one: PendingActivity) => number | null): number[] {
  return activities.map(time).filter((at) => at !== null);
}
