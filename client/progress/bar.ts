/** A bar of exactly `width` characters, filled in eighths. */
export function bar(done: number, of: number, width: number): string {
  const share = of === 0 ? 0 : Math.min(1, Math.max(0, done / of));
  const eighths = Math.round(share * width * 8);
  const full = Math.floor(eighths / 8);
  const rest = eighths % 8;
  const partial = rest === 0 ? "" : PARTS[rest - 1]!;
  return `${"█".repeat(full)}${partial}`.padEnd(width, "░");
}

const PARTS = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"];

const LEVELS = "▁▂▃▄▅▆▇█";

/** One character a value, the lowest and highest of `range` at the ends; a space for "no score". */
export function sparkline(
  values: readonly (number | null)[],
  range: { readonly low: number; readonly high: number },
): string {
  const span = range.high - range.low;
  return values
    .map((value) => {
      if (value === null) return " ";
      const level = span <= 0 ? 0.5 : (value - range.low) / span;
      return LEVELS[Math.min(LEVELS.length - 1, Math.max(0, Math.floor(level * LEVELS.length)))]!;
    })
    .join("");
}
