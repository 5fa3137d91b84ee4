import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readDataset } from "../../../models/datasets/read-dataset.js";
import { questionSchema } from "../../../models/records.js";
import { gitLfsPointer } from "../../support/git-lfs-pointer.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "datasets-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function write(name: string, content: unknown): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

const lines = (...records: readonly unknown[]): string =>
  records.map((record) => `${JSON.stringify(record)}\n`).join("");

describe("question lines", () => {
  it("are read as they are written", async () => {
    const question = { id: "q1", question: "What is 1 + 1?", answer: "2", meta: { size: 1 } };
    const path = await write("ours.jsonl", lines(question, { id: "q2", question: "Why?" }));
    expect(await readDataset({ path })).toEqual([question, { id: "q2", question: "Why?" }]);
  });

  it("are picked by the split in their meta", async () => {
    const path = await write(
      "splits.jsonl",
      lines({ id: "a", question: "A?", meta: { split: "dev" } }, { id: "b", question: "B?", meta: { split: "test" } }),
    );
    expect((await readDataset({ path, split: "test" })).map(({ id }) => id)).toEqual(["b"]);
    expect((await readDataset({ path, split: "dev" })).map(({ id }) => id)).toEqual(["a"]);
    expect(await readDataset({ path })).toHaveLength(2);
  });

  it("get an id where they have none, the same at every reading", async () => {
    const path = await write("anonymous.jsonl", lines({ question: "A?" }, { question: "B?" }));
    expect((await readDataset({ path })).map(({ id }) => id)).toEqual(["anonymous-0000", "anonymous-0001"]);
  });
});

describe("public layouts", () => {
  it("GSM8K's answer is what follows ####; the working is kept", async () => {
    const path = await write("gsm.jsonl", lines({ question: "How much?", answer: "10 * 100 = 1,000\n#### 1,000" }));
    expect(await readDataset({ path, split: "dev" })).toEqual([
      { id: "gsm-0000", question: "How much?", answer: "1000", meta: { solution: "10 * 100 = 1,000" } },
    ]);
  });

  it("Alpaca's input follows its instruction", async () => {
    const path = await write("alpaca-like.json", [
      { instruction: "Add the numbers.", input: "2 and 3", output: "5", text: "Below is ..." },
      { instruction: "Say hello.", input: "", output: "Hello" },
    ]);
    expect((await readDataset({ path })).map(({ question, answer }) => [question, answer])).toEqual([
      ["Add the numbers.\n2 and 3", "5"],
      ["Say hello.", "Hello"],
    ]);
  });

  it("TruthfulQA's answer is the best one", async () => {
    const path = await write(
      "truthful.jsonl",
      lines({
        type: "Adversarial",
        question: "Do pigs fly?",
        best_answer: "No",
        correct_answers: ["No", "Pigs cannot fly"],
      }),
    );
    expect(await readDataset({ path })).toMatchObject([
      { question: "Do pigs fly?", answer: "No", meta: { type: "Adversarial" } },
    ]);
  });

  it("NLGraph's file is an object of numbered records", async () => {
    const path = await write("cycle.json", {
      "0": { question: "Is there a cycle?", answer: "Yes.", difficulty: "easy" },
    });
    expect(await readDataset({ path })).toEqual([
      { id: "cycle-0000", question: "Is there a cycle?", answer: "Yes.", meta: { difficulty: "easy" } },
    ]);
  });

  it("a Parquet export written by pyarrow (make_parquet.py) is read", async () => {
    const path = join(import.meta.dirname, "questions.parquet");
    expect(await readDataset({ path })).toEqual([
      {
        id: "questions-0000",
        question: "How many legs do 3 spiders have?",
        answer: "24",
        meta: { level: 1, solution: "Each has 8.\n3*8=24" },
      },
      {
        id: "questions-0001",
        question: "How many wheels do 2 cars have?",
        answer: "8",
        meta: { level: 2, solution: "Each has 4.\n2*4=8" },
      },
    ]);
  });

  it("a folder of shards is read by split, train serving as dev", async () => {
    const path = join(folder, "export");
    await mkdir(path);
    await writeFile(join(path, "train-00000-of-00002.jsonl"), lines({ question: "A?" }));
    await writeFile(join(path, "train-00001-of-00002.jsonl"), lines({ question: "B?" }));
    await writeFile(join(path, "test-00000-of-00001.jsonl"), lines({ question: "C?" }));
    expect((await readDataset({ path, split: "dev" })).map(({ question }) => question)).toEqual(["A?", "B?"]);
    expect((await readDataset({ path, split: "test" })).map(({ question }) => question)).toEqual(["C?"]);
  });
});

