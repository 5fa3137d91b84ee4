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
}

const text = z.string().trim().min(1);
const answerText = z.union([z.string().trim(), z.number().transform(String), z.bigint().transform(String)]);

/**
 * Layouts in the order in which they are tried; fields that a layout does not name go into `meta`.
 * A layout is told by its fields alone, so a file needs no declaration of what it is.
 */
export const LAYOUTS: readonly Layout[] = [
  layout(
    "Alpaca",
    "instruction, input, output",
    z.looseObject({ instruction: text, input: z.string().nullish(), output: z.string() }),
    ({ instruction, input, output, text: _prompt, ...meta }) => ({
      question: input?.trim() ? `${instruction}\n${input.trim()}` : instruction,
      answer: output.trim(),
      meta,
    }),
  ),
  layout(
    "evaluation records (Data Swarms, WikiDYK, NLGraph)",
    "input, output",
    z.looseObject({ input: text, output: answerText }),
    ({ input, output, id, ...meta }) => ({ question: input, answer: output, meta: { ...sourceId(id), ...meta } }),
  ),
  layout(
    "GSM8K",
    'question, answer ending in "#### 72"',
    z.looseObject({ question: text, answer: z.string().regex(/\n#### .+\s*$/) }),
    ({ question, answer, id, ...meta }) => {
      const [solution, final] = answer.split(/\n#### (?=[^\n]+\s*$)/) as [string, string];
      return { question, answer: final.trim().replaceAll(",", ""), meta: { ...sourceId(id), ...meta, solution } };
    },
  ),
  layout(
    "TruthfulQA",
    "question, best_answer",
    z.looseObject({ question: text, best_answer: text }),
    ({ question, best_answer, id, ...meta }) => ({ question, answer: best_answer, meta: { ...sourceId(id), ...meta } }),
  ),
  layout(
    "NLGraph",
    "question, answer, difficulty",
    z.looseObject({ question: text, answer: answerText, difficulty: z.string() }),
    ({ question, answer, id, ...meta }) => ({ question, answer, meta: { ...sourceId(id), ...meta } }),
  ),
  layout(
    "question lines",
    "question, and optionally id, answer, meta",
    z.looseObject({
      question: text,
      id: z.string().min(1).optional(),
      answer: answerText.nullish(),
      meta: z.record(z.string(), z.unknown()).optional(),
    }),
    ({ question, id, answer, meta, ...rest }) => ({
      question,
      ...(id === undefined ? {} : { id }),
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

/** Every layout and its fields in one line. */
export function allowedLayouts(): string {
  return LAYOUTS.map(({ name, fields }) => `${name} (${fields})`).join("; ");
}

function layout<Schema extends z.ZodType>(
  name: string,
  fields: string,
  schema: Schema,
  convert: (record: z.output<Schema>) => ReadRecord,
): Layout {
  return {
    name,
    fields,
    read: (record) => {
      const parsed = schema.safeParse(record);
      return parsed.success ? convert(parsed.data) : undefined;
    },
  };
}

function sourceId(id: unknown): { sourceId?: unknown } {
  return id === undefined ? {} : { sourceId: id };
}
