/** Ctrl-C and SIGTERM: the first ends politely, the second at once. */
import { EXIT } from "./errors.js";

export interface Interrupt {
  readonly signal: AbortSignal;
  dispose(): void;
}

export function listenForInterrupt(onFirst: () => void): Interrupt {
  const controller = new AbortController();
  const listener = (): void => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    controller.abort();
    onFirst();
  };
  process.on("SIGINT", listener);
  process.on("SIGTERM", listener);
  return {
    signal: controller.signal,
    dispose: () => {
      process.off("SIGINT", listener);
      process.off("SIGTERM", listener);
    },
  };
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
