import { extname } from "node:path";
import { type Command, Option } from "commander";
import { COMPARISON_FORMATS, type ComparisonFormat, renderComparison } from "../../report/compare/render-comparison.js";
import { compareStoredRuns } from "../compare/compare-stored-runs.js";
import { InputError } from "../errors.js";
import { print, printJson } from "../output.js";
import { gather, STORE_OPTION, verb, wholeNumber } from "../verb.js";
import { replaceFile } from "../../store/replace-file.js";

interface CompareOptions {
  readonly all?: boolean;
  readonly prefix?: string;
  readonly format?: ComparisonFormat;
  readonly out?: string;
  readonly store?: string;
  readonly resamples: number;
  readonly objective?: readonly string[];
  readonly json?: boolean;
}

const RESAMPLES = 1000;
const FEWEST_RESAMPLES = 100;

const BY_EXTENSION: Readonly<Record<string, ComparisonFormat>> = {
  ".txt": "text",
  ".md": "markdown",
  ".markdown": "markdown",
  ".tex": "latex",
  ".json": "json",
  ".html": "html",
  ".htm": "html",
};

export function compareVerb(): Command {
  return verb({
    name: "compare",
    summary: "methods side by side: fresh scores over repeats, tests, intervals, unseen test takers, cost",
    examples: [
      "swarm compare difficult-1 difficult-2 breeder-1 breeder-2",
      "swarm compare --prefix table1- --store s3://bucket/swarms --out table1.html",
      "swarm compare --all --format latex",
    ],
    json: "print {methods, settings, unseen, bestIn, warnings}, with every repeat's scores",
  })
    .argument("[ids...]", "finished runs; those that differ in their seeds alone are repeats")
    .option("--prefix <prefix>", "every finished run whose id begins so")
    .option("--all", "every finished run: those that this machine knows, or with --store all that are there")
    .addOption(
      new Option("--format <format>", "default: by the extension of --out, else text").choices(COMPARISON_FORMATS),
    )
    .option("--out <file>", "write a file: .txt, .md, .tex, .json or .html")
    .option("--resamples <n>", "draws of the bootstrap", wholeNumber(FEWEST_RESAMPLES), RESAMPLES)
    .option(
      "--objective <file>",
      "your copy of an objective of a run that was not started from here; may be repeated",
      gather,
    )
    .option(...STORE_OPTION)
    .action(compare);
}

async function compare(ids: readonly string[], options: CompareOptions): Promise<void> {
  const { all, prefix, out, store, resamples, json } = options;
  if (all === true && prefix !== undefined) {
    throw new InputError("INVALID_OPTION", "--all and --prefix exclude each other; give one of them");
  }
  const format = options.format ?? formatOf(out);
  const comparison = await compareStoredRuns(
    { ids, prefix: all === true ? "" : prefix, store },
    { resamples, objectives: options.objective ?? [] },
  );
  if (out !== undefined) await replaceFile(out, await renderComparison(comparison, format));
  if (json === true) printJson(comparison);
  else print(out ?? (await renderComparison(comparison, format)).trimEnd());
}

function formatOf(out: string | undefined): ComparisonFormat {
  if (out === undefined) return "text";
  const format = BY_EXTENSION[extname(out).toLowerCase()];
  if (format !== undefined) return format;
  throw new InputError(
    "INVALID_OPTION",
    `${out}: the format is not to be told from this name; end it in ${Object.keys(BY_EXTENSION).join(", ")}, or give --format ${COMPARISON_FORMATS.join("|")}`,
  );
}
