import { afterEach, describe, expect, it, vi } from "vitest";
import { AdaptiveLimit } from "../../../models/openai/adaptive-limit.js";

const NEVER = new AbortController().signal;

/** Work that ends when it is told to. */
function openEnded(): { readonly work: () => Promise<void>; readonly end: () => void; readonly begun: () => boolean } {
  let end!: () => void;
  let begun = false;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return {
    work: () => {
      begun = true;
      return ended;
    },
    end,
    begun: () => begun,
  };
}

async function succeed(limit: AdaptiveLimit, times: number): Promise<void> {
  for (let time = 0; time < times; time++) await limit.run(() => Promise.resolve(), NEVER);
}

describe("an adaptive limit", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it("lets no more work run at once than it has places", async () => {
    const limit = new AdaptiveLimit(3);
    let running = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, ++running);
      await new Promise(setImmediate);
      running--;
    };
    await Promise.all(Array.from({ length: 10 }, () => limit.run(work, NEVER)));
    expect(most).toBe(3);
  });

  it("halves down to one place", () => {
    const limit = new AdaptiveLimit(9);
    const places = Array.from({ length: 5 }, () => {
      limit.tooMany(limit.period);
      return limit.places;
    });
    expect(places).toEqual([4, 2, 1, 1, 1]);
  });

  it("counts refusals of calls that were under way together once", () => {
    const limit = new AdaptiveLimit(8);
    const { period } = limit;
    limit.tooMany(period);
    limit.tooMany(period);
    limit.tooMany(period);
    expect(limit.places).toBe(4);
  });

  it("grows by one place after as many successes as it has places, and never above its maximum", async () => {
    const limit = new AdaptiveLimit(4);
    limit.tooMany(limit.period);
    expect(limit.places).toBe(2);
    await succeed(limit, 1);
    expect(limit.places).toBe(2);
    await succeed(limit, 1);
    expect(limit.places).toBe(3);
    await succeed(limit, 3);
    expect(limit.places).toBe(4);
    await succeed(limit, 20);
    expect(limit.places).toBe(4);
  });

  it("begins nothing during a pause, the longest of several", async () => {
    vi.useFakeTimers();
    const limit = new AdaptiveLimit(2);
    limit.pause(1000);
    limit.pause(3000);
    limit.pause(2000);
    const one = openEnded();
    const done = limit.run(one.work, NEVER);
    await vi.advanceTimersByTimeAsync(2999);
    expect(one.begun()).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(one.begun()).toBe(true);
    one.end();
    await done;
  });

  it("lets those leave who wait, and those end who have begun", async () => {
    const limit = new AdaptiveLimit(1);
    const leaving = new AbortController();
    const [first, second] = [openEnded(), openEnded()];
    const running = limit.run(first.work, leaving.signal);
    const waiting = limit.run(second.work, leaving.signal);
    await new Promise(setImmediate);
    leaving.abort(new Error("leaving"));
    await expect(waiting).rejects.toThrow("leaving");
    await expect(limit.run(second.work, leaving.signal)).rejects.toThrow("leaving");
    first.end();
    await expect(running).resolves.toBeUndefined();
    expect(second.begun()).toBe(false);
    await succeed(limit, 1);
  });
});
