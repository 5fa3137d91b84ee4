/** YAML as the configs use it. */
import { parseDocument, stringify } from "yaml";
import { ConfigError } from "./config-error.js";

/** @throws ConfigError `INVALID_YAML` naming line and column; a key given twice is an error */
export function readYaml(text: string, source: string): unknown {
  const document = parseDocument(text, { prettyErrors: false });
  if (document.errors.length > 0) {
    const problems = document.errors.map(
      ({ message, pos }) => `${place(text, pos[0])}: ${message.replace(/\s+/g, " ")}`,
    );
    throw new ConfigError("INVALID_YAML", source, problems);
  }
  try {
    return document.toJS() as unknown;
  } catch (error) {
    throw new ConfigError("INVALID_YAML", source, [(error as Error).message.replace(/\s+/g, " ")]);
  }
}

function place(text: string, position: number): string {
  const before = text.slice(0, position).split("\n");
  return `line ${before.length}, column ${(before.at(-1) ?? "").length + 1}`;
}

/** What {@link readYaml} reads back. */
export function writeYaml(value: unknown): string {
  return stringify(value, { lineWidth: 0 });
}
