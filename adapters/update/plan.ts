/** How one pass goes over the adapters of an update, whatever the order and type of the tensors in each file. */
import { elementSize, type ElementType } from "../element-type.js";
import { AdapterError } from "../error.js";
import type { UpdateCoefficients } from "../kernel/kernel.js";
import type { SafetensorsReader } from "../safetensors/reader.js";

/** The adapters that one update reads. Roles that share a reader are read once. */
export interface UpdateInputs {
  /** x: gives the results their tensor order, storage types and metadata. */
  readonly position: SafetensorsReader;
  /** v; zero where it is left out (v₀ = 0). */
  readonly velocity?: SafetensorsReader;
  /** p */
  readonly personalBest: SafetensorsReader;
  /** g */
  readonly globalBest: SafetensorsReader;
  /** g_w */
  readonly globalWorst: SafetensorsReader;
}

/** A run of numbers that lies in one piece in every file. */
export interface Piece {
  readonly count: number;
  /** Where it lies in each of the distinct readers. */
  readonly places: readonly Place[];
}

export interface Place {
  /** Byte offset in the file. */
  readonly offset: number;
  readonly type: ElementType;
}

export function distinctReaders(inputs: UpdateInputs): SafetensorsReader[] {
  const { position, velocity, personalBest, globalBest, globalWorst } = inputs;
  const all = [position, ...(velocity === undefined ? [] : [velocity]), personalBest, globalBest, globalWorst];
  return [...new Set(all)];
}

/**
 * The pieces in the order of the first reader's bytes, none larger than `maximum` numbers. Together they are that whole file.
 * Throws where the others do not have exactly the first one's tensors and shapes.
 */
export function planPieces(readers: readonly SafetensorsReader[], maximum: number): Piece[] {
  const [first, ...others] = readers as [SafetensorsReader, ...SafetensorsReader[]];
  for (const other of others) assertSameTensors(first, other);
  const runs: Piece[] = [];
  for (const { name, count } of first.tensors) {
    if (count === 0) continue;
    const places = readers.map((reader) => reader.byName.get(name)!);
    const last = runs.at(-1);
    if (last !== undefined && places.every((place, index) => follows(place, last.places[index]!, last.count))) {
      runs[runs.length - 1] = { ...last, count: last.count + count };
    } else {
      runs.push({ count, places: places.map(({ offset, type }) => ({ offset, type })) });
    }
  }
  return runs.flatMap((run) => cut(run, maximum));
}

function follows(place: Place, before: Place, count: number): boolean {
  return place.type === before.type && place.offset === before.offset + count * elementSize(before.type);
}

function cut(run: Piece, maximum: number): Piece[] {
  return Array.from({ length: Math.ceil(run.count / maximum) }, (_, index) => ({
    count: Math.min(maximum, run.count - index * maximum),
    places: run.places.map(({ offset, type }) => ({ type, offset: offset + index * maximum * elementSize(type) })),
  }));
}

/** Throws `INVALID_COEFFICIENT`. */
export function assertCoefficients(coefficients: UpdateCoefficients, file: string): void {
  for (const [name, value] of Object.entries(coefficients)) {
    if (Number.isFinite(value)) continue;
    const problem = `the ${name} coefficient is ${value}; it must be a finite number`;
    throw new AdapterError({ code: "INVALID_COEFFICIENT", file, problem });
  }
}

/** Throws `UNEXPECTED_TENSOR`, `SHAPE_MISMATCH` or `MISSING_TENSOR` where the other does not have the first one's tensors. */
export function assertSameTensors(first: SafetensorsReader, other: SafetensorsReader): void {
  for (const { name, shape } of other.tensors) {
    const expected = first.byName.get(name);
    if (expected === undefined) {
      const problem = `is not in ${first.file}: adapters of one swarm must have the same tensors`;
      throw new AdapterError({ code: "UNEXPECTED_TENSOR", file: other.file, tensor: name, problem });
    }
    if (shape.join() !== expected.shape.join()) {
      const problem = `has shape [${shape.join(", ")}], but [${expected.shape.join(", ")}] in ${first.file}`;
      throw new AdapterError({ code: "SHAPE_MISMATCH", file: other.file, tensor: name, problem });
    }
  }
  const missing = first.tensors.find(({ name }) => !other.byName.has(name));
  if (missing === undefined) return;
  const problem = `is missing, but in ${first.file}: adapters of one swarm must have the same tensors`;
  throw new AdapterError({ code: "MISSING_TENSOR", file: other.file, tensor: missing.name, problem });
}
