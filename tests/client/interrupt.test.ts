import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from "vitest";
import { type Interrupt, listenForInterrupt } from "../../client/interrupt.js";

describe("an interrupted command", () => {
  let kill: MockInstance<typeof process.kill>;
  let told: number;
  let interrupt: Interrupt;
  const listeners = process.listenerCount("SIGINT");

  beforeEach(() => {
    vi.useFakeTimers();
    kill = vi.spyOn(process, "kill").mockReturnValue(true);
    told = 0;
    interrupt = listenForInterrupt(() => told++);
  });

  afterEach(() => {
    interrupt.dispose();
    vi.useRealTimers();
  });

  it("is told once, and goes on to end politely", () => {
    process.emit("SIGINT", "SIGINT");
    expect(interrupt.signal.aborted).toBe(true);
    expect(told).toBe(1);
    expect(kill).not.toHaveBeenCalled();
  });

  it("takes the same key press that npm passes on for the same", () => {
    process.emit("SIGINT", "SIGINT");
    vi.advanceTimersByTime(50);
    process.emit("SIGINT", "SIGINT");
    expect(told).toBe(1);
    expect(kill).not.toHaveBeenCalled();
  });

  it.each(["SIGINT", "SIGTERM"] as const)("ends at once by a second %s, as if nobody listened", (signal) => {
    process.emit("SIGINT", "SIGINT");
    vi.advanceTimersByTime(1500);
    process.emit(signal, signal);
    expect(kill).toHaveBeenCalledExactlyOnceWith(process.pid, signal);
    expect(process.listenerCount("SIGINT")).toBe(listeners);
  });
});
