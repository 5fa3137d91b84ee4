import { Worker } from "node:worker_threads";
import { BundleError } from "./bundle-error.js";
import type { Bundle, GraphName } from "./bundle.js";
import { type RequestName, restoreFailure, type ThreadReply, type ThreadRequests } from "./thread-requests.js";

interface Job {
  readonly name: RequestName;
  readonly input: unknown;
  readonly report: (report: unknown) => void;
  readonly loading: (graph: GraphName) => void;
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface Listening<Name extends RequestName> {
  readonly report?: (report: ThreadRequests[Name]["report"]) => void;
  /** Told of a graph that the thread opens for the request. */
  readonly loading?: ((graph: GraphName) => void) | undefined;
  /** Takes the request back where no thread has begun with it; aborting it rejects with its reason then. */
  readonly signal?: AbortSignal | undefined;
}

interface Thread {
  readonly worker: Worker;
  job: Job | undefined;
}

/**
 * Threads that each hold a bundle and work on one request at a time, first come first served.
 *
 * ONNX Runtime computes on the thread that calls it, so models run here and the main thread stays free to answer. Threads
 * start when there is work for them, and do not keep the process alive when there is none.
 */
export class ThreadPool {
  readonly size: number;
  readonly #bundle: Bundle;
  readonly #threads = new Set<Thread>();
  readonly #waiting: Job[] = [];
  #closed = false;

  constructor(bundle: Bundle, size: number) {
    this.#bundle = bundle;
    this.size = size;
  }

  run<Name extends RequestName>(
    name: Name,
    input: ThreadRequests[Name]["input"],
    { report = () => {}, loading = () => {}, signal }: Listening<Name> = {},
  ): Promise<ThreadRequests[Name]["output"]> {
    if (this.#closed) return Promise.reject(closedError());
    let takeBack = (): void => {};
    const answered = new Promise<ThreadRequests[Name]["output"]>((resolve, reject) => {
      const job: Job = {
        name,
        input,
        report: report as Job["report"],
        loading,
        resolve: resolve as Job["resolve"],
        reject,
      };
      this.#waiting.push(job);
      this.#assign();
      takeBack = () => this.#takeBack(job, signal?.reason);
    });
    signal?.addEventListener("abort", takeBack, { once: true });
    return answered.finally(() => signal?.removeEventListener("abort", takeBack));
  }

  /** Ends all threads; what is unfinished fails with code `closed`. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const job of this.#waiting.splice(0)) job.reject(closedError());
    const threads = [...this.#threads];
    for (const thread of threads) this.#finish(thread)?.reject(closedError());
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
  }

  #takeBack(job: Job, reason: unknown): void {
    const place = this.#waiting.indexOf(job);
    if (place === -1) return;
    this.#waiting.splice(place, 1);
    job.reject(reason);
  }

  #assign(): void {
    while (this.#waiting.length > 0) {
      const idle = [...this.#threads].find(({ job }) => job === undefined);
      const thread = idle ?? (this.#threads.size < this.size ? this.#start() : undefined);
      if (thread === undefined) return;
      const job = this.#waiting.shift()!;
      thread.job = job;
      thread.worker.ref();
      thread.worker.postMessage({ name: job.name, input: job.input });
    }
  }

  #start(): Thread {
    const thread: Thread = { worker: startWorker(this.#bundle), job: undefined };
    this.#threads.add(thread);
    thread.worker.on("message", (reply: ThreadReply) => this.#receive(thread, reply));
    thread.worker.on("error", (error) => this.#lose(thread, error));
    thread.worker.on("exit", (code) => this.#lose(thread, new Error(`a model thread ended with code ${code}`)));
    return thread;
  }

  #receive(thread: Thread, reply: ThreadReply): void {
    switch (reply.kind) {
      case "loading":
        thread.job?.loading(reply.graph);
        return;
      case "report":
        thread.job?.report(reply.report);
        return;
      case "done":
        this.#finish(thread)?.resolve(reply.output);
        break;
      case "failed":
        this.#finish(thread)?.reject(restoreFailure(reply.error));
        break;
      default:
        reply satisfies never;
    }
    this.#assign();
  }

  #finish(thread: Thread): Job | undefined {
    const { job } = thread;
    thread.job = undefined;
    thread.worker.unref();
    return job;
  }

  /** A thread that ended by itself is replaced when there is work for another. */
  #lose(thread: Thread, error: unknown): void {
    this.#threads.delete(thread);
    const { job } = thread;
    thread.job = undefined;
    job?.reject(error);
    if (!this.#closed) this.#assign();
  }
}

/** The thread's entry is TypeScript in a checkout and JavaScript after a build. */
function startWorker(bundle: Bundle): Worker {
  const entry = import.meta.url.endsWith(".ts") ? "./model-thread-from-source.mjs" : "./model-thread.js";
  return new Worker(new URL(entry, import.meta.url), { workerData: { bundle }, execArgv: [] });
}

function closedError(): BundleError {
  return new BundleError({ code: "closed", message: "the model was closed before the request was answered" });
}
