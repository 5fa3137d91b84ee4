import type { ByteSource } from "../../store/store.js";
import { GIT_LFS_POINTER_LIMIT, GIT_LFS_POINTER_PROBLEM, isGitLfsPointer } from "../../config/git-lfs-pointer.js";
import { AdapterError } from "../error.js";
import { LENGTH_BYTES, MAXIMUM_HEADER_BYTES, parseHeader, type TensorEntry } from "./header.js";

/** An open safetensors file whose header has been checked against its size. Only the header is in memory. */
export interface SafetensorsReader {
  /** The file's name for errors. */
  readonly file: string;
  readonly source: ByteSource;
  /** In the order of their bytes in the file. */
  readonly tensors: readonly TensorEntry[];
  readonly byName: ReadonlyMap<string, TensorEntry>;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Reads and checks the header. Rejects with `CORRUPT`, `NOT_DOWNLOADED` or `UNSUPPORTED_DTYPE`. The caller closes the source.
 * @param file the file's name for errors
 */
export async function readSafetensors(source: ByteSource, file: string): Promise<SafetensorsReader> {
  const corrupt = (problem: string): AdapterError => new AdapterError({ code: "CORRUPT", file, problem });
  if (source.size < LENGTH_BYTES) throw corrupt(`has ${source.size} bytes: too short for a safetensors file`);
  await refusePointer(source, file);
  const start = await source.read(0, LENGTH_BYTES);
  const length = new DataView(start.buffer, start.byteOffset, LENGTH_BYTES).getBigUint64(0, true);
  if (length > BigInt(MAXIMUM_HEADER_BYTES) || length > BigInt(source.size - LENGTH_BYTES)) {
    throw corrupt(`is no safetensors file: its first eight bytes promise a header of ${length} bytes`);
  }
  const json = await source.read(LENGTH_BYTES, Number(length));
  const { tensors, metadata } = parseHeader(json, { file, size: source.size });
  return { file, source, tensors, metadata, byName: new Map(tensors.map((tensor) => [tensor.name, tensor])) };
}

async function refusePointer(source: ByteSource, file: string): Promise<void> {
  if (source.size >= GIT_LFS_POINTER_LIMIT || !isGitLfsPointer(await source.read(0, source.size))) return;
  throw new AdapterError({ code: "NOT_DOWNLOADED", file, problem: GIT_LFS_POINTER_PROBLEM });
}
