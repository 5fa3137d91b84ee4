import { z } from "zod";

/** A record of any layout, read. */
export interface ReadRecord {
  readonly question: string;
  readonly answer?: string;
  /** The record's own id, kept only where the layout promises that it is unique. */
  readonly id?: string;
  readonly meta?: Readonly<Record<string, unknown>>;
}

interface Layout {
  readonly name: string;
  /** Shown where no layout fits. */
  readonly fields: string;
  /** `undefined` where the record is not of this layout. */
  readonly read: (record: unknown) => ReadRecord | undefined;
  /** What is wrong with the first of its fields that is; `undefined` where the record lacks fields of this layout. */
  readonly wrongField: (record: Readonly<Record<string, unknown>>) => string | undefined;
}

// The message of an issue is what is allowed.
const text = z.string(allowed("a text that is not empty")).trim().min(1, allowed("a text that is not empty"));
const number = z.union([z.number(), z.bigint()]).transform(String);
const answerText = z.union(
  [z.string().trim(), number, z.boolean().transform(String)],
  allowed("a text, a number, true or false"),
);
const optionalText = z.string(allowed("a text")).nullish();
const idText = z.union([z.string().min(1), number], allowed("a text that is not empty, or a number"));

/**
 * Layouts in the order in which they are tried; fields that a layout does not name go into `meta`.
 * A layout is told by its fields alone, so a file needs no declaration of what it is.
 */
export const LAYOUTS: readonly Layout[] = [
  layout(
    "Alpaca",
    "instruction, input, output",
    { instruction: text, input: optionalText, output: answerText },
    ({ instruction, input, output, text: _prompt, ...meta }) => ({
      question: input?.trim() ? `${instruction}\n${input.trim()}` : instruction,
      answer: output,
      meta,
    }),
  ),
  layout(
    "evaluation records (Data Swarms, WikiDYK, NLGraph)",
    "input, output",
    { input: text, output: answerText },
    ({ input, output, id, ...meta }) => ({ question: input, answer: output, meta: { ...sourceId(id), ...meta } }),
  ),
  layout(
    "GSM8K",
    'question, answer ending in "#### 72"',
    { question: text, answer: z.string().refine((answer) => splitFinal(answer) !== undefined) },
    ({ question, answer, id, ...meta }) => {
      const [solution, final] = splitFinal(answer) as [string, string];
      return { question, answer: final.replaceAll(",", ""), meta: { ...sourceId(id), ...meta, solution } };
    },
  ),
  layout(
    "TruthfulQA",
    "question, best_answer",
    { question: text, best_answer: answerText.refine((answer) => answer !== "", allowed("a text that is not empty")) },
    ({ question, best_answer, id, ...meta }) => ({ question, answer: best_answer, meta: { ...sourceId(id), ...meta } }),
  ),
  layout(
    "NLGraph",
    "question, answer, difficulty",
    { question: text, answer: answerText, difficulty: z.string() },
    ({ question, answer, id, ...meta }) => ({ question, answer, meta: { ...sourceId(id), ...meta } }),
  ),
  layout(
    "question lines",
    "question, and optionally id, answer, meta",
    {
      question: text,
      id: idText.nullish(),
      answer: answerText.nullish(),
      meta: z.record(z.string(), z.unknown(), allowed("an object")).nullish(),
    },
    ({ question, id, answer, meta, ...rest }) => ({
      question,
      ...(id === undefined || id === null ? {} : { id }),
      ...(answer === undefined || answer === null ? {} : { answer }),
      meta: { ...rest, ...meta },
    }),
  ),
];

/** Reads a record by the first layout that fits. */
export function readRecord(record: unknown): ReadRecord | undefined {
  for (const { read } of LAYOUTS) {
    const result = read(record);
    if (result !== undefined) return result;
  }
  return undefined;
}

/**
 * What is wrong with a field of a record that no layout reads, though one has all its fields: `answer is a list; allowed: a text,
 * a number, true or false`.
 */
export function wrongField(record: unknown): string | undefined {
  if (typeof record !== "object" || record === null || Array.isArray(record)) return undefined;
  for (const one of LAYOUTS) {
    // What GSM8K has besides is a form of its answer, of which the layout of question lines knows more.
    const problem = one.name === "GSM8K" ? undefined : one.wrongField(record as Record<string, unknown>);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** Every layout and its fields in one line. */
export function allowedLayouts(): string {
  return LAYOUTS.map(({ name, fields }) => `${name} (${fields})`).join("; ");
}

function layout<Shape extends z.ZodRawShape>(
  name: string,
  fields: string,
  shape: Shape,
  convert: (record: z.output<z.ZodObject<Shape, z.core.$loose>>) => ReadRecord,
): Layout {
  const schema = z.looseObject(shape);
  const required = Object.entries(shape).flatMap(([field, type]) =>
    z.safeParse(type, undefined).success ? [] : [field],
  );
  return {
    name,
    fields,
    read: (record) => {
      const parsed = schema.safeParse(record);
      return parsed.success ? convert(parsed.data) : undefined;
    },
    wrongField: (record) => {
      if (!required.every((field) => Object.hasOwn(record, field))) return undefined;
      const issue = schema.safeParse(record).error?.issues[0];
      const field = issue?.path[0];
      if (issue === undefined || field === undefined) return undefined;
      return `${String(field)} is ${describe(record[String(field)])}; allowed: ${issue.message}`;
    },
  };
}

function allowed(what: string): { readonly error: string } {
  return { error: what };
}

function describe(value: unknown): string {
  if (value === null) return "null";
  if (value === "" || (typeof value === "string" && value.trim() === "")) return "an empty text";
  if (Array.isArray(value)) return "a list";
  if (value instanceof Uint8Array) return "bytes that are no UTF-8 text";
  if (typeof value === "object") return "an object";
  if (typeof value === "boolean") return `the value ${value}`;
  return typeof value === "number" || typeof value === "bigint" ? `the number ${value}` : "a text";
}

/** The working and the final answer, which is the last line and follows `#### `. */
function splitFinal(answer: string): [solution: string, final: string] | undefined {
  const written = answer.trimEnd();
  const mark = "\n#### ";
  const start = written.lastIndexOf(mark);
  const final = written.slice(start + mark.length);
  return start < 0 || final.trim() === "" || final.includes("\n") ? undefined : [written.slice(0, start), final.trim()];
}

function sourceId(id: unknown): { sourceId?: unknown } {
  return id === undefined ? {} : { sourceId: id };
}
