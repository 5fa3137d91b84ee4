import { beforeAll, describe, expect, it } from "vitest";
import { type Grade, gradeSchema } from "../../models/records.js";
import { expectResult } from "../../client/run-result.js";
import type { RunResult } from "../../report/result.js";
import { readJsonLines } from "../../store/json-lines.js";
import { keys } from "../../store/keys.js";
import { openStore } from "../../store/open-store.js";
import type { Store } from "../../store/store.js";
import { SwarmEngine } from "../support/swarm-engine.js";
import { useTemporal } from "../support/temporal.js";
import { temporaryDirectory } from "../support/temporary-directory.js";

const engine = new SwarmEngine(useTemporal());
const directory = await temporaryDirectory();

const SMALL = [
  "swarm.maxIterations=1",
  "swarm.questionsPerIteration=8",
  "evaluation.freshQuestions=12",
  "generators.sft.instances=16",
];
const UNSEEN = ["engineer", "beginner"];
const TAKERS = ["generalist", "pathfinder"];

/** *difficult* by hand: 1 - the highest share of right answers (section 2.2). */
function difficult(grades: readonly Grade[], takers: readonly string[]): number {
  const shares = takers.map((name) => {
    const own = grades.filter(({ taker }) => taker === name);
    return own.reduce((sum, { performance }) => sum + performance, 0) / own.length;
  });
  return 1 - Math.max(...shares);
}

describe("unseen test takers", () => {
  let store: Store;
  let without: RunResult;
  let result: RunResult;

  beforeAll(async () => {
    await engine.startWorkers();
    const list = UNSEEN.map(
      (name) => `{name: ${name}, base: embedded:small, adapter: embedded:small/takers/graphs/${name}}`,
    );
    without = await (await engine.start({ id: "without", store: directory, set: SMALL })).result();
    result = await (
      await engine.start({ id: "with", store: directory, set: [...SMALL, `unseenTakers=[${list.join(", ")}]`] })
    ).result();
    store = await openStore(directory);
  });

  it("change nothing in the search and in what it is measured by", () => {
    expect(without.unseen).toBeNull();
    expect(result.iterations).toEqual(without.iterations);
    expect(result.initial).toEqual(without.initial);
    expect(result.best).toEqual(without.best);
  });

  it("give the objective over themselves alone, on the same fresh questions, for every generator", async () => {
    const { unseen } = result;
    expect(unseen?.takers).toEqual(UNSEEN);
    const measured = [
      ...result.initial.map(({ particle, fresh }) => ({
        label: `initial-${particle}`,
        questions: fresh.questions,
        fresh: unseen?.initial[particle]?.fresh,
      })),
      { label: "best", questions: result.best?.fresh.questions, fresh: unseen?.best?.fresh },
    ];
    expect(measured).toHaveLength(3);
    for (const { label, questions, fresh } of measured) {
      const folder = keys.fresh("with", label);
      const grades = await readJsonLines(store, keys.grades(`${folder}/unseen`), gradeSchema);
      expect(new Set(grades.map(({ taker }) => taker))).toEqual(new Set(UNSEEN));
      expect(fresh?.score).toBeCloseTo(difficult(grades, UNSEEN), 12);
      expect(fresh?.questions).toBe(questions);
      const own = await readJsonLines(store, keys.grades(folder), gradeSchema);
      expect(new Set(own.map(({ taker }) => taker))).toEqual(new Set(TAKERS));
      expect(new Set(grades.map(({ questionId }) => questionId))).toEqual(
        new Set(own.map(({ questionId }) => questionId)),
      );
    }
  });

  it("are compared with one-tailed tests of their own", () => {
    expect(result.unseen?.best?.pValue).toBeGreaterThan(0);
    expect(result.unseen?.best?.pValueAdjusted).toBeCloseTo(
      Math.min(1, UNSEEN.length * (result.unseen?.best?.pValue ?? Number.NaN)),
      12,
    );
  });

  it("answer nothing before the search is over", async () => {
    const answered: string[] = [];
    for await (const key of store.list("runs/with/")) if (key.includes("/unseen/")) answered.push(key);
    expect(answered.every((key) => key.startsWith("runs/with/fresh/"))).toBe(true);
  });

  it("are in the report, and in the result as clients read it", async () => {
    expect(await expectResult(store, "with")).toEqual(result);
    const page = Buffer.from(await store.get(keys.report("with"))).toString();
    for (const name of UNSEEN) expect(page).toContain(name);
  });
});
