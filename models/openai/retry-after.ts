/**
 * How long a server asks to be left alone: `retry-after-ms` (OpenAI, Azure), else `Retry-After` in seconds or as a date
 * (RFC 9110, 10.2.3). Undefined where it does not say, or says something else.
 *
 * @param headers by lower-case name
 * @param now milliseconds since 1970
 */
export function retryAfterMilliseconds(
  headers: Readonly<Record<string, string>> | undefined,
  now: number,
): number | undefined {
  const milliseconds = headers?.["retry-after-ms"];
  if (milliseconds !== undefined && isNumber(milliseconds)) return Math.ceil(Number(milliseconds));
  const value = headers?.["retry-after"];
  if (value === undefined) return undefined;
  if (isNumber(value)) return Math.ceil(Number(value) * 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function isNumber(text: string): boolean {
  return /^\s*\d{1,12}(\.\d+)?\s*$/.test(text);
}
