/** What the swarm update needs of arithmetic, over one block of memory. All positions are byte offsets in `memory`. */
import type { ElementType } from "../element-type.js";

/** The scalars of v' = velocity·v + personalBest·(p − x) + globalBest·(g − x) + globalWorst·(x − g_w); x' = x + stepLength·v'. */
export interface UpdateCoefficients {
  /** r_v φ_v / C */
  readonly velocity: number;
  /** r_p φ_p / C */
  readonly personalBest: number;
  /** r_g φ_g / C */
  readonly globalBest: number;
  /** r_w φ_w / C, positive: it moves away from the global worst. */
  readonly globalWorst: number;
  /** λ */
  readonly stepLength: number;
}

/** Where the f32 operands and results of one update lie. Inputs may coincide. */
export interface UpdateOperands {
  readonly position: number;
  readonly velocity: number;
  readonly personalBest: number;
  readonly globalBest: number;
  readonly globalWorst: number;
  readonly nextVelocity: number;
  readonly nextPosition: number;
}

/** Half-precision storage types, which are widened to f32 before and narrowed after the arithmetic. */
export type HalfType = Exclude<ElementType, "F32">;

/** Counts are in numbers and multiples of `LANES`. */
export interface UpdateKernel {
  readonly memory: Uint8Array<ArrayBuffer>;
  widen(type: HalfType, from: number, to: number, count: number): void;
  /** Rounds to nearest, ties to even. */
  narrow(type: HalfType, from: number, to: number, count: number): void;
  /**
   * Computes in f32, one rounding per operation, in the order of the formula, without fused multiply-add.
   * @returns the bits of the largest absolute value written; an infinity or NaN counts as larger than every number
   */
  update(at: UpdateOperands, count: number, coefficients: UpdateCoefficients): number;
}

export const LANES = 8;
