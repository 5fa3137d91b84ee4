/** How the report writes numbers: the same in HTML, Markdown and pictures. */

const MINUS = "\u2212";
const NONE = "no score";

/** Three decimals. */
export function score(value: number | null): string {
  return value === null ? NONE : withMinus(value.toFixed(3));
}

/** With a sign. */
export function difference(value: number): string {
  const written = score(value);
  return value >= 0 ? `+${written}` : written;
}

/** A share from 0 to 1 as per cent, one decimal. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)}\u00a0%`;
}

export function interval(low: number | null, high: number | null): string {
  return low === null || high === null ? "\u2013" : `${score(low)} to ${score(high)}`;
}

/** `p < 0.001`, `p = 0.034`. */
export function probability(value: number): string {
  return value < 0.001 ? "p < 0.001" : `p = ${value.toFixed(3)}`;
}

const integers = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

export function count(value: number): string {
  return integers.format(value);
}

/** `0.4 s`, `52 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(seconds / 60);
  return `${count(Math.floor(minutes / 60))} h ${minutes % 60} min`;
}

/** US dollars: cents from a dollar on, four decimals below. */
export function dollars(value: number): string {
  return `$${value === 0 || value >= 1 ? value.toFixed(2) : value.toFixed(4)}`;
}

function withMinus(text: string): string {
  return text.replace("-", MINUS);
}
