import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import type { Command } from "commander";
import { z } from "zod";
import { gradeLine } from "../../models/graders/grade-line.js";
import { graderFor } from "../../models/graders/registry.js";
import { InputError } from "../errors.js";
import { print } from "../output.js";
import { verb } from "../verb.js";

const lineSchema = z.looseObject({ question: z.string(), response: z.string().optional() });
type Line = z.infer<typeof lineSchema>;

export function gradeVerb(): Command {
  return verb({
    name: "grade",
    summary: "what the exact grader makes of questions and responses, as JSON lines",
    examples: [
      "swarm grade questions.jsonl --grader graphs",
      `echo '{"question":"..."}' | swarm grade - --grader graphs`,
    ],
    json: "print JSON lines, as it does anyway",
  })
    .argument("<file>", "JSON lines of {question, response?}; - reads standard input")
    .requiredOption("--grader <name>", "the domain's grader, such as graphs")
    .action(async (file: string, { grader: name }: { readonly grader: string }) => {
      const grader = graderFor(name);
      // All lines are read before the first is printed: a malformed one leaves no half of a result.
      const lines = parseLines(file, await readInput(file));
      for (const line of lines) print(JSON.stringify(gradeLine(grader, line)));
    });
}

function readInput(file: string): Promise<string> {
  return file === "-" ? text(process.stdin) : readFile(file, "utf8");
}

function parseLines(file: string, content: string): Line[] {
  const lines = content.replace(/^\uFEFF/, "").split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines.map((line, index) => parseLine(line, `${file === "-" ? "standard input" : file}:${index + 1}`));
}

function parseLine(line: string, place: string): Line {
  const allowed = 'a line is {"question": "...", "response"?: "..."}';
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new InputError("INVALID_LINE", `${place}: this is not JSON; ${allowed}`);
  }
  const parsed = lineSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const at = parsed.error.issues[0]?.path.join(".");
  throw new InputError("INVALID_LINE", `${place}: ${at ? `${at} is not a text` : "this is no object"}; ${allowed}`);
}
