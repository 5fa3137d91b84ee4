/** Writes a finished run into a store, as far as comparisons read it. */
import { writeYaml } from "../../config/yaml-text.js";
import { writeJson } from "../../store/json.js";
import { writeJsonLines } from "../../store/json-lines.js";
import { keys } from "../../store/keys.js";
import type { Store } from "../../store/store.js";

const TAKERS = ["generalist", "planner"] as const;
const UNSEEN = ["engineer"] as const;
const QUESTIONS = 40;
const DIGEST = "0c14f0ecd9b04831fd191be9f78c849642d33fa36bb3c75246d817923532c206";

export interface StoredRun {
  readonly runId: string;
  readonly seed: number;
  /** More keys of the config, and `kind` where it is no data swarm. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** How many of 40 questions each test taker gets wrong; null is no score. */
  readonly wrong: readonly [number, number] | null;
  /** Of the unseen test taker; a run without one where not given. */
  readonly unseenWrong?: number;
  /** The same of 40 seed questions; they were not asked them where not given. */
  readonly seedWrong?: readonly [number, number];
  /** Each question's similarity to what users ask, where it was measured. */
  readonly relevance?: number;
  /** Searched scores of the initial generators. */
  readonly initialScores?: readonly number[];
  /** Size of every question, which is of as many characters. */
  readonly size?: number;
  /** False while the run is under way. */
  readonly finished?: boolean;
}

export async function writeStoredRun(store: Store, run: StoredRun): Promise<void> {
  const { runId, seed, config = {}, wrong, unseenWrong, seedWrong, relevance, initialScores = [], size = 1 } = run;
  const unseen = unseenWrong === undefined ? [] : UNSEEN;
  const configured = (name: string) => ({ name, base: "embedded:small", adapter: `embedded:small/takers/${name}` });
  const resolved = (name: string) => ({ name, base: "embedded:small", adapter: `artifacts/${DIGEST}` });
  await store.put(
    keys.config(runId),
    writeYaml({
      kind: "data-swarm",
      name: "example",
      id: runId,
      seed,
      domain: "graphs",
      // Where the seed data lie plays no part: what they are does.
      seedData: { path: `/somewhere/${runId}/graphs.jsonl` },
      generators: { base: "embedded:small" },
      takers: TAKERS.map(configured),
      unseenTakers: unseen.map(configured),
      objective: "difficult",
      evaluation: { freshQuestions: QUESTIONS },
      ...config,
    }),
  );
  await writeJson(store, keys.inputs(runId), {
    configDigest: DIGEST,
    seedData: { key: `artifacts/${DIGEST}`, sha256: DIGEST, bytes: 1 },
    userQueries: null,
    generatorBase: "embedded:small",
    takers: TAKERS.map(resolved),
    unseenTakers: unseen.map(resolved),
  });
  if (run.finished === false) return;

  const folder = keys.fresh(runId, "best");
  const ids = Array.from({ length: QUESTIONS }, (_, question) => `best-${question}`);
  await writeJsonLines(
    store,
    keys.questions(folder),
    ids.map((id) => ({ id, question: "?".repeat(size), meta: { kind: "cycle", size } })),
  );
  const gradesOf = (taker: string, failures: number) =>
    ids.map((questionId, question) => ({ questionId, taker, sample: 0, performance: question < failures ? 0 : 1 }));
  if (wrong !== null)
    await writeJsonLines(
      store,
      keys.grades(folder),
      TAKERS.flatMap((taker, index) => gradesOf(taker, wrong[index] ?? 0)),
    );
  if (unseenWrong !== undefined)
    await writeJsonLines(store, keys.grades(keys.pool(folder, "unseen")), gradesOf(UNSEEN[0], unseenWrong));

  if (seedWrong !== undefined) {
    const seedFolder = keys.seedEvaluation(runId);
    await writeJsonLines(
      store,
      keys.questions(seedFolder),
      ids.map((id) => ({ id, question: "?" })),
    );
    await writeJsonLines(
      store,
      keys.grades(seedFolder),
      TAKERS.flatMap((taker, index) => gradesOf(taker, seedWrong[index] ?? 0)),
    );
  }
  if (relevance !== undefined)
    await writeJson(
      store,
      keys.relevance(folder),
      ids.map(() => relevance),
    );

  const notTested = { pValue: null, pValueAdjusted: null };
  const fresh = (failures: number | null) =>
    failures === null
      ? { score: null, low: null, high: null, questions: 0 }
      : { score: failures / QUESTIONS, low: 0, high: 1, questions: QUESTIONS };
  const best = wrong === null ? null : Math.min(...wrong);
  await writeJson(store, keys.result(runId), {
    runId,
    kind: config["kind"] ?? "data-swarm",
    configDigest: DIGEST,
    objective: "difficult",
    digest: DIGEST,
    iterations: initialScores.length === 0 ? [] : [{ iteration: 0, scores: initialScores, best: null, worst: null }],
    initial: [],
    best: { particle: 0, iteration: 1, searched: 0.9, fresh: fresh(best), validRate: 1, novelRate: 1, ...notTested },
    unseen:
      unseenWrong === undefined
        ? null
        : { takers: UNSEEN, initial: [], best: { fresh: fresh(unseenWrong), ...notTested } },
    usage: { questions: 800, tokens: 9000, calls: 100, usd: 0, seconds: { search: 20, measure: 10 } },
    stoppedBecause: "patience",
  });
}
