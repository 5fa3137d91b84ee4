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
  const written = typeof content === "string" || content instanceof Uint8Array ? content : JSON.stringify(content);
  await writeFile(path, written);
  return path;
}

/** A file that make_parquet.py wrote with pyarrow. */
const stored = (name: string): string => join(import.meta.dirname, name);

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

describe("fields of a record", () => {
  it.each([
    ['{"id":null,"question":"A?","answer":"B"}', { answer: "B", id: "fields-0000" }],
    ['{"id":0,"question":"A?","answer":"B"}', { id: "0" }],
    ['{"meta":null,"question":"A?"}', { question: "A?", id: "fields-0000" }],
    ['{"question":"A?","answer":null}', { question: "A?" }],
    ['{"question":"A?","answer":true}', { answer: "true" }],
    ['{"question":"A?","answer":false}', { answer: "false" }],
    ['{"question":"A?","answer":0.1}', { answer: "0.1" }],
    ['{"question":"A?","answer":72.0}', { answer: "72" }],
    ['{"question":"A?","answer":9007199254740993}', { answer: "9007199254740993" }],
    ['{"question":"A?","answer":-12345678901234567890.5}', { answer: "-12345678901234567890.5" }],
    ['{"question":"A?","answer":1e400}', { answer: "1e400" }],
    [
      '{"id":9007199254740993,"question":"\\\\\\"9007199254740993"}',
      { id: "9007199254740993", question: '\\"9007199254740993' },
    ],
    [
      '{"question":"A?","meta":{"sizes":[9007199254740993,3],"small":0.1,"exact":9007199254740992}}',
      { meta: { sizes: ["9007199254740993", 3], small: 0.1, exact: 2 ** 53 } },
    ],
    ['{"instruction":"Add.","input":"2 and 3","output":5}', { answer: "5" }],
    ['{"question":"A?","best_answer":5}', { answer: "5" }],
  ])("of %s are read", async (line, expected) => {
    const [question] = await readDataset({ path: await write("fields.jsonl", `${line}\n`) });
    expect(question).toMatchObject(expected);
    expect(questionSchema.safeParse(question).success).toBe(true);
  });

  it("keep the digits of numbers in a list of JSON too", async () => {
    const path = await write(
      "list.json",
      '[{"input": "A?", "output": 9007199254740993, "cost": 10000000000000000001}]',
    );
    expect(await readDataset({ path })).toMatchObject([
      { answer: "9007199254740993", meta: { cost: "10000000000000000001" } },
    ]);
  });

  it.each([
    ['{"question":5}', "question is the number 5"],
    ['{"question":"A?","answer":["B"]}', "answer is a list"],
    ['{"question":"A?","answer":{"text":"B"}}', "answer is an object"],
    ['{"question":"A?","id":true}', "id is the value true"],
    ['{"question":"A?","id":""}', "id is an empty text"],
    ['{"question":"A?","meta":"size 3"}', "meta is a text"],
    ['{"input":"","output":"B"}', "input is an empty text"],
    ['{"input":"A?","output":null}', "output is null"],
    ['{"instruction":"Add.","input":5,"output":"5"}', "input is the number 5"],
    ['{"question":"A?","answer":[],"difficulty":"easy"}', "answer is a list"],
  ])("of %s are refused by name and type", async (line, problem) => {
    const path = await write("wrong.jsonl", `\n${line}\n`);
    const error: unknown = await readDataset({ path }).catch((failure: unknown) => failure);
    expect(error).toMatchObject({ code: "DATASET_INVALID_FIELD", line: 2 });
    expect(String(error)).toContain(problem);
  });

  it("lie on lines of which blank ones are no records", async () => {
    const path = await write("blank-lines.jsonl", '\uFEFF{"question":"A?"}\r\n\r\n  \n{"question":"B?"}\n\n');
    expect((await readDataset({ path })).map(({ id }) => id)).toEqual(["blank-lines-0000", "blank-lines-0001"]);
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

  it.each(["gzip", "zstd", "brotli", "lz4"])("a Parquet export compressed with %s is read", async (codec) => {
    const [zipped, plain] = await Promise.all(
      [`questions-${codec}.parquet`, "questions.parquet"].map((name) => readDataset({ path: stored(name) })),
    );
    expect(zipped?.map(({ question, answer, meta }) => [question, answer, meta])).toEqual(
      plain?.map(({ question, answer, meta }) => [question, answer, meta]),
    );
  });

  it.each([
    ["boolean", "true"],
    ["date", "2024-02-29"],
    ["decimal", "12345678901234567.89"],
    ["single", "0.1"],
    ["integer", "9007199254740993"],
  ])("a Parquet answer that is a %s is its text", async (name, answer) => {
    expect(await readDataset({ path: stored(`answer-${name}.parquet`) })).toEqual([
      { id: "7", question: "What is it?", answer },
    ]);
  });

  it("Parquet's other columns keep their values in meta, what JSON cannot hold as text", async () => {
    const [question] = await readDataset({ path: stored("types.parquet") });
    expect(question?.meta).toEqual({
      integer: "9007199254740993",
      unsigned: "18446744073709551615",
      single: 0.1,
      double: 0.1,
      decimal: "12345678901234567.89",
      small_decimal: "-0.05",
      boolean: true,
      date: "2024-02-29",
      instant: "2024-02-29T12:00:00.000001Z",
      local: "1969-12-31T23:59:59.500",
      bytes: Buffer.from([0xff, 0x00]).toString("base64"),
      missing: "NaN",
      list: [0.1, null],
      structure: { cost: "0.10", share: 0.3 },
      map: { half: "0.5" },
    });
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
      "a line that is no JSON, after blank ones",
      () => write("gap.jsonl", '\n{"question":"A?"}\n\n{"question"\n'),
      { code: "DATASET_MALFORMED", line: 4 },
    ],
    [
      "a line that is no UTF-8",
      () => write("latin-1.jsonl", Buffer.from('{"question":"A?"}\n\n{"question":"O\u00f9?"}\n', "latin1")),
      { code: "DATASET_MALFORMED", line: 3 },
    ],
    [
      "JSON that is no UTF-8",
      () => write("latin-1.json", Buffer.from('[{"question":"A?"},\n{"question":"O\u00f9?"}]', "latin1")),
      { code: "DATASET_MALFORMED", line: 2 },
    ],
    [
      "a UTF-16 file",
      () => write("utf-16.jsonl", Buffer.from('\uFEFF{"question":"A?"}\n', "utf16le")),
      { code: "DATASET_MALFORMED", line: 1 },
    ],
    [
      "a Parquet file with a text that is no UTF-8",
      async () => stored("latin-1.parquet"),
      { code: "DATASET_MALFORMED", line: 2 },
    ],
    [
      "a record of no known layout",
      () => write("odd.jsonl", '{"question":"A?"}\n{"prompt":"B?"}'),
      { code: "DATASET_UNKNOWN_LAYOUT", line: 2 },
    ],
    ["an empty question", () => write("blank.jsonl", '{"question":"  "}'), { code: "DATASET_INVALID_FIELD", line: 1 }],
    [
      "an answer that is a list, in Parquet",
      async () => stored("answer-list.parquet"),
      { code: "DATASET_INVALID_FIELD", line: 1 },
    ],
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
