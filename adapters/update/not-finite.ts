/** Which number it is that an update can not be made of or stored. */
import { elementSize } from "../element-type.js";
import { AdapterError } from "../error.js";
import type { SafetensorsReader } from "../safetensors/reader.js";
import { firstUnstorable, notFinite } from "../tensor-codec.js";
import type { Place } from "./plan.js";

interface Placed {
  readonly reader: SafetensorsReader;
  readonly place: Place;
}

/**
 * The error of a block in which a result is NaN, infinite or too large to be stored: of the input that has such a number, else of the
 * position's tensor that the result belongs to.
 * @param block f32 forms of what came in and out, and the number of the piece that they begin with
 */
export function blame(block: {
  readonly position: Placed;
  readonly operands: readonly (Placed & { readonly values: Float32Array })[];
  readonly results: readonly Float32Array[];
  readonly start: number;
}): AdapterError {
  const { position, operands, results, start } = block;
  for (const { values, ...placed } of operands) {
    const bad = firstUnstorable(values, "F32");
    if (bad === -1) continue;
    const { tensor, index } = numberAt(placed, start + bad);
    return notFinite(placed.reader.file, tensor, index, values[bad]!);
  }
  const { type } = position.place;
  const bads = results.map((values) => firstUnstorable(values, type)).filter((bad) => bad !== -1);
  const { tensor, index } = numberAt(position, start + Math.min(...bads));
  const problem = `the update of number ${index} is NaN, infinite or too large for ${type}`;
  return new AdapterError({ code: "NOT_FINITE", file: position.reader.file, tensor, problem });
}

function numberAt({ reader, place }: Placed, index: number): { readonly tensor: string; readonly index: number } {
  const offset = place.offset + index * elementSize(place.type);
  const entry = reader.tensors.findLast((tensor) => tensor.offset <= offset)!;
  return { tensor: entry.name, index: (offset - entry.offset) / elementSize(place.type) };
}
