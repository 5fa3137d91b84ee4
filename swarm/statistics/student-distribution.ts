import { gammaln } from "simple-statistics";
import { normalUpperTail } from "./normal-distribution.js";

const FRACTION_DEPTH = 10_000;
/** In place of a zero denominator (Lentz). */
const TINY = 1e-300;

/**
 * P(T > t) of Student's t distribution, relative error about 1e-13, up to 1e-9 beyond 1e5 degrees. `degrees` are 1 or more, no whole number, or infinite, which is
 * the normal distribution. Throws `RangeError` for fewer.
 */
export function studentUpperTail(t: number, degrees: number): number {
  if (!(degrees >= 1)) throw new RangeError(`degrees of freedom must be 1 or more, got ${degrees}`);
  if (degrees === Infinity) return normalUpperTail(t);
  if (Number.isNaN(t)) return NaN;
  const square = t * t;
  const point = { x: degrees / (degrees + square), rest: square / (degrees + square) };
  const tail = 0.5 * regularisedBeta(point, degrees / 2, 0.5);
  return t >= 0 ? tail : 1 - tail;
}

/** I_x(a, b), the regularised incomplete beta function, by the continued fraction that converges faster of the two; `rest` is 1 - x. */
function regularisedBeta({ x, rest }: { readonly x: number; readonly rest: number }, a: number, b: number): number {
  if (x === 0 || rest === 0) return x;
  const front = Math.exp(gammaln(a + b) - gammaln(a) - gammaln(b) + a * Math.log(x) + b * Math.log(rest));
  if (x < (a + 1) / (a + b + 2)) return (front * betaFraction(x, a, b)) / a;
  return 1 - (front * betaFraction(rest, b, a)) / b;
}

/** Abramowitz and Stegun 26.5.8, evaluated by the modified method of Lentz. */
function betaFraction(x: number, a: number, b: number): number {
  let numerator = 1;
  let denominator = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = denominator;
  for (let m = 1; m <= FRACTION_DEPTH; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    const before = fraction;
    for (const coefficient of [even, odd]) {
      denominator = 1 / away(1 + coefficient * denominator);
      numerator = away(1 + coefficient / numerator);
      fraction *= denominator * numerator;
    }
    if (Math.abs(fraction - before) <= Math.abs(fraction) * Number.EPSILON) return fraction;
  }
  throw new RangeError(`the incomplete beta function of ${a} and ${b} did not converge at ${x}`);
}

function away(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
