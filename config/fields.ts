/** Building blocks of the schemas. The message of an issue is what is allowed; `describeIssues` adds where and what it got. */
import { z } from "zod";

interface Range {
  readonly from?: number;
  /** In place of `from`, where the bound itself is not allowed. */
  readonly above?: number;
  readonly to?: number;
}

/** A whole number in a range, both ends in it. */
export function integer({
  from,
  to = Number.MAX_SAFE_INTEGER,
}: {
  readonly from: number;
  readonly to?: number;
}): z.ZodNumber {
  const hasOwnEnd = to !== Number.MAX_SAFE_INTEGER;
  const inRange = `a whole number from ${from} ${hasOwnEnd ? `to ${to}` : "up"}`;
  const inSafeRange = hasOwnEnd ? inRange : `a whole number from ${from} to 2^53 - 1, beyond which digits are lost`;
  const allowed = { error: ({ code }: { readonly code: string }) => (code === "too_big" ? inSafeRange : inRange) };
  return z.number(allowed).int(allowed).min(from, allowed).max(to, allowed);
}

/** A finite number in a range. */
export function decimal({ from, above, to }: Range): z.ZodNumber {
  const start = above === undefined ? `from ${from ?? "any"}` : `above ${above}`;
  const allowed = { error: `a number ${start}${to === undefined ? "" : ` to ${to}`}` };
  let schema = z.number(allowed);
  if (from !== undefined) schema = schema.min(from, allowed);
  if (above !== undefined) schema = schema.gt(above, allowed);
  if (to !== undefined) schema = schema.max(to, allowed);
  return schema;
}

/** A text that is not empty. */
export function text(allowed: string, pattern = /\S/): z.ZodString {
  return z.string({ error: allowed }).regex(pattern, { error: allowed });
}

export function oneOf<const Name extends string>(names: readonly Name[]): z.ZodEnum<{ [Key in Name]: Key }> {
  return z.enum(names, { error: `one of ${names.join(", ")}` });
}

export function listOf<Item extends z.ZodType>(item: Item, what: string): z.ZodArray<Item> {
  return z.array(item, { error: `a list of ${what}` });
}

/** A mapping in which unknown keys are errors; their issue's message carries the known ones, separated by spaces. */
export function section<Shape extends z.core.$ZodLooseShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: ({ code }) => (code === "unrecognized_keys" ? known.join(" ") : `a section with ${known.join(", ")}`),
  });
}

/** Checks a value by the schema that is chosen by looking at it, so that its problems are those of what it was meant to be. */
export function chosenBy<Value>(choose: (value: unknown) => z.ZodType<Value>): z.ZodType<Value> {
  return z.unknown().transform((value, context) => {
    const result = choose(value).safeParse(value);
    if (result.success) return result.data;
    context.issues.push(...result.error.issues.map((issue) => ({ ...issue, input: value }) as z.core.$ZodRawIssue));
    return z.NEVER;
  });
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
