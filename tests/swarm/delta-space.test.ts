import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { deltaUpdate, type DeltaParticle } from "../../swarm/delta-space.js";
import { relativeError, type LowRankMatrix, type Truncation } from "../../swarm/low-rank.js";
import { RandomStream } from "../../swarm/random.js";
import { referenceUpdate } from "../../swarm/reference-update.js";
import type { UpdateCoefficients } from "../../swarm/velocity.js";

const ROLES = ["position", "velocity", "personalBest", "globalBest", "globalWorst"] as const;
type Role = (typeof ROLES)[number];

interface Factors {
  readonly left: readonly number[];
  readonly right: readonly number[];
}

interface Case {
  readonly rows: number;
  readonly columns: number;
  readonly rank: number;
  readonly adapters: Readonly<Record<Role, Factors>>;
  readonly velocity: Factors & { readonly singularValues: readonly number[]; readonly error: number };
  readonly position: Case["velocity"];
}

/** Written by make_delta_space.py with numpy. */
const golden = JSON.parse(readFileSync(new URL("delta-space.golden.json", import.meta.url), "utf8")) as {
  readonly coefficients: UpdateCoefficients;
  readonly cases: readonly Case[];
};

function lowRank(rows: number, columns: number, { left, right }: Factors): LowRankMatrix {
  const rank = left.length / rows;
  return { rows, columns, rank, left: Float64Array.from(left), right: Float64Array.from(right) };
}

function multiplied({ rows, columns, rank, left, right }: LowRankMatrix): Float64Array {
  return Float64Array.from({ length: rows * columns }, (_, at) => {
    const [row, column] = [Math.floor(at / columns), at % columns];
    let sum = 0;
    for (let index = 0; index < rank; index++) sum += left[row * rank + index]! * right[index * columns + column]!;
    return sum;
  });
}

function expectClose(found: ArrayLike<number>, wanted: ArrayLike<number>, tolerance = 1e-10): void {
  expect(found.length).toBe(wanted.length);
  for (let at = 0; at < found.length; at++) expect(Math.abs(found[at]! - wanted[at]!)).toBeLessThan(tolerance);
}

const nothing = { velocity: null, startTowards: null, personalBest: null, globalBest: null, globalWorst: null };
const still = { velocity: 0, personalBest: 0, globalBest: 0, globalWorst: 0 };

describe("a move of weight changes worked out by hand", () => {
  // x = diag(2, 0), g = diag(0, 1), v' = .5 (g - x) = diag(-1, .5), x' = x + 2 v' = diag(0, 1).
  const particle: DeltaParticle = {
    ...nothing,
    position: lowRank(2, 2, { left: [1, 0], right: [2, 0] }),
    globalBest: lowRank(2, 2, { left: [0, 1], right: [0, 1] }),
  };
  const { velocity, position } = deltaUpdate(particle, { ...still, globalBest: 0.5, stepLength: 2 });

  it("keeps the largest singular value of v', with its left vector positive, and reports the rest as its error", () => {
    expectClose(velocity.matrix.left, [1, 0]);
    expectClose(velocity.matrix.right, [-1, 0]);
    expect(velocity.energy).toBeCloseTo(1.25, 12);
    expect(velocity.droppedEnergy).toBeCloseTo(0.25, 12);
    expect(relativeError([velocity])).toBeCloseTo(0.5 / Math.sqrt(1.25), 12);
  });

  it("moves x by v' as it was before its truncation: by the truncated one x' would be 0", () => {
    expectClose(position.matrix.left, [0, 1]);
    expectClose(position.matrix.right, [0, 1]);
    expect(relativeError([position])).toBe(0);
  });

  it("adds up the energies of modules before it takes their ratio", () => {
    // √((.25 + 0) / (1.25 + 1)).
    expect(relativeError([velocity, position])).toBeCloseTo(1 / 3, 12);
  });
});

describe.each(golden.cases)("five random adapters of rank $rank, $rows × $columns", (one) => {
  const { rows, columns, rank } = one;
  const adapters = Object.fromEntries(
    ROLES.map((role) => [role, lowRank(rows, columns, one.adapters[role])]),
  ) as Record<Role, LowRankMatrix>;
  const updated = deltaUpdate({ ...adapters, startTowards: null }, golden.coefficients);

  it.each(["velocity", "position"] as const)("give numpy's factors of the truncated %s", (role) => {
    const { matrix } = updated[role];
    expect([matrix.rows, matrix.columns, matrix.rank]).toEqual([rows, columns, rank]);
    expectClose(matrix.left, one[role].left);
    expectClose(matrix.right, one[role].right);
  });

  it.each(["velocity", "position"] as const)("lose of their %s what numpy's dropped singular values hold", (role) => {
    const energies = one[role].singularValues.map((value) => value ** 2);
    const total = energies.reduce((sum, energy) => sum + energy, 0);
    const dropped = energies.slice(rank).reduce((sum, energy) => sum + energy, 0);
    expect(updated[role].energy).toBeCloseTo(total, 9);
    expect(updated[role].droppedEnergy).toBeCloseTo(dropped, 9);
    // Numpy's norm of the difference of the full matrices.
    expect(relativeError([updated[role]])).toBeCloseTo(one[role].error, 10);
  });
});