describe("a data set that cannot be read", () => {
  it.each([
    ["a missing file", async () => join(folder, "nowhere.jsonl"), { code: "DATASET_NOT_FOUND" }],
    ["a missing Parquet file", async () => join(folder, "nowhere.parquet"), { code: "DATASET_NOT_FOUND" }],
    ["a file of another kind", () => write("table.csv", "question\nWhy?"), { code: "DATASET_UNKNOWN_FORMAT" }],
    ...["jsonl", "json", "parquet"].map((ending): [string, () => Promise<string>, object] => [
      `a Git LFS pointer in place of .${ending}`,
      () => write(`pointer.${ending}`, gitLfsPointer(90_000)),
      { code: "DATASET_NOT_DOWNLOADED" },
    ]),
    [
      "a line that is no JSON",
      () => write("bad.jsonl", '{"question":"A?"}\n{"question":'),
      { code: "DATASET_MALFORMED", line: 2 },
    ],
    [
      "an empty line",
      () => write("gap.jsonl", '{"question":"A?"}\n\n{"question":"B?"}\n'),
      { code: "DATASET_MALFORMED", line: 2 },
    ],
    [
      "a record of no known layout",
      () => write("odd.jsonl", '{"question":"A?"}\n{"prompt":"B?"}'),
      { code: "DATASET_UNKNOWN_LAYOUT", line: 2 },
    ],
    ["an empty question", () => write("blank.jsonl", '{"question":"  "}'), { code: "DATASET_UNKNOWN_LAYOUT", line: 1 }],
    ["JSON of another shape", () => write("odd.json", { name: "x" }), { code: "DATASET_UNKNOWN_LAYOUT" }],
    ["a truncated Parquet file", () => write("cut.parquet", "PAR1"), { code: "DATASET_MALFORMED" }],
    ["an empty file", () => write("empty.jsonl", ""), { code: "DATASET_EMPTY" }],
    [
      "a split that is not there",
      () => write("dev-only.json", { dev: [{ input: "A?", output: "B" }] }),
      { code: "DATASET_NO_SPLIT" },
    ],
    [
      "an id given twice",
      () => write("twice.jsonl", lines({ id: "a", question: "A?" }, { id: "a", question: "B?" })),
      { code: "DATASET_DUPLICATE_ID" },
    ],
  ])("%s is refused", async (_name, prepare, expected) => {
    const path = await prepare();
    await expect(readDataset({ path, split: "test" })).rejects.toMatchObject({ name: "DatasetError", ...expected });
  });
});

const SHARED = new URL("../../../../shared/data/", import.meta.url).pathname;
describe("evaluation data of the Data Swarms reference code (../shared/data)", () => {
  // Counts from that folder's README.
  it.for([
    ["alpaca", 10_000, 1000],
    ["gsm8k", 7473, 1319],
    ["truthfulqa", 729, 88],
    ["wikidyk", 6849, 765],
    ["nlgraph", 200, 1000],
  ] as const)("%s is read whole: %i and %i questions", async ([name, dev, test], { skip }) => {
    const path = join(SHARED, `${name}.json`);
    skip(!existsSync(path), `${name}.json is other people's data and is not here`);
    for (const [split, count] of [
      ["dev", dev],
      ["test", test],
    ] as const) {
      const questions = await readDataset({ path, split });
      expect(questions).toHaveLength(count);
      expect(
        questions.every((question) => questionSchema.safeParse(question).success && question.answer !== undefined),
      ).toBe(true);
    }
  });
});
