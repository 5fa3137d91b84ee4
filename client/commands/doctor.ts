import type { Command } from "commander";
import picocolors from "picocolors";
import { FailureError } from "../errors.js";
import { print, printJson } from "../output.js";
import { verb } from "../verb.js";

export function doctorVerb(): Command {
  return verb({
    name: "doctor",
    summary: "check what a run needs, and say what to do about what is missing",
    examples: ["swarm doctor", "swarm doctor --store s3://bucket/swarms"],
    json: "print {checks: [{name, ok, detail, advice?}]}",
  })
    .option("--store <uri>", "the store to check (default: $SWARM_HOME/store)")
    .action(async ({ store, json }: { readonly store?: string; readonly json?: boolean }) => {
      const { runChecks } = await import("../doctor/checks.js");
      const checks = await runChecks(store);
      if (json === true) printJson({ checks });
      else {
        const colors = picocolors.createColors(picocolors.isColorSupported && process.stdout.isTTY);
        for (const { name, ok, detail, advice } of checks) {
          const mark = ok
            ? advice === undefined
              ? colors.green("OK      ")
              : colors.yellow("OK, but ")
            : colors.red("PROBLEM ");
          print(`${mark} ${name.padEnd(9)} ${detail}${advice === undefined ? "" : ` → ${advice}`}`);
        }
      }
      const failed = checks.filter(({ ok }) => !ok).map(({ name }) => name);
      if (failed.length > 0)
        throw new FailureError("UNHEALTHY", `a run needs more than there is: ${failed.join(", ")}`);
    });
}
