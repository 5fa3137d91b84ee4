/** Ctrl-C and SIGTERM: the first ends politely, the second at once. */

export interface Interrupt {
  readonly signal: AbortSignal;
  dispose(): void;
}

/** One Ctrl-C may come twice: to all processes of the terminal, and passed on by npm or tsx. Nobody presses it again so soon. */
const SAME_PRESS_MILLISECONDS = 1000;

export function listenForInterrupt(onFirst: () => void): Interrupt {
  const controller = new AbortController();
  let first = 0;
  const dispose = (): void => {
    process.off("SIGINT", listener);
    process.off("SIGTERM", listener);
  };
  const listener = (name: NodeJS.Signals): void => {
    if (!controller.signal.aborted) {
      first = Date.now();
      controller.abort();
      onFirst();
    } else if (Date.now() - first >= SAME_PRESS_MILLISECONDS) {
      // As if nobody listened: `process.exit` would wait for threads in the middle of native code, and end in an abort of these.
      dispose();
      process.kill(process.pid, name);
    }
  };
  process.on("SIGINT", listener);
  process.on("SIGTERM", listener);
  return { signal: controller.signal, dispose };
}

/** Rejects with the reason when the signal is aborted; settles no other way. */
export function rejectWhenAborted(signal: AbortSignal, reason: () => Error): Promise<never> {
  const rejected = new Promise<never>((_resolve, reject) => {
    if (signal.aborted) reject(reason());
    else signal.addEventListener("abort", () => reject(reason()), { once: true });
  });
  // It may come after what raced with it.
  rejected.catch(() => undefined);
  return rejected;
}
