import { createHash } from "node:crypto";
import Table from "cli-table3";
import type { Command } from "commander";
import type { EvaluationSummary } from "../../activities/summarise-evaluation.js";
import { canonicalJson } from "../../config/canonical-json.js";
import { workflowId } from "../../config/queues.js";
import { type Grade, gradeSchema, type Question } from "../../models/records.js";
import { readDataset } from "../../models/datasets/read-dataset.js";
import { graderFor } from "../../models/graders/registry.js";
import { keys } from "../../store/keys.js";
import { readJsonLines } from "../../store/json-lines.js";
import type { EvaluateQuestionsInput } from "../../workflows/evaluate-questions.js";
import { InputError } from "../errors.js";
import { rememberStart } from "../known-stores.js";
import { loadRunConfig, withDigest } from "../load-run-config.js";
import { print, printJson } from "../output.js";
import { score } from "../progress/format.js";
import { runShortWork } from "../run-workflow.js";
import { prepareRun } from "../stage-run.js";
import { gather, verb } from "../verb.js";

interface EvaluateOptions {
  readonly data: string;
  readonly config: string;
  readonly set?: readonly string[];
  readonly store?: string;
  readonly json?: boolean;
}

export function evaluateVerb(): Command {
  return verb({
    name: "evaluate",
    summary: "have a config's test takers answer a given question set: scores and objectives with intervals",
    examples: ["swarm evaluate --data questions.jsonl --config fixtures/configs/smoke.yaml"],
    json: "print {questions, takers, objectives, matrix}; the matrix is takers × questions, mean performance",
  })
    .requiredOption("--data <file>", "the questions: JSON lines or another layout that seed data may have")
    .requiredOption("--config <config>", "a run config, for its takers, domain and answering")
    .option("--set <path=value>", "a config value; may be repeated", gather)
    .option("--store <uri>", "file:///directory or s3://bucket/prefix (default: the config's, else $SWARM_HOME/store)")
    .action(evaluate);
}

async function evaluate({ data, config, set = [], store, json }: EvaluateOptions): Promise<void> {
  const loaded = await loadRunConfig(config, { set, ...(store === undefined ? {} : { store }) });
  const questions = await readQuestions(data, loaded.config.domain);
  const lines = questions.map((question) => `${canonicalJson(question)}\n`).join("");
  const identity = canonicalJson({
    config: loaded.configDigest,
    evaluate: createHash("sha256").update(lines).digest("hex"),
  });
  const digest = createHash("sha256").update(identity).digest("hex");
  const id = `evaluate-${digest.slice(0, 12)}`;
  const prepared = await prepareRun({ ...withDigest(loaded, digest), runId: id, config: { ...loaded.config, id } });
  const { runId } = prepared.run;
  const folder = keys.fresh(runId, "given");
  const summary = await runShortWork<EvaluateQuestionsInput, EvaluationSummary>({
    workflow: "evaluateQuestions",
    workflowId: workflowId(runId),
    input: async () => {
      await rememberStart(prepared.run);
      const { run } = await prepared.stage(async (writes) => {
        await writes.put(keys.questions(folder), lines);
      });
      return { run, folder };
    },
    doing: `answering ${questions.length} questions`,
  });
  if (json === true) {
    const grades = await readJsonLines(prepared.store, keys.grades(folder), gradeSchema);
    printJson({ ...summary, matrix: matrixOf(summary, questions, grades) });
  } else print(renderEvaluation(summary));
}

async function readQuestions(path: string, domain: string): Promise<Question[]> {
  const questions = await readDataset({ path });
  const grader = graderFor(domain);
  for (const [index, { id, question }] of questions.entries()) {
    const examined = grader.examine(question);
    if (!examined.valid) {
      throw new InputError(
        "INVALID_LINE",
        `${path}: question ${index + 1} (${id}) cannot be graded: ${examined.reason}`,
      );
    }
  }
  return questions;
}

function matrixOf(
  { takers }: EvaluationSummary,
  questions: readonly Question[],
  grades: readonly Grade[],
): { readonly takers: string[]; readonly questions: string[]; readonly performance: number[][] } {
  const places = new Map(questions.map(({ id }, index) => [id, index]));
  const performance = takers.map(({ name }) => {
    const sums = questions.map(() => ({ sum: 0, count: 0 }));
    for (const grade of grades.filter(({ taker }) => taker === name)) {
      const cell = sums[places.get(grade.questionId) ?? -1];
      if (cell === undefined) continue;
      cell.sum += grade.performance;
      cell.count++;
    }
    return sums.map(({ sum, count }) => sum / count);
  });
  return { takers: takers.map(({ name }) => name), questions: questions.map(({ id }) => id), performance };
}

function renderEvaluation({ questions, takers, objectives }: EvaluationSummary): string {
  const table = new Table({
    head: ["", "score", "low", "high"],
    colAligns: ["left", "right", "right", "right"],
    style: { head: [], border: [], compact: true },
  });
  for (const { name, performance } of takers) {
    table.push([`taker ${name}`, ...[performance.score, performance.low, performance.high].map(score)]);
  }
  for (const [name, one] of Object.entries(objectives)) {
    table.push([name, ...[one.score, one.low, one.high].map(score)]);
  }
  return `${questions} questions; mean performance by taker, then objectives, with 95 % intervals\n${table.toString()}`;
}
