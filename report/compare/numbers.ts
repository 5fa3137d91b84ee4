/** How comparisons write numbers: four decimals, as the paper does, because *novel* is small. */

const MINUS = "\u2212";
export const NO_SCORE = "no score";
/** A method that was not measured in a setting. */
export const NOT_MEASURED = "\u2013";

export function decimals(value: number): string {
  // No negative zero.
  return (Number(value.toFixed(4)) + 0).toFixed(4).replace("-", MINUS);
}

/** With a sign. */
export function signed(value: number): string {
  const written = decimals(value);
  return written.startsWith(MINUS) ? written : `+${written}`;
}

/** A share as per cent, with a sign and one decimal. */
export function signedPercent(share: number): string {
  const written = (Number((100 * share).toFixed(1)) + 0).toFixed(1).replace("-", MINUS);
  return `${written.startsWith(MINUS) ? "" : "+"}${written}\u00a0%`;
}

/** How many repeats have a score, where not all of them have: `4 of 5 scored`. */
export function scoredRepeats(count: { readonly repeats: number; readonly of: number }): string | undefined {
  const { repeats, of } = count;
  return repeats === of ? undefined : `${repeats} of ${of} scored`;
}
