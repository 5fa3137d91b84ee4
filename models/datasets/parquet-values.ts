/** From what Parquet stores to values whose text is what was stored. */
import { type FileMetaData, type ParquetParsers, parquetSchema, type SchemaElement, type SchemaTree } from "hyparquet";
import { parseJson } from "./parse-json.js";

/** Dates and times as ISO 8601 texts, with all digits they have; texts that are no UTF-8 stay bytes. */
export const PARSERS: ParquetParsers = {
  dateFromDays: (days) => new Date(days * 86_400_000).toISOString().replace(/T.*$/, ""),
  timestampFromMilliseconds: (milliseconds) => dateAndTime(milliseconds, 3),
  timestampFromMicroseconds: (microseconds) => dateAndTime(microseconds, 6),
  timestampFromNanoseconds: (nanoseconds) => dateAndTime(nanoseconds, 9),
  stringFromBytes: textOrBytes,
  jsonFromBytes: (bytes) => {
    const text = textOrBytes(bytes);
    return typeof text === "string" ? parseJson(text) : text;
  },
  geometryFromBytes: (bytes) => bytes,
  geographyFromBytes: (bytes) => bytes,
  uuidFromBytes: (bytes) =>
    Buffer.from(bytes)
      .toString("hex")
      .replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"),
};

/** A value that cannot be read; the path names its column, `a.b` within a structure. */
export class ParquetValueError extends Error {
  override readonly name = "ParquetValueError";
  readonly code = "NOT_UTF8";
}

/** A schema whose every declaration is known, and the decimals in it. */
export interface StoredSchema {
  readonly root: SchemaTree;
  readonly scales: ReadonlyMap<SchemaElement, number>;
}

/**
 * Takes the declaration off decimals, which the reader would make doubles of, and declares in the old way what a writer declared
 * only in the new one, which the reader would pass over.
 */
export function prepareSchema(metadata: FileMetaData): StoredSchema {
  const scales = new Map<SchemaElement, number>();
  for (const element of metadata.schema) {
    const declared = element.logical_type;
    if (element.converted_type === "DECIMAL" || declared?.type === "DECIMAL") {
      scales.set(element, declared?.type === "DECIMAL" ? declared.scale : (element.scale ?? 0));
      delete element.converted_type;
      delete element.logical_type;
    } else if (declared?.type === "DATE" || declared?.type === "JSON") element.converted_type ??= declared.type;
  }
  return { root: parquetSchema(metadata), scales };
}

/**
 * A value as `PARSERS` left it, with decimals and single-precision numbers as their own texts say: DECIMAL(20, 2) is a text of all
 * its digits, FLOAT 0.1 the number 0.1. Bytes that are declared as nothing are a text where they are UTF-8.
 *
 * @throws ParquetValueError
 */
export function storedValue(value: unknown, node: SchemaTree, scales: StoredSchema["scales"]): unknown {
  if (value === null || value === undefined) return value;
  const { element, children } = node;
  if (Array.isArray(value)) {
    const [list] = children;
    const item = element.converted_type === "LIST" ? (list?.children[0] ?? list ?? node) : node;
    return value.map((one: unknown) => storedValue(one, item, scales));
  }
  if (children.length === 0) return leafValue(value, node, scales);
  if (typeof value !== "object") return value;
  const ofMap = element.converted_type === "MAP" ? children[0]?.children[1] : undefined;
  const entries = Object.entries(value).map(([name, inner]) => {
    const child = ofMap ?? children.find((one) => one.element.name === name);
    return [name, child === undefined ? inner : storedValue(inner, child, scales)] as const;
  });
  return Object.fromEntries(entries);
}

function leafValue(value: unknown, { element, path }: SchemaTree, scales: StoredSchema["scales"]): unknown {
  const scale = scales.get(element);
  if (scale !== undefined) return decimalText(value as number | bigint | Uint8Array, scale);
  const { type, converted_type: declared, logical_type: logical } = element;
  if (type === "FLOAT") return shortestSingle(value as number);
  // Nothing says in which zone it is.
  if (logical?.type === "TIMESTAMP" && !logical.isAdjustedToUTC) return String(value).replace(/Z$/, "");
  if (!(value instanceof Uint8Array) || type !== "BYTE_ARRAY") return value;
  const text = textOrBytes(value);
  if (typeof text === "string" || (declared === undefined && logical?.type !== "STRING")) return text;
  throw new ParquetValueError(`${path.join(".")} holds bytes that are no UTF-8 text`);
}

function textOrBytes(bytes: Uint8Array): string | Uint8Array {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return bytes;
  }
}

function decimalText(value: number | bigint | Uint8Array, scale: number): string {
  const unscaled = value instanceof Uint8Array ? signed(value) : BigInt(value);
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, "0");
  const sign = unscaled < 0n ? "-" : "";
  return scale === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Of big-endian two's complement. */
function signed(bytes: Uint8Array): bigint {
  const value = bytes.length === 0 ? 0n : BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
  return BigInt.asIntN(8 * bytes.length, value);
}

/** The double with the fewest digits that single precision takes for the value; nine tell all of its values apart. */
function shortestSingle(value: number): number {
  for (let digits = 1; digits <= 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}

/** Whole seconds without a fraction, else the fraction with all its digits. */
function dateAndTime(count: bigint, digits: number): string {
  const perSecond = 10n ** BigInt(digits);
  const fraction = ((count % perSecond) + perSecond) % perSecond;
  const seconds = new Date(Number((count - fraction) / perSecond) * 1000).toISOString().slice(0, -".000Z".length);
  return fraction === 0n ? `${seconds}Z` : `${seconds}.${String(fraction).padStart(digits, "0")}Z`;
}
