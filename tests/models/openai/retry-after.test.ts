import { expect, it } from "vitest";
import { retryAfterMilliseconds } from "../../../models/openai/retry-after.js";

const NOW = Date.parse("2026-11-21T12:00:00Z");

it.each<[string, Record<string, string> | undefined, number | undefined]>([
  ["seconds", { "retry-after": "3" }, 3000],
  ["parts of seconds, as some servers write", { "retry-after": "0.25" }, 250],
  ["a date", { "retry-after": "Sat, 21 Nov 2026 12:01:30 GMT" }, 90_000],
  ["a date that has passed", { "retry-after": "Sat, 21 Nov 2026 11:00:00 GMT" }, 0],
  ["milliseconds, which are more exact", { "retry-after-ms": "1500", "retry-after": "2" }, 1500],
  ["milliseconds that are no number", { "retry-after-ms": "soon", "retry-after": "2" }, 2000],
  ["a moment in Unix seconds", { "retry-after": `${NOW / 1000 + 3}` }, 3000],
  ["a moment in Unix milliseconds", { "retry-after": `${NOW + 4000}` }, 4000],
  ["a moment in Unix milliseconds where a pause in milliseconds is due", { "retry-after-ms": `${NOW + 5000}` }, 5000],
  ["a moment that has passed", { "retry-after": `${NOW / 1000 - 3}` }, 0],
  ["a day", { "retry-after": "86400" }, 86_400_000],
  ["a number that is no time of this age", { "retry-after": "999999999999" }, undefined],
  ["a number without end", { "retry-after": "9".repeat(40) }, undefined],
  ["a date that is no time of this age", { "retry-after": "Fri, 31 Dec 9999 23:59:59 GMT" }, undefined],
  ["anything else", { "retry-after": "soon" }, undefined],
  ["a negative number", { "retry-after": "-5x" }, undefined],
  ["no header", {}, undefined],
  ["no headers at all", undefined, undefined],
])("reads how long to wait from %s", (_, headers, expected) => {
  expect(retryAfterMilliseconds(headers, NOW)).toBe(expected);
});