describe("a move of weight changes", () => {
  const random = new RandomStream({ seed: 8, purpose: "delta space" });
  const numbers = (count: number): number[] => Array.from({ length: count }, () => random.normal());
  const [rows, columns, rank] = [17, 15, 3];
  const product = (left = numbers(rows * rank)): LowRankMatrix =>
    lowRank(rows, columns, { left, right: numbers(rank * columns) });
  const coefficients = { velocity: 0.2, personalBest: 0.3, globalBest: 0.35, globalWorst: 0.15, stepLength: 0.7 };

  const expectFormula = (
    found: { readonly velocity: Truncation; readonly position: Truncation },
    particle: Omit<DeltaParticle, "startTowards">,
  ): void => {
    const full = (matrix: LowRankMatrix | null): Float64Array | null => matrix && multiplied(matrix);
    const wanted = referenceUpdate(
      {
        position: multiplied(particle.position),
        velocity: full(particle.velocity),
        personalBest: full(particle.personalBest),
        globalBest: full(particle.globalBest),
        globalWorst: full(particle.globalWorst),
      },
      coefficients,
    );
    for (const role of ["velocity", "position"] as const) {
      expectClose(multiplied(found[role].matrix), wanted[role], 1e-11);
      expect(relativeError([found[role]])).toBeLessThan(1e-12);
    }
  };

  it("is exact where the sum's rank is no larger than the adapters'", () => {
    const left = numbers(rows * rank);
    const particle = {
      position: product(left),
      velocity: product(left),
      personalBest: product(left),
      globalBest: product(left),
      globalWorst: product(left),
    };
    expectFormula(deltaUpdate({ ...particle, startTowards: null }, coefficients), particle);
  });

  it("is exact where the rank is no smaller than the matrix", () => {
    const of = (): LowRankMatrix => lowRank(2, 3, { left: numbers(8), right: numbers(12) });
    const particle = { position: of(), velocity: of(), personalBest: of(), globalBest: of(), globalWorst: of() };
    const found = deltaUpdate({ ...particle, startTowards: null }, coefficients);
    expectFormula(found, particle);
    expect(found.position.matrix.rank).toBe(4);
  });

  it("is exact where adapters lie in several places: once as objects, and once as equal numbers", () => {
    const position = product();
    const copy = { ...position };
    const particle = { ...nothing, position, personalBest: position, globalBest: copy, globalWorst: copy };
    expectFormula(deltaUpdate(particle, coefficients), particle);
  });

  it("stands still, with a velocity of exactly zero, where everything is x", () => {
    const position = product();
    const copy = { ...position };
    for (const particle of [
      { ...nothing, position, personalBest: position, globalBest: position, globalWorst: position },
      { ...nothing, position, personalBest: copy, globalBest: copy, globalWorst: { ...copy } },
      { ...nothing, position },
    ]) {
      const updated = deltaUpdate(particle, coefficients);
      expect(updated.velocity.energy).toBe(0);
      expect([...updated.velocity.matrix.left, ...updated.velocity.matrix.right].every((value) => value === 0)).toBe(
        true,
      );
      expectClose(multiplied(updated.position.matrix), multiplied(position), 1e-12);
    }
  });

  it("takes adapters that change nothing yet", () => {
    const position = lowRank(rows, columns, {
      left: Array<number>(rows * rank).fill(0),
      right: numbers(rank * columns),
    });
    const { position: moved } = deltaUpdate({ ...nothing, position, globalWorst: { ...position } }, coefficients);
    expect([moved.energy, relativeError([moved])]).toEqual([0, 0]);
    expect(moved.matrix.left.every((value) => value === 0)).toBe(true);
  });

  it("starts towards another particle with v = x_j - x", () => {
    const [position, startTowards, globalBest] = [product(), product(), product()];
    const given = lowRank(rows, columns, {
      left: joined(startTowards, position),
      right: [...startTowards.right, ...position.right.map((value) => -value)],
    });
    const others = { ...nothing, position, globalBest };
    const towards = deltaUpdate({ ...others, startTowards }, coefficients);
    const asVelocity = deltaUpdate({ ...others, velocity: given }, coefficients);
    for (const role of ["velocity", "position"] as const) {
      expectClose(multiplied(towards[role].matrix), multiplied(asVelocity[role].matrix));
      expect(towards[role].droppedEnergy).toBeCloseTo(asVelocity[role].droppedEnergy, 9);
    }
  });

  it("gives the same bits again", () => {
    const particle = { ...nothing, position: product(), globalBest: product(), globalWorst: product() };
    expect(deltaUpdate(particle, coefficients)).toEqual(deltaUpdate(structuredClone(particle), coefficients));
  });

  it("refuses matrices of different sizes, and factors that do not fit theirs", () => {
    const position = product();
    const wide = lowRank(rows, columns + 1, { left: numbers(rows * rank), right: numbers(rank * (columns + 1)) });
    const short = { ...position, left: position.left.slice(1) };
    for (const globalBest of [wide, short]) {
      expect(() => deltaUpdate({ ...nothing, position, globalBest }, coefficients)).toThrow(RangeError);
    }
  });

  function joined(one: LowRankMatrix, other: LowRankMatrix): number[] {
    return Array.from({ length: rows }, (_, row) => [
      ...one.left.slice(row * rank, (row + 1) * rank),
      ...other.left.slice(row * rank, (row + 1) * rank),
    ]).flat();
  }
});
