/**
 * What tables need of their runs, kept beside them as TABLE.runs.jsonl.gz: grades, scores and costs, without questions and adapters. With
 * these a table is made again, and gets further repeats, where the store that the runs were in is not at hand.
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { canonicalJson } from "../../config/canonical-json.js";
import { configDigest } from "../../config/config-digest.js";
import { contentDigest } from "../../config/content-digest.js";
import { parseConfig } from "../../config/parse-config.js";
import type { ComparedRun } from "../../report/compare/compared-run.js";
import type { RunResult } from "../../report/result.js";
import { readIfThere } from "./read-if-there.js";
import { type PlannedRun, type TableName, tableOf } from "./tables.js";

export interface RecordedRun {
  readonly id: string;
  readonly result: RunResult;
  /** The objective is as the plan has it. */
  readonly compared: Omit<ComparedRun, "objective">;
}

/** @returns by id the records of planned runs, whichever table's they are; one of another config than is planned now is none */
export async function readRecords(folder: string, planned: readonly PlannedRun[]): Promise<Map<string, RecordedRun>> {
  const tables = [...new Set(planned.map(({ id }) => tableOf(id)))];
  const records = new Map((await Promise.all(tables.map((name) => recordsOf(folder, name)))).flat());
  const kept = planned.map(async ({ id, config }) => {
    const record = records.get(id);
    const isPlanned = record !== undefined && record.result.configDigest === (await digestOf(id, config));
    return isPlanned ? [record] : [];
  });
  return new Map((await Promise.all(kept)).flat().map((record) => [record.id, record]));
}

async function recordsOf(folder: string, name: TableName): Promise<(readonly [string, RecordedRun])[]> {
  const compressed = await readIfThere(recordsPath(folder, name));
  if (compressed === undefined) return [];
  const lines = gunzipSync(compressed).toString("utf8").trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as RecordedRun).map((one) => [one.id, one]);
}

export async function writeRecords(folder: string, name: TableName, records: readonly RecordedRun[]): Promise<void> {
  const lines = records.map((record) => `${canonicalJson(record)}\n`);
  await writeFile(recordsPath(folder, name), gzipSync(lines.join(""), { level: 9 }));
}

function recordsPath(folder: string, name: TableName): string {
  return join(folder, `${name}.runs.jsonl.gz`);
}

function digestOf(id: string, config: PlannedRun["config"]): Promise<string> {
  return configDigest(parseConfig({ ...config, id }, id), id, contentDigest);
}
