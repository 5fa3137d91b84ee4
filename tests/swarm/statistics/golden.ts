import { readFileSync } from "node:fs";

interface Golden {
  readonly normal: readonly { readonly z: number; readonly upper: number; readonly cumulative: number }[];
  readonly proportions: readonly {
    readonly larger: readonly [number, number];
    readonly smaller: readonly [number, number];
    readonly z: number;
    readonly pValue: number;
  }[];
  readonly ranked: readonly { readonly one: number[]; readonly other: number[]; readonly correlation: number }[];
  readonly quantiles: { readonly values: number[]; readonly probabilities: number[]; readonly quantiles: number[] };
  readonly summary: { readonly values: number[]; readonly mean: number; readonly standardDeviation: number };
  readonly divergences: readonly {
    readonly seed: number[];
    readonly generated: number[];
    readonly divergence: number;
  }[];
}

/** Written by tests/metrics/make_golden.py with scipy and numpy. */
export const golden = JSON.parse(readFileSync(new URL("statistics.golden.json", import.meta.url), "utf8")) as Golden;
