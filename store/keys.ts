/**
 * Where everything lies in a store. Pure, so that workflows may name objects too.
 * Functions that take a `folder` are for folders of {@link keys.particle}, {@link keys.confirmation}, {@link keys.fresh} and
 * {@link keys.seedEvaluation}, and for those of the takers that a search moves or compares.
 */
import { checkName } from "./run-id.js";
import { StoreError } from "./store-error.js";

/** Which test takers: those that the search optimises against, or the unseen ones, on which only its result is measured. */
export type TakerPool = "search" | "unseen";

const LAST_ITERATION = 9999;
const LAST_PARTICLE = 99;

export const keys = {
  run: (runId: string): string => `runs/${runName(runId)}`,
  config: (runId: string): string => `${keys.run(runId)}/config.yaml`,
  /** What the run works on, resolved once when it starts. */
  inputs: (runId: string): string => `${keys.run(runId)}/inputs.json`,
  clusters: (runId: string): string => `${keys.run(runId)}/clusters.json`,
  result: (runId: string): string => `${keys.run(runId)}/result.json`,
  report: (runId: string): string => `${keys.run(runId)}/report.html`,
  checkpoints: (runId: string): string => `${keys.run(runId)}/checkpoints/`,
  checkpoint: (runId: string, iteration: number): string =>
    `${keys.checkpoints(runId)}${digits(iteration, LAST_ITERATION)}.json`,
  iteration: (runId: string, iteration: number): string =>
    `${keys.run(runId)}/iterations/${digits(iteration, LAST_ITERATION)}`,

  /** Folder of a particle in an iteration: its adapter in PEFT layout, and its evaluation. */
  particle: (runId: string, iteration: number, particle: number): string =>
    `${keys.iteration(runId, iteration)}/particles/${digits(particle, LAST_PARTICLE)}`,
  /** Folder of a particle's velocity, in PEFT layout too. */
  velocity: (runId: string, iteration: number, particle: number): string =>
    `${keys.particle(runId, iteration, particle)}/velocity`,
  /** Folder of one more evaluation of a side of a particle's challenge of a best: its questions and their grades. */
  confirmation: (
    runId: string,
    iteration: number,
    particle: number,
    side: `${"personal" | "global"}-${"challenger" | "incumbent"}`,
  ): string => `${keys.particle(runId, iteration, particle)}/${side}`,
  /** Folder of the questions that a baseline keeps after a round, with their grades and their score. */
  kept: (runId: string, round: number): string => `${keys.iteration(runId, round)}/kept`,
  /** Folder of a test taker's adapter in an iteration of a search that moves takers. */
  taker: (runId: string, iteration: number, name: string): string =>
    `${keys.iteration(runId, iteration)}/takers/${named("test taker's name", name)}`,
  /** Folder of what takers do on the window of questions that they learn from, and on questions that neither swarm sees. */
  window: (runId: string, iteration: number): string => `${keys.iteration(runId, iteration)}/window`,
  heldOut: (runId: string, iteration: number): string => `${keys.iteration(runId, iteration)}/held-out`,
  /** Folder in which an iteration measures anew one of the positions that its swarms compare with. */
  remeasured: (runId: string, iteration: number, what: string): string =>
    `${keys.iteration(runId, iteration)}/remeasured/${named("measurement's name", what)}`,
  /** Folder of a taker that was trained for comparison, by what it was trained on. */
  training: (runId: string, training: string): string =>
    `${keys.run(runId)}/trainings/${named("training's name", training)}`,
  /** Folder of what the best taker and those that it is compared with do on the test questions. */
  test: (runId: string): string => `${keys.run(runId)}/test`,
  /** Folder of an evaluation on questions that the search never saw. */
  fresh: (runId: string, label: string): string => `${keys.run(runId)}/fresh/${named("evaluation's name", label)}`,
  /** Folder of the takers' evaluation on the seed data. */
  seedEvaluation: (runId: string): string => `${keys.run(runId)}/seed`,
  /** Folder of what unseen takers answered on a folder's questions: what the search reads holds nothing of theirs. */
  pool: (folder: string, pool: TakerPool): string => (pool === "search" ? folder : `${folder}/unseen`),

  adapterModel: (folder: string): string => `${folder}/adapter_model.safetensors`,
  adapterConfig: (folder: string): string => `${folder}/adapter_config.json`,
  /** Where an unfinished training stands. */
  trainingCheckpoint: (folder: string): string => `${folder}/training.safetensors`,
  questions: (folder: string): string => `${folder}/questions.jsonl`,
  answers: (folder: string): string => `${folder}/answers.jsonl`,
  grades: (folder: string): string => `${folder}/grades.jsonl`,
  score: (folder: string): string => `${folder}/score.json`,
  relevance: (folder: string): string => `${folder}/relevance.json`,
  /** Written last by the weight update, the sampling, the answering by one taker, and the judging: they need not be done again. */
  updated: (folder: string): string => `${folder}/updated.json`,
  /** Of the weight update in the space of weight changes: what each module lost to its rank. */
  truncation: (folder: string): string => `${folder}/truncation.json`,
  sampling: (folder: string): string => `${folder}/sampling.json`,
  answered: (folder: string, taker: string): string => `${folder}/takers/${named("test taker's name", taker)}.json`,
  takerAnswers: (folder: string, taker: string): string =>
    `${folder}/takers/${named("test taker's name", taker)}.jsonl`,
  judged: (folder: string): string => `${folder}/judged.json`,
  /** Folder of the adapter that the move to a folder's position ended with, where it was fine-tuned again after it. */
  moved: (folder: string): string => `${folder}/moved`,
  /** Written last when what had moved was fine-tuned again. */
  retuned: (folder: string): string => `${folder}/retuned.json`,
  /** Written last when a window has taken in an iteration's questions. */
  slid: (folder: string): string => `${folder}/slid.json`,
  /** Written last by a training for comparison. */
  trained: (folder: string): string => `${folder}/trained.json`,
  /** Of the questions that a baseline keeps: those that its writer is shown, and the mark that all are chosen. */
  examples: (folder: string): string => `${folder}/examples.jsonl`,
  chosen: (folder: string): string => `${folder}/chosen.json`,

  /** @param sha256 lower-case hexadecimal */
  artifact: (sha256: string): string => `artifacts/${digest(sha256)}`,
  /** What all runs that make the same share: the digest is of what it is made from. */
  sharedResult: (sha256: string): string => `${keys.artifact(sha256)}/result.json`,
  schedule: (name: string): string => `schedules/${named("schedule's name", name)}`,
  /** Folder of a dated question set. Keys hold no colons, so the date-time is in ISO 8601's basic format: `20261121T030000.000Z`. */
  release: (schedule: string, at: Date): string =>
    `${keys.schedule(schedule)}/${at.toISOString().replace(/[-:]/g, "")}`,
} as const;

/** How those are called in {@link keys.test} who are not called by what they were trained on. */
export const TESTED = {
  best: "best-taker",
  initial: (particle: number): string => `initial-${particle}`,
} as const;

/** The iteration of a checkpoint's key, or `undefined` where it is none. */
export function checkpointIteration(key: string): number | undefined {
  const match = /^runs\/[^/]+\/checkpoints\/(\d{4})\.json$/.exec(key);
  return match?.[1] === undefined ? undefined : Number(match[1]);
}

function runName(runId: string): string {
  return named("run id", runId);
}

function named(what: string, name: string): string {
  checkName(what, name);
  return name;
}

function digits(value: number, last: number): string {
  if (!Number.isInteger(value) || value < 0 || value > last) {
    throw new StoreError({ code: "INVALID_KEY", uri: "keys", problem: `${value} is no number from 0 to ${last}` });
  }
  return String(value).padStart(String(last).length, "0");
}

function digest(sha256: string): string {
  if (/^[0-9a-f]{64}$/.test(sha256)) return sha256;
  throw new StoreError({ code: "INVALID_KEY", uri: "keys", problem: `${JSON.stringify(sha256)} is no SHA-256` });
}
