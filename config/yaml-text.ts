/** YAML as the configs use it. */
import { parseDocument, type Scalar, stringify, visit, type YAMLError } from "yaml";
import { ConfigError } from "./config-error.js";
import { keepsDigits } from "./exact-number.js";

/**
 * YAML 1.2 with merge keys (`<<`).
 *
 * @throws ConfigError `INVALID_YAML` naming line and column; a key given twice, a second document, an unknown tag, a whole number
 * whose digits would be lost, and an alias within what it names are errors
 */
export function readYaml(text: string, source: string): unknown {
  try {
    const document = parseDocument(text, { prettyErrors: false, merge: true, logLevel: "error" });
    const faults = [...document.errors, ...document.warnings];
    const problems = faults.map((fault) => `${place(text, fault.pos[0])}: ${problemOf(fault)}`);
    if (problems.length === 0)
      visit(document, {
        Scalar: (_, node) => {
          problems.push(...lostDigits(text, node));
        },
      });
    if (problems.length > 0) throw new ConfigError("INVALID_YAML", source, problems);
    const value: unknown = document.toJS();
    // Fails where an alias stands within what it names: what is read is a tree.
    JSON.stringify(value);
    return value;
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw new ConfigError("INVALID_YAML", source, [(error as Error).message.replace(/\s+/g, " ")]);
  }
}

function lostDigits(text: string, { value, source = "", range }: Scalar): string[] {
  if (typeof value !== "number" || !/^[-+]?\d+$/.test(source) || keepsDigits(source)) return [];
  const allowed = "whole numbers to 2^53 - 1 (9007199254740991) keep all digits; a text stands in quotes";
  return [`${place(text, range?.[0] ?? 0)}: got ${source}; ${allowed}`];
}

function problemOf({ code, message }: YAMLError): string {
  if (code === "MULTIPLE_DOCS") return "a second document begins here; a file holds one config";
  return message.replace(/\s+/g, " ");
}

function place(text: string, position: number): string {
  const before = text.slice(0, position).split("\n");
  return `line ${before.length}, column ${(before.at(-1) ?? "").length + 1}`;
}

/** What {@link readYaml} reads back. */
export function writeYaml(value: unknown): string {
  return stringify(value, { lineWidth: 0 });
}
