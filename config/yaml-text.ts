/** YAML as the configs use it. */
import { parseDocument, stringify, type YAMLParseError } from "yaml";
import { ConfigError } from "./config-error.js";

/**
 * YAML 1.2 with merge keys (`<<`).
 *
 * @throws ConfigError `INVALID_YAML` naming line and column; a key given twice and a second document are errors
 */
export function readYaml(text: string, source: string): unknown {
  const document = parseDocument(text, { prettyErrors: false, merge: true });
  if (document.errors.length > 0) {
    const problems = document.errors.map((error) => `${place(text, error.pos[0])}: ${problemOf(error)}`);
    throw new ConfigError("INVALID_YAML", source, problems);
  }
  try {
    return document.toJS() as unknown;
  } catch (error) {
    throw new ConfigError("INVALID_YAML", source, [(error as Error).message.replace(/\s+/g, " ")]);
  }
}

function problemOf({ code, message }: Pick<YAMLParseError, "code" | "message">): string {
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
