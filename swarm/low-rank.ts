/** Linear combinations of products of two thin matrices, brought back to a low rank without ever multiplying them out. */
import { Matrix, QrDecomposition, SingularValueDecomposition } from "ml-matrix";

/** The matrix `left` × `right`. Numbers lie row by row. */
export interface LowRankMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly rank: number;
  /** rows × rank. */
  readonly left: Float32Array | Float64Array;
  /** rank × columns. */
  readonly right: Float32Array | Float64Array;
}

/** What a truncation kept and what it dropped. */
export interface Truncation {
  readonly matrix: LowRankMatrix;
  /** Squared Frobenius norm of the untruncated matrix. */
  readonly energy: number;
  /** Squared Frobenius norm of the difference: the squares of the dropped singular values (Eckart and Young, 1936). */
  readonly droppedEnergy: number;
}

/** Orthonormal columns (null: those of the identity) and what a matrix is in them. */
interface Basis {
  readonly vectors: Matrix | null;
  readonly coordinates: Matrix;
}

/**
 * The best approximations, of the given rank, of Σ weights[i] × terms[i], one for each list of weights: with the lefts of all terms
 * side by side as Q₁R₁ and their rights, transposed, as Q₂R₂, the sum is Q₁ (R₁ diag(weights) R₂ᵀ) Q₂ᵀ, and the small core's
 * singular value decomposition U S Vᵀ gives left = Q₁ U √S and right = √S Vᵀ Q₂ᵀ. In double precision. The largest component of
 * each column of left is positive. Throws RangeError where sizes do not agree.
 */
export function combineLowRank(options: {
  readonly terms: readonly LowRankMatrix[];
  readonly weights: readonly (readonly number[])[];
  readonly rank: number;
}): Truncation[] {
  const { terms, weights, rank } = options;
  checkSizes(terms, weights);
  const left = basisOf(besideEachOther(terms.map((term) => leftOf(term))));
  const right = basisOf(besideEachOther(terms.map((term) => rightTransposedOf(term))));
  const sizes = terms.map(({ left, right }) => norm(left) * norm(right));
  return weights.map((own) => {
    const perColumn = terms.flatMap((term, index) => Array<number>(term.rank).fill(own[index]!));
    const core = left.coordinates.clone().mulRowVector(perColumn).mmul(right.coordinates.transpose());
    // What rounding alone can make of a sum that cancels.
    const largest = own.reduce((sum, weight, index) => sum + Math.abs(weight) * sizes[index]!, 0);
    const rounding = Number.EPSILON * Math.max(core.rows, core.columns) * largest;
    return truncate({ left, right, core, rank, rounding });
  });
}

/** √(dropped / total energy) over some truncations: the relative Frobenius error of all of them together; 0 of nothing. */
export function relativeError(truncations: Iterable<Pick<Truncation, "energy" | "droppedEnergy">>): number {
  let [energy, dropped] = [0, 0];
  for (const one of truncations) {
    energy += one.energy;
    dropped += one.droppedEnergy;
  }
  return energy === 0 ? 0 : Math.sqrt(dropped / energy);
}

function truncate(options: {
  readonly left: Basis;
  readonly right: Basis;
  readonly core: Matrix;
  readonly rank: number;
  readonly rounding: number;
}): Truncation {
  const { left, right, core, rank, rounding } = options;
  const decomposed = new SingularValueDecomposition(core, { autoTranspose: true });
  const values = decomposed.diagonal.map((value) => (value <= rounding ? 0 : value));
  const kept = Math.min(rank, values.length);
  const leftVectors = inBasis(left, decomposed.leftSingularVectors, kept);
  const rightVectors = inBasis(right, decomposed.rightSingularVectors, kept);
  const [rows, columns] = [leftVectors.rows, rightVectors.rows];
  // Where the matrix has fewer singular values than `rank`, the rest stays zero.
  const matrix = {
    rows,
    columns,
    rank,
    left: new Float64Array(rows * rank),
    right: new Float64Array(rank * columns),
  };
  for (let index = 0; index < kept; index++) {
    const factor = Math.sqrt(values[index]!);
    const signed = signOfLargest(leftVectors, index) * factor;
    for (let row = 0; row < rows; row++) matrix.left[row * rank + index] = signed * leftVectors.get(row, index);
    for (let row = 0; row < columns; row++) {
      matrix.right[index * columns + row] = signed * rightVectors.get(row, index);
    }
  }
  const energies = values.map((value) => value * value);
  return { matrix, energy: sum(energies), droppedEnergy: sum(energies.slice(kept)) };
}

function basisOf(matrix: Matrix): Basis {
  // No fewer columns than rows: an orthonormal basis of them would be no smaller than the identity.
  if (matrix.rows <= matrix.columns) return { vectors: null, coordinates: matrix };
  const decomposed = new QrDecomposition(matrix);
  return { vectors: decomposed.orthogonalMatrix, coordinates: decomposed.upperTriangularMatrix };
}

function inBasis({ vectors }: Basis, coordinates: Matrix, kept: number): Matrix {
  const first = coordinates.subMatrix(0, coordinates.rows - 1, 0, kept - 1);
  return vectors === null ? first : vectors.mmul(first);
}

function signOfLargest(matrix: Matrix, column: number): 1 | -1 {
  let largest = 0;
  for (let row = 0; row < matrix.rows; row++) {
    const value = matrix.get(row, column);
    if (Math.abs(value) > Math.abs(largest)) largest = value;
  }
  return largest < 0 ? -1 : 1;
}

function leftOf({ rows, rank, left }: LowRankMatrix): Matrix {
  const matrix = new Matrix(rows, rank);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < rank; column++) matrix.set(row, column, left[row * rank + column]!);
  }
  return matrix;
}

function rightTransposedOf({ columns, rank, right }: LowRankMatrix): Matrix {
  const matrix = new Matrix(columns, rank);
  for (let row = 0; row < columns; row++) {
    for (let column = 0; column < rank; column++) matrix.set(row, column, right[column * columns + row]!);
  }
  return matrix;
}

function besideEachOther(matrices: readonly Matrix[]): Matrix {
  const all = new Matrix(matrices[0]!.rows, sum(matrices.map(({ columns }) => columns)));
  let column = 0;
  for (const matrix of matrices) {
    all.setSubMatrix(matrix, 0, column);
    column += matrix.columns;
  }
  return all;
}

function checkSizes(terms: readonly LowRankMatrix[], weights: readonly (readonly number[])[]): void {
  const [first] = terms;
  if (first === undefined) throw new RangeError("there are no matrices to combine");
  for (const { rows, columns, rank, left, right } of terms) {
    if (rows !== first.rows || columns !== first.columns) {
      throw new RangeError(`a matrix is ${rows} × ${columns}, but the first one ${first.rows} × ${first.columns}`);
    }
    if (left.length !== rows * rank || right.length !== rank * columns) {
      const found = `${left.length} and ${right.length}`;
      throw new RangeError(`factors have ${found} numbers, but ${rows} × ${columns} of rank ${rank} needs others`);
    }
  }
  const wrong = weights.find((own) => own.length !== terms.length);
  if (wrong !== undefined) throw new RangeError(`there are ${wrong.length} weights for ${terms.length} matrices`);
}

function norm(values: Float32Array | Float64Array): number {
  let energy = 0;
  for (const value of values) energy += value * value;
  return Math.sqrt(energy);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
