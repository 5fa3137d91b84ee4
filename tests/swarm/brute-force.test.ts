import { describe, expect, it } from "vitest";
import { advance, initialSwarm } from "../../swarm/advance.js";
import type { SwarmParameters } from "../../swarm/parameters.js";
import { planIteration } from "../../swarm/plan.js";
import { RandomStream } from "../../swarm/random.js";
import { referenceUpdate } from "../../swarm/reference-update.js";
import { stopReason } from "../../swarm/stopping.js";
import { drawFactors } from "../../swarm/velocity.js";

/** A random search: `scores[k][i]` is what particle i scores in iteration k, whatever its position, so that ties are exact. */
interface Search {
  readonly parameters: SwarmParameters;
  readonly initial: readonly (readonly number[])[];
  readonly scores: readonly (readonly (number | null)[])[];
}

/** Everything that one iteration leaves behind: positions and bests as lists of weights. */
interface Snapshot {
  readonly x: readonly (readonly number[])[];
  readonly v: readonly (readonly number[])[];
  readonly p: readonly (readonly number[])[];
  readonly g: readonly number[] | null;
  readonly gWorst: readonly number[];
}

/**
 * Algorithm 1 of Data Swarms, line by line, in plain arrays; nothing of swarm/ but the random numbers r. What the paper leaves
 * open is as the design settles it: line 9's "parallel" means that all read g as it was; ties keep the older; a null score
 * is below every number, is never a best and pulls nobody.
 */
function algorithm1({ parameters, initial, scores }: Search): Snapshot[] {
  const { seed, inertia, cognitive, social, repel, stepLength, patience, maxIterations } = parameters;
  const count = initial.length;
  const x = initial.map((weights) => [...weights]);
  const v = initial.map((weights) => weights.map(() => 0));
  const p = initial.map((weights) => [...weights]);
  const pScore: (number | null)[] = Array.from({ length: count }, () => null);
  const best: { g: number[] | null; score: number | null } = { g: null, score: null };
  const worst: { g: number[] | null; score: number } = { g: null, score: Infinity };
  const snapshots: Snapshot[] = [];

  const line13 = (k: number): boolean => {
    let changed = false;
    for (let i = 0; i < count; i++) {
      const f = scores[k]![i] ?? null;
      const order = f ?? -Infinity;
      if (f !== null && (best.score === null || f > best.score)) {
        best.g = [...x[i]!];
        best.score = f;
        changed = true;
      }
      if (worst.g === null || order < worst.score) {
        worst.g = [...x[i]!];
        worst.score = order;
      }
      if (f !== null && (pScore[i] === null || f > pScore[i]!)) {
        p[i] = [...x[i]!];
        pScore[i] = f;
      }
    }
    snapshots.push(structuredClone({ x, v, p, g: best.g, gWorst: worst.g! }));
    return changed;
  };

  line13(0);
  let unchanged = 0;
  for (let k = 1; k <= maxIterations; k++) {
    if (unchanged === patience) break;
    for (let i = 0; i < count; i++) {
      const r = drawFactors({ seed, iteration: k, particle: i });
      const C = r.velocity * inertia + r.personalBest * cognitive + r.globalBest * social + r.globalWorst * repel;
      for (let d = 0; d < x[i]!.length; d++) {
        let sum = r.velocity * inertia * v[i]![d]!;
        if (pScore[i] !== null) sum += r.personalBest * cognitive * (p[i]![d]! - x[i]![d]!);
        if (best.g !== null) sum += r.globalBest * social * (best.g[d]! - x[i]![d]!);
        sum -= r.globalWorst * repel * (worst.g![d]! - x[i]![d]!);
        v[i]![d] = sum / C;
      }
      for (let d = 0; d < x[i]!.length; d++) x[i]![d] = x[i]![d]! + stepLength * v[i]![d]!;
    }
    unchanged = line13(k) ? 0 : unchanged + 1;
  }
  return snapshots;
}

