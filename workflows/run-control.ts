import { condition, setDefaultSignalHandler } from "@temporalio/workflow";
import { pauseSignal, resumeSignal, stopSignal } from "./messages.js";

/** What people may have told an earlier execution of the run. */
export interface Told {
  readonly paused?: boolean;
  readonly stopRequested?: boolean;
}

/** What a run is told while it is under way, and how it obeys. */
export class RunControl {
  #paused: boolean;
  #stopRequested: boolean;
  #holding = false;

  /** Listens from now on. */
  constructor({ paused = false, stopRequested = false }: Told) {
    this.#paused = paused;
    this.#stopRequested = stopRequested;
    // One handler for all: those that wait for a worker would be given to handlers of their own by name, not as they came.
    setDefaultSignalHandler((name) => {
      this.#obey(name);
    });
  }

  /** The last one told holds; a request to stop stays. */
  #obey(name: string): void {
    if (name === pauseSignal.name) this.#paused = true;
    else if (name === resumeSignal.name) this.#paused = false;
    else if (name === stopSignal.name) {
      this.#stopRequested = true;
      this.#paused = false;
    }
  }

  /** Resolves at once, or when a paused run is resumed. */
  readonly hold = async (): Promise<void> => {
    if (!this.#paused) return;
    this.#holding = true;
    await condition(() => !this.#paused);
    this.#holding = false;
  };

  get paused(): boolean {
    return this.#paused;
  }

  get stopRequested(): boolean {
    return this.#stopRequested;
  }

  /** What the run is waiting for, in words; null while it works. */
  get waitingFor(): string | null {
    if (this.#holding) return "resume (the run is paused)";
    return this.#paused ? "the stage under way, then it pauses" : null;
  }

  /** What the next execution of the run must know. */
  told(): Required<Told> {
    return { paused: this.#paused, stopRequested: this.#stopRequested };
  }
}
