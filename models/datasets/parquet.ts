import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { asyncBufferFromFile, type Compressors, parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { DatasetError } from "./errors.js";
import { unreadable } from "./file-text.js";
import { PARSERS, ParquetValueError, prepareSchema, storedValue } from "./parquet-values.js";

/** Node's own where Node 20 has them, since they check what they read; Snappy is the reader's. */
const COMPRESSORS: Compressors = {
  GZIP: (bytes) => gunzipSync(bytes),
  BROTLI: (bytes) => brotliDecompressSync(bytes),
  ZSTD: requireCompressor("ZSTD"),
  LZ4: requireCompressor("LZ4"),
  LZ4_RAW: requireCompressor("LZ4_RAW"),
};

/**
 * The rows of a Parquet file, compressed in any way but LZO.
 *
 * | column | value |
 * |---|---|
 * | DECIMAL | a text of all its digits |
 * | DATE, TIMESTAMP | an ISO 8601 text |
 * | FLOAT | the number with the fewest digits that it is |
 * | INT64 | a BigInt |
 * | BYTE_ARRAY not declared as text, and not UTF-8 | bytes |
 *
 * @throws DatasetError
 */
export async function readParquet(path: string): Promise<Record<string, unknown>[]> {
  const rows = await readRows(path);
  return rows.values.map((row, index) => {
    try {
      return storedValue(row, rows.schema.root, rows.schema.scales) as Record<string, unknown>;
    } catch (error) {
      if (!(error instanceof ParquetValueError)) throw error;
      throw new DatasetError("DATASET_MALFORMED", path, error.message, index + 1, { cause: error });
    }
  });
}

async function readRows(
  path: string,
): Promise<{ readonly values: readonly unknown[]; readonly schema: ReturnType<typeof prepareSchema> }> {
  let file: Awaited<ReturnType<typeof asyncBufferFromFile>>;
  try {
    file = await asyncBufferFromFile(path);
  } catch (error) {
    throw unreadable(path, error);
  }
  try {
    const metadata = await parquetMetadataAsync(file);
    const schema = prepareSchema(metadata);
    const values = await parquetReadObjects({
      file,
      metadata,
      compressors: COMPRESSORS,
      parsers: PARSERS,
      utf8: false,
    });
    return { values, schema };
  } catch (error) {
    const problem = `not a Parquet file that can be read: ${(error as Error).message}`;
    throw new DatasetError("DATASET_MALFORMED", path, problem, undefined, { cause: error });
  }
}

function requireCompressor(codec: "ZSTD" | "LZ4" | "LZ4_RAW"): NonNullable<Compressors[typeof codec]> {
  const compressor = compressors[codec];
  if (compressor === undefined) throw new TypeError(`hyparquet-compressors has no ${codec}`);
  return compressor;
}
