import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readRecords, type RecordedRun, writeRecords } from "../../bench/results/records.js";
import { plannedRuns } from "../../bench/results/tables.js";
import { configDigest } from "../../config/config-digest.js";
import { contentDigest } from "../../config/content-digest.js";
import { parseConfig } from "../../config/parse-config.js";
import { exampleResult } from "../report/example-report.js";
import { temporaryDirectory } from "../support/temporary-directory.js";

const folder = join(await temporaryDirectory(), "results");
const planned = plannedRuns("main", 1).slice(0, 2);
const [first, second] = planned as [(typeof planned)[number], (typeof planned)[number]];

/** What is compared of a run goes in and comes out as it is. */
async function record({ id, config }: (typeof planned)[number]): Promise<RecordedRun> {
  const digest = await configDigest(parseConfig({ ...config, id }, id), id, contentDigest);
  const compared = { runId: id, seed: 1 } as RecordedRun["compared"];
  return { id, result: { ...exampleResult, runId: id, configDigest: digest }, compared };
}

it("a folder that has no records yet has none", async () => {
  expect(await readRecords(folder, planned)).toEqual(new Map());
});

it("records are read as they were written, and those that are not planned are left out", async () => {
  await mkdir(folder, { recursive: true });
  const records = [await record(first), await record(second)];
  await writeRecords(folder, "main", records);
  expect([...(await readRecords(folder, planned)).values()]).toEqual(records);
  expect([...(await readRecords(folder, [second])).keys()]).toEqual([second.id]);
});

it("a record is none of a run that is planned with another config now", async () => {
  await writeRecords(folder, "main", [await record(first)]);
  const changed = { ...first, config: { ...first.config, seed: 2 } };
  expect(await readRecords(folder, [changed])).toEqual(new Map());
});

it("a table has the records of runs that it takes from another one", async () => {
  await writeRecords(folder, "main", [await record(first)]);
  expect([...(await readRecords(folder, plannedRuns("options", 1))).keys()]).toEqual([first.id]);
});
