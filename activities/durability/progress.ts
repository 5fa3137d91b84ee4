import { Context } from "@temporalio/activity";
import { z } from "zod";

/** How far an activity is, as its heartbeats tell those who watch: small, and never part of a history. */
export const progressSchema = z.object({
  /** What is going on, such as `fine-tuning` or `loading the train graph`. */
  doing: z.string(),
  /** What is counted, in the singular; nothing is counted where it is not given. */
  unit: z.string().optional(),
  done: z.number().optional(),
  of: z.number().optional(),
  /** Of a training: mean over the latest step's label tokens. */
  loss: z.number().optional(),
  /** Of a generation: tokens written so far, also by prompts that are not finished. */
  tokens: z.number().optional(),
  /** At the pace so far of this try; not given before there is one. */
  secondsLeft: z.number().optional(),
});
export type WorkProgress = Readonly<z.infer<typeof progressSchema>>;

const latest = new WeakMap<Context, WorkProgress>();

export type TellProgress = (progress: WorkProgress) => void;

/**
 * Tells, with the current activity's next heartbeat, how far it is; every later beat repeats the latest. To be called where the
 * activity begins: what a thread reports is told in the context of whoever started the thread.
 */
export function progressTeller(): TellProgress {
  const activity = Context.current();
  return (progress) => {
    latest.set(activity, progress);
    activity.heartbeat(progress);
  };
}

/** What an activity has told last. */
export function toldBy(activity: Context): WorkProgress | undefined {
  return latest.get(activity);
}

/** Tells how much of something is done and how long the rest takes at this pace. What was done before it began does not count for the pace. */
export class Counting {
  readonly #doing: string;
  readonly #unit: string;
  readonly #of: number;
  readonly #now: () => number;
  #start: { readonly at: number; readonly done: number } | undefined;

  /** @param now milliseconds */
  constructor(doing: string, options: { readonly unit: string; readonly of: number; readonly now?: () => number }) {
    this.#doing = doing;
    this.#unit = options.unit;
    this.#of = options.of;
    this.#now = options.now ?? (() => performance.now());
  }

  /** How far it is. @param done may have a fraction for the pace: whole ones are told */
  at(done: number, more: Pick<WorkProgress, "loss" | "tokens"> = {}): WorkProgress {
    this.#start ??= { at: this.#now(), done };
    const since = done - this.#start.done;
    const elapsed = (this.#now() - this.#start.at) / 1000;
    const left = since > 0 ? { secondsLeft: Math.round((elapsed / since) * (this.#of - done)) } : {};
    return { doing: this.#doing, unit: this.#unit, done: Math.floor(done), of: this.#of, ...more, ...left };
  }
}

/** That a model's graph is being loaded, which takes long where weights are large. */
export function loadingOf(graph: string): WorkProgress {
  return { doing: `loading the model's ${graph} graph` };
}
