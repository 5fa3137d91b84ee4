import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import type { Command } from "commander";
import { z } from "zod";
import { decodeUtf8, NotUtf8Error } from "../../config/utf8-text.js";
import { JsonLineError, parseJsonLines } from "../../models/datasets/json-lines.js";
import { gradeLine } from "../../models/graders/grade-line.js";
import { graderFor } from "../../models/graders/registry.js";
import { InputError } from "../errors.js";
import { print } from "../output.js";
import { verb } from "../verb.js";

const lineSchema = z.looseObject({ question: z.string(), response: z.string().nullish() });
type Line = z.infer<typeof lineSchema>;
const ALLOWED_LINE = 'a line is {"question": "...", "response"?: "..."}';

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
      for (const line of lines)
        print(JSON.stringify(gradeLine(grader, { question: line.question, response: line.response ?? undefined })));
    });
}

function readInput(file: string): Promise<Uint8Array> {
  return file === "-" ? buffer(process.stdin) : readFile(file);
}

function parseLines(file: string, content: Uint8Array): Line[] {
  const place = (line: number): string => `${file === "-" ? "standard input" : file}:${line}`;
  try {
    return parseJsonLines(decodeUtf8(content)).map(({ line, value }) => checkLine(value, place(line)));
  } catch (error) {
    if (error instanceof NotUtf8Error) throw new InputError("INVALID_LINE", `${place(error.line)}: ${error.message}`);
    if (!(error instanceof JsonLineError)) throw error;
    throw new InputError("INVALID_LINE", `${place(error.line)}: this is not JSON; ${ALLOWED_LINE}`);
  }
}

function checkLine(value: unknown, place: string): Line {
  const parsed = lineSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const at = parsed.error.issues[0]?.path.join(".");
  throw new InputError(
    "INVALID_LINE",
    `${place}: ${at ? `${at} is not a text` : "this is no object"}; ${ALLOWED_LINE}`,
  );
}