/** The same search with the product's parts. */
function search({ parameters, initial, scores }: Search): { snapshots: Snapshot[]; reason: string | null } {
  const weights = new Map<string, Float64Array>();
  const at = (ref: string | null): Float64Array | null => (ref === null ? null : weights.get(ref)!);
  const positions = initial.map((one, particle) => {
    weights.set(`x 0 ${particle}`, Float64Array.from(one));
    return `x 0 ${particle}`;
  });
  let state = initialSwarm({ positions, scores: scores[0]!, stepLength: parameters.stepLength });
  const snapshots: Snapshot[] = [];
  for (;;) {
    const { particles, globalBest, globalWorst } = state;
    snapshots.push({
      x: particles.map(({ position }) => [...at(position)!]),
      v: particles.map(({ position, velocity }) => [...(at(velocity) ?? at(position)!.map(() => 0))]),
      p: particles.map(({ personalBest }) => [...at(personalBest.position)!]),
      g: globalBest === null ? null : [...at(globalBest.position)!],
      gWorst: [...at(globalWorst.position)!],
    });
    const reason = stopReason({ state, parameters, stopRequested: false, budgetSpent: false });
    if (reason !== null) return { snapshots, reason };
    const plan = planIteration(state, parameters);
    const moves = plan.particles.map((move) => {
      const moved = referenceUpdate(
        {
          position: at(move.position)!,
          velocity: at(move.velocity),
          personalBest: at(move.personalBest),
          globalBest: at(move.globalBest),
          globalWorst: at(move.globalWorst),
        },
        move.coefficients,
      );
      const [position, velocity] = [`x ${plan.iteration} ${move.particle}`, `v ${plan.iteration} ${move.particle}`];
      weights.set(position, moved.position);
      weights.set(velocity, moved.velocity);
      return { position, velocity };
    });
    state = advance({ state, parameters, moves, scores: scores[plan.iteration]! });
  }
}

function randomSearch(random: RandomStream): Search {
  const particles = random.integer(1, 5);
  const dimensions = random.integer(1, 4);
  const maxIterations = random.integer(0, 8);
  const values = random.choice([
    [null, 0, 0.25, 0.5],
    [0.25, 0.5],
    [null, null, null, 0.5],
    [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1],
  ]);
  return {
    parameters: {
      seed: random.uint32(),
      inertia: random.choice([0, 0.1, 0.3, 2]),
      cognitive: random.choice([0, 0.1, 0.5]),
      social: random.choice([0.2, 0.6]),
      repel: random.choice([0, 0.01, 0.1]),
      stepLength: random.choice([0.5, 1, 3]),
      patience: random.integer(1, 4),
      maxIterations,
    },
    initial: Array.from({ length: particles }, () => Array.from({ length: dimensions }, () => random.normal())),
    scores: Array.from({ length: maxIterations + 1 }, () =>
      Array.from({ length: particles }, () => random.choice(values)),
    ),
  };
}

function expectClose(found: readonly number[] | null, expected: readonly number[] | null): void {
  expect(found === null).toBe(expected === null);
  for (const [index, value] of (expected ?? []).entries()) {
    expect(Math.abs(found![index]! - value)).toBeLessThanOrEqual(1e-12 * (1 + Math.abs(value)));
  }
}

describe("the swarm", () => {
  it("moves, remembers and stops as Algorithm 1 does, over random small swarms with ties and missing scores", () => {
    const random = new RandomStream({ seed: 11, purpose: "brute force" });
    const seen = { ties: 0, nulls: 0, withoutBest: 0, reasons: new Set<string | null>() };
    for (let trial = 0; trial < 500; trial++) {
      const drawn = randomSearch(random);
      const expected = algorithm1(drawn);
      const { snapshots, reason } = search(drawn);
      expect(snapshots).toHaveLength(expected.length);
      for (const [k, one] of expected.entries()) {
        const found = snapshots[k]!;
        for (const key of ["x", "v", "p"] as const) {
          for (const [i, weights] of one[key].entries()) expectClose(found[key][i]!, weights);
        }
        expectClose(found.g, one.g);
        expectClose(found.gWorst, one.gWorst);
      }
      const values = drawn.scores.flat();
      if (new Set(values).size < values.length) seen.ties++;
      if (values.includes(null)) seen.nulls++;
      if (expected[0]!.g === null) seen.withoutBest++;
      seen.reasons.add(reason);
    }
    // The trials are of every kind.
    for (const count of [seen.ties, seen.nulls, seen.withoutBest]) expect(count).toBeGreaterThan(20);
    expect(seen.reasons).toEqual(new Set(["patience", "max-iterations"]));
  });
});
