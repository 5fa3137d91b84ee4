const YEAR_MILLISECONDS = 366 * 24 * 3_600_000;

/** Numbers from here on are no pauses (31 years) but moments since 1970: in seconds, or from the second one on in milliseconds. */
const FIRST_SECONDS = 1e9;
const FIRST_MILLISECONDS = 1e12;

/**
 * How long a server asks to be left alone: `retry-after-ms` (OpenAI, Azure), else `Retry-After` in seconds, as a date
 * (RFC 9110, 10.2.3) or, as some write, as a moment in Unix seconds or milliseconds. Undefined where it does not say, says
 * something else, or asks for more than a year.
 *
 * @param headers by lower-case name
 * @param now milliseconds since 1970
 */
export function retryAfterMilliseconds(
  headers: Readonly<Record<string, string>> | undefined,
  now: number,
): number | undefined {
  const milliseconds = headers?.["retry-after-ms"];
  if (milliseconds !== undefined && isNumber(milliseconds)) return pauseOf(Number(milliseconds), 1, now);
  const value = headers?.["retry-after"];
  if (value === undefined) return undefined;
  if (isNumber(value)) return pauseOf(Number(value), 1000, now);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : sensible(date - now);
}

/** @param unit milliseconds in one of what `stated` counts where it is a pause */
function pauseOf(stated: number, unit: number, now: number): number | undefined {
  if (stated >= FIRST_MILLISECONDS) return sensible(stated - now);
  if (stated >= FIRST_SECONDS && unit === 1000) return sensible(stated * 1000 - now);
  return sensible(stated * unit);
}

function sensible(milliseconds: number): number | undefined {
  return milliseconds > YEAR_MILLISECONDS ? undefined : Math.max(0, Math.ceil(milliseconds));
}

function isNumber(text: string): boolean {
  return /^\s*\d{1,15}(\.\d+)?\s*$/.test(text);
}
