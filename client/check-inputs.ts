/** Finds out before a run starts whether it can work with what its config names. Writes nothing. */
import { readFile } from "node:fs/promises";
import { splitHeldOut } from "../activities/run/held-out-split.js";
import { importObjective, modulesOf } from "../activities/run/objective-module.js";
import { readFlatAdapter } from "../adapters/flat.js";
import { localFolder } from "../adapters/folder.js";
import { ConfigError } from "../config/config-error.js";
import { modelPath } from "../config/model-path.js";
import type { RunConfig, SeedDataConfig } from "../config/schema.js";
import { readDataset, type Split } from "../models/datasets/read-dataset.js";
import { graderFor } from "../models/graders/registry.js";
import { type Bundle, openBundle } from "../models/onnx/bundle.js";
import type { Question } from "../models/records.js";
import { checkPrices } from "./check-endpoints.js";
import { InputError } from "./errors.js";

export interface CheckedInputs {
  readonly seedQuestions: readonly Question[];
  readonly heldOutQuestions: readonly Question[] | undefined;
  readonly userQueries: readonly Question[] | undefined;
  /** Texts of the user's own objectives, by path. */
  readonly objectives: ReadonlyMap<string, string>;
}

/** @throws ConfigError, DatasetError, BundleError, AdapterError; InputError `INVALID_SEED_DATA` */
export async function checkInputs(config: RunConfig): Promise<CheckedInputs> {
  checkPrices(config);
  const seedQuestions = await readSeedData(config);
  const heldOutQuestions =
    config.heldOutData === undefined ? undefined : await readGraded("heldOutData", config.heldOutData, config.domain);
  const userQueries = config.userQueries === undefined ? undefined : await readDataset({ path: config.userQueries });
  if (config.kind === "adversarial-swarm") splitHeldOut(heldOutQuestions ?? [], config);
  const objectives = await readObjectives(config);
  await checkModels(config);
  return { seedQuestions, heldOutQuestions, userQueries, objectives };
}

async function readSeedData({ seedData, domain, generators }: RunConfig): Promise<Question[]> {
  const questions = await readGraded("seedData", seedData, domain);
  // Questions that are alike lie at one point, which is in one cluster.
  const different = new Set(questions.map(({ question }) => question)).size;
  if (different < generators.clusters) {
    throw new InputError(
      "INVALID_SEED_DATA",
      `${seedData.path}: ${different} different seed questions (of ${questions.length}) cannot make ${generators.clusters} clusters; add questions or lower generators.clusters`,
    );
  }
  return questions;
}

/** Reads questions that the domain's grader must all find valid. */
async function readGraded(
  place: "seedData" | "heldOutData",
  { path, split }: SeedDataConfig,
  domain: RunConfig["domain"],
): Promise<Question[]> {
  if (split !== undefined && !isSplit(split)) {
    throw new InputError("INVALID_SEED_DATA", `${place}.split: got ${JSON.stringify(split)}; allowed: dev, test`);
  }
  const questions = await readDataset({ path, ...(split === undefined ? {} : { split }) });
  const grader = graderFor(domain);
  const rejected = questions.flatMap(({ id, question }) => {
    const examined = grader.examine(question);
    return examined.valid ? [] : [{ id, reason: examined.reason }];
  });
  const [first] = rejected;
  if (first !== undefined) {
    throw new InputError(
      "INVALID_SEED_DATA",
      `${path}: ${rejected.length} of ${questions.length} questions are not valid ${grader.description}, the first is ${first.id}: ${first.reason}; remove them (\`swarm grade ${path} --grader ${domain}\` says which)`,
    );
  }
  return questions;
}

/** Reads the user's own objectives, and loads each to see whether it is one and has what it needs. */
async function readObjectives(config: RunConfig): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const path of modulesOf(config.objective)) {
    const text = await readFile(path, "utf8");
    const { name, needs } = await importObjective(text, path);
    const lack = (what: string): never => {
      throw new ConfigError("INVALID_CONFIG", path, [`the objective ${name} needs ${what}`]);
    };
    if (config.takers.length < needs.takers)
      lack(`${needs.takers} takers or more; the config has ${config.takers.length}`);
    if (needs.relevance && config.userQueries === undefined) lack("userQueries, which the config does not name");
    texts.set(path, text);
  }
  return texts;
}

function isSplit(text: string): text is Split {
  return text === "dev" || text === "test";
}

/** Opens every bundle, and reads every adapter against the layout of the base that it is for. */
async function checkModels({ generators, takers, unseenTakers }: RunConfig): Promise<void> {
  const bundles = new Map<string, Bundle>();
  const open = async (base: string): Promise<Bundle> => {
    const path = modelPath(base);
    const bundle = bundles.get(path) ?? (await openBundle(path));
    bundles.set(path, bundle);
    return bundle;
  };
  await open(generators.base);
  for (const taker of [...takers, ...unseenTakers]) {
    if ("endpoint" in taker) continue;
    const { manifest } = await open(taker.base);
    if (taker.adapter !== undefined) await readFlatAdapter(localFolder(modelPath(taker.adapter)), manifest.lora);
  }
}
