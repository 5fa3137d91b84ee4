/** Numbers as people read them. */

/** `0:07`, `12:34`, `1:02:03`. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60];
  const hours = Math.floor(seconds / 3600);
  if (hours === 0) return `${parts[0]}:${twoDigits(parts[1]!)}`;
  return `${hours}:${parts.map(twoDigits).join(":")}`;
}

/** Three decimals; an en dash for "no score". */
export function score(value: number | null | undefined): string {
  return value === null || value === undefined ? "–" : value.toFixed(3);
}

/** With its sign: `+0.120`. */
export function change(value: number): string {
  const rounded = value.toFixed(3);
  return value < 0 && Number(rounded) !== 0 ? rounded : `+${rounded.replace("-", "")}`;
}

/** `950`, `12.3 k`, `4.5 M`. */
export function count(value: number): string {
  if (value < 1000) return String(value);
  if (value < 1_000_000) return `${(value / 1000).toFixed(1)} k`;
  return `${(value / 1_000_000).toFixed(1)} M`;
}

/** `37 %`; one decimal where it matters. */
export function percent(value: number): string {
  const percentage = value * 100;
  return `${Number.isInteger(percentage) ? percentage : percentage.toFixed(1)} %`;
}

/** A p-value: exact enough to judge, never a false zero. */
export function pValue(value: number): string {
  if (value < 1e-4) return value === 0 ? "< 1e-16" : value.toExponential(1);
  return value.toFixed(4);
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
