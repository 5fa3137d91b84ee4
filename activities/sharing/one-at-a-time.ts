const underWay = new Map<string, Promise<unknown>>();

/**
 * Does pieces of work of the same name one after another within this process, so that the second finds what the first has made.
 *
 * @param cancelled rejects when there is no use in waiting any more
 */
export async function oneAtATime<Result>(
  name: string,
  cancelled: Promise<never>,
  work: () => Promise<Result>,
): Promise<Result> {
  for (let other = underWay.get(name); other !== undefined; other = underWay.get(name)) {
    await Promise.race([Promise.allSettled([other]), cancelled]);
  }
  const working = work().finally(() => underWay.delete(name));
  underWay.set(name, working);
  return working;
}
