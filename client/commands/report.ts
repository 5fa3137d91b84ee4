import type { Command } from "commander";
import { keys } from "../../store/keys.js";
import { InputError } from "../errors.js";
import { findRun } from "../known-runs.js";
import { print, printJson } from "../output.js";
import { STORE_OPTION, verb } from "../verb.js";
import { replaceFile } from "../../store/replace-file.js";

export function reportVerb(): Command {
  return verb({
    name: "report",
    summary: "one self-contained page about a run: scores, generators, questions, numbers with intervals",
    examples: ["swarm report smoke-1a2b3c4d --out report.html"],
    json: "print {runId, out, bytes}",
  })
    .argument("<id>", "the run; it must be done")
    .requiredOption("--out <file>", "the HTML file to write")
    .option(...STORE_OPTION)
    .action(
      async (runId: string, options: { readonly out: string; readonly store?: string; readonly json?: boolean }) => {
        const { store } = await findRun(runId, options.store);
        const key = keys.report(runId);
        if ((await store.stat(key)) === undefined) {
          throw new InputError(
            "NO_RESULT",
            `run ${runId} has no report yet; \`swarm status ${runId}\` says where it is`,
          );
        }
        const page = await store.get(key);
        await replaceFile(options.out, page);
        if (options.json === true) printJson({ runId, out: options.out, bytes: page.byteLength });
        else print(options.out);
      },
    );
}
