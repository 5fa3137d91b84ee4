import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Method } from "../../config/baseline-schema.js";
import { graderFor } from "../../models/graders/registry.js";
import { type Grade, gradeSchema, type Question, questionSchema } from "../../models/records.js";
import type { RunResult } from "../../report/result.js";
import { readJsonLines } from "../../store/json-lines.js";
import { keys } from "../../store/keys.js";
import { openStore } from "../../store/open-store.js";
import type { Store } from "../../store/store.js";
import { statusQuery } from "../../workflows/messages.js";
import type { SwarmEngine, SwarmHandle } from "./swarm-engine.js";

const CONFIG = "fixtures/configs/baseline.yaml";
/** Of that config. */
export const FRESH_QUESTIONS = 24;
export const POPULATION = 24;
const TAKERS = ["generalist", "pathfinder"];

const grader = graderFor("graphs");

export interface FinishedBaseline {
  readonly id: string;
  readonly store: Store;
  readonly result: RunResult;
}

/** Runs of the small baseline config, each in a store of its own, for the tests of one file. */
export class BaselineRuns {
  readonly #engine: SwarmEngine;
  readonly #root: string;
  readonly #finished = new Map<Method, Promise<FinishedBaseline>>();

  constructor(engine: SwarmEngine, root: string) {
    this.#engine = engine;
    this.#root = root;
  }

  /** @param set settings beside the method */
  async start(
    id: string,
    method: Method,
    { set = [], directory }: { readonly set?: readonly string[]; readonly directory?: string } = {},
  ): Promise<{ readonly handle: SwarmHandle; readonly directory: string }> {
    const store = directory ?? (await mkdtemp(join(this.#root, "run-")));
    const handle = await this.#engine.start({ id, store, config: CONFIG, set: [`baseline.method=${method}`, ...set] });
    return { handle, directory: store };
  }

  async run(method: Method, set: readonly string[] = []): Promise<FinishedBaseline> {
    const { handle, directory } = await this.start(method, method, { set });
    return { id: method, store: await openStore(directory), result: await handle.result() };
  }

  /** A run of the config as it is, which several tests look at. */
  finished(method: Method): Promise<FinishedBaseline> {
    const one = this.#finished.get(method) ?? this.run(method);
    this.#finished.set(method, one);
    return one;
  }
}

/** Waits until a run has committed that many rounds. */
export async function roundsOf(handle: SwarmHandle, rounds: number): Promise<void> {
  for (;;) {
    const { iterations } = await handle.query(statusQuery);
    if (iterations.length >= rounds) return;
    await sleep(50);
  }
}

export function questionsIn({ store }: FinishedBaseline, folder: string): Promise<Question[]> {
  return readJsonLines(store, keys.questions(folder), questionSchema);
}

export function gradesIn({ store }: FinishedBaseline, folder: string): Promise<Grade[]> {
  return readJsonLines(store, keys.grades(folder), gradeSchema);
}

/** Each taker's share of right answers, in the order of the config. */
export function sharesRight(grades: readonly Grade[]): [taker: string, share: number][] {
  return TAKERS.map((name) => {
    const own = grades.filter(({ taker }) => taker === name);
    return [name, own.reduce((sum, { performance }) => sum + performance, 0) / own.length];
  });
}

/** *difficult* by hand: 1 - the highest share of right answers (section 2.2). */
export async function difficult(one: FinishedBaseline, folder: string): Promise<number> {
  return 1 - Math.max(...sharesRight(await gradesIn(one, folder)).map(([, share]) => share));
}

/** Canonical forms; of an invalid question an empty one. */
export function formsOf(questions: readonly Question[]): string[] {
  return questions.map(({ question }) => {
    const examined = grader.examine(question);
    return examined.valid ? examined.canonical : "";
  });
}

export async function seedForms(one: FinishedBaseline): Promise<Set<string>> {
  const inputs = JSON.parse(Buffer.from(await one.store.get(keys.inputs(one.id))).toString()) as {
    seedData: { key: string };
  };
  return new Set(formsOf(await readJsonLines(one.store, inputs.seedData.key, questionSchema)));
}
