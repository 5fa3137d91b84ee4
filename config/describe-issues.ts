/** Problems of a config as people read them. */
import { closest, distance } from "fastest-levenshtein";
import type { z } from "zod";
import { isRecord } from "./fields.js";

type Path = readonly PropertyKey[];

const LOOKS_SECRET = /key|token|secret|password|credential/i;

/** One line a problem: where, what was found, what is allowed. Values that may be secrets are not repeated. */
export function describeIssues(error: z.ZodError, input: unknown): string[] {
  const problems = error.issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => unknownKey([...issue.path, key], issue.message.split(" ")));
    }
    if (issue.code === "custom") return [`${printPath(issue.path)}: ${issue.message}`];
    return [wrongValue(issue.path, valueAt(input, issue.path), issue.message)];
  });
  // One value may break two rules that allow the same.
  return [...new Set(problems)];
}

/** The known name that a mistyped one is nearest to, or `undefined` where none is near. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const lower = name.toLowerCase();
  const candidate = closest(
    lower,
    known.map((one) => one.toLowerCase()),
  );
  const original = known.find((one) => one.toLowerCase() === candidate);
  return distance(lower, candidate) <= Math.max(2, Math.ceil(name.length / 2)) ? original : undefined;
}

/** `a.b.0.c`; `the file` for the top. */
export function printPath(path: Path): string {
  return path.length === 0 ? "the file" : path.map(String).join(".");
}

function unknownKey(path: Path, known: readonly string[]): string {
  const key = String(path.at(-1));
  if (LOOKS_SECRET.test(key) && known.includes("apiKeyVariable")) {
    return `${printPath(path)}: a config holds no secrets; put it into an environment variable and name that in apiKeyVariable`;
  }
  const guess = nearest(key, known);
  const hint = guess === undefined ? "" : `did you mean ${guess}? `;
  return `${printPath(path)}: unknown key; ${hint}known here: ${known.join(", ")}`;
}

function wrongValue(path: Path, value: unknown, allowed: string): string {
  if (value === undefined)
    return `${printPath(path)}: missing; ${isOurs(allowed) ? `give ${allowed}` : "it is required"}`;
  const got = LOOKS_SECRET.test(String(path.at(-1))) ? "a value that is not shown" : brief(value);
  return `${printPath(path)}: got ${got}; allowed: ${allowed}`;
}

/** Whether a message is what is allowed, and not zod's own for a value that is not there. */
function isOurs(message: string): boolean {
  return !message.startsWith("Invalid input");
}

/** Sections and lists are only named: a secret may stand anywhere in them. */
function brief(value: unknown): string {
  if (Array.isArray(value) && value.length > 0) return `a list of ${value.length}`;
  if (isRecord(value)) return "a section";
  const printed = typeof value === "number" ? String(value) : JSON.stringify(value);
  return printed.length <= 60 ? printed : `${printed.slice(0, 57)}...`;
}

function valueAt(input: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => {
    if (Array.isArray(value)) return (value as unknown[])[Number(key)];
    return isRecord(value) && Object.hasOwn(value, String(key)) ? value[String(key)] : undefined;
  }, input);
}
