/** Where the series gives way to the continued fraction: both are exact to about 1e-15 there. */
const TAIL = 3;
const FRACTION_DEPTH = 200;

/** Φ(z): the probability that a standard normal number is z or less, to about 1e-15. */
export function normalCumulative(z: number): number {
  return normalUpperTail(-z);
}

/**
 * 1 - Φ(z) without cancellation, so that small p-values keep their digits (relative error about 1e-13).
 * Own code because simple-statistics looks Φ up in a table of four digits that ends at z = 3.09.
 * Series: Marsaglia, "Evaluating the normal distribution" (2004); tail: Laplace's continued fraction.
 */
export function normalUpperTail(z: number): number {
  if (Number.isNaN(z)) return NaN;
  if (z > TAIL) return density(z) * millsRatio(z);
  if (z < -TAIL) return 1 - density(z) * millsRatio(-z);
  return 0.5 - density(z) * oddSeries(z);
}

function density(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}

/** z + z³/3 + z⁵/(3·5) + z⁷/(3·5·7) + … */
function oddSeries(z: number): number {
  let term = z;
  let sum = z;
  for (let odd = 3; Math.abs(term) > Math.abs(sum) * Number.EPSILON; odd += 2) {
    term *= (z * z) / odd;
    sum += term;
  }
  return sum;
}

/** 1 / (z + 1 / (z + 2 / (z + 3 / (z + …)))), the ratio of upper tail to density. */
function millsRatio(z: number): number {
  let fraction = z;
  for (let depth = FRACTION_DEPTH; depth > 0; depth--) fraction = z + depth / fraction;
  return 1 / fraction;
}
