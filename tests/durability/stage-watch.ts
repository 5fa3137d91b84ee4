import { setTimeout as sleep } from "node:timers/promises";
import { embeddedServer } from "./embedded-server.js";
import { RunObserver } from "./run-observer.js";
import { type Stage, stagesOf } from "./stages.js";
import type { SwarmProcess } from "./swarm-process.js";

const LOOK_MILLISECONDS = 10;

/** Which stages a `swarm run` process is in. */
export class StageWatch {
  readonly #run: SwarmProcess;
  readonly #home: string;
  readonly #runId: string;
  #observer: RunObserver | undefined;

  constructor({ run, home, runId }: { readonly run: SwarmProcess; readonly home: string; readonly runId: string }) {
    this.#run = run;
    this.#home = home;
    this.#runId = runId;
  }

  async stages(): Promise<ReadonlySet<Stage>> {
    if (this.#observer === undefined) {
      const server = await embeddedServer(this.#home);
      if (server === undefined) return new Set();
      this.#observer = new RunObserver({ address: `127.0.0.1:${server.port}`, namespace: server.namespace });
    }
    const activities = await this.#observer.underWay(this.#runId, this.#run.pid);
    return stagesOf(activities, this.#run.said().includes("measuring on fresh questions"));
  }

  /** Looks again and again until the process ends. */
  async *looks(): AsyncGenerator<ReadonlySet<Stage>> {
    while (!this.#run.hasEnded()) {
      yield await this.stages();
      await sleep(LOOK_MILLISECONDS);
    }
  }

  /** Iteration that the run last said it was in. */
  iteration(): number {
    return Number(/.*searching, iteration (\d+)/s.exec(this.#run.said())?.[1] ?? 0);
  }

  async close(): Promise<void> {
    await this.#observer?.close();
  }
}

/** Watches a run to its end: for how many milliseconds on average each stage was under way without a break. */
export async function measureStages(watch: StageWatch): Promise<ReadonlyMap<Stage, number>> {
  const seen = new Map<Stage, { stretches: number; milliseconds: number }>();
  const startedAt = Date.now();
  let before: ReadonlySet<Stage> = new Set();
  let lookedAt = startedAt;
  for await (const now of watch.looks()) {
    const since = Date.now() - lookedAt;
    lookedAt += since;
    for (const stage of now) {
      const { stretches, milliseconds } = seen.get(stage) ?? { stretches: 0, milliseconds: 0 };
      const isNew = !before.has(stage);
      seen.set(stage, { stretches: stretches + (isNew ? 1 : 0), milliseconds: milliseconds + (isNew ? 0 : since) });
    }
    if (now.has("clustering") && !before.has("clustering")) {
      seen.set("starting", { stretches: 1, milliseconds: lookedAt - startedAt });
    }
    before = now;
  }
  return new Map([...seen].map(([stage, { stretches, milliseconds }]) => [stage, milliseconds / stretches]));
}
