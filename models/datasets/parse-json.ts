import { keepsDigits } from "../../config/exact-number.js";

/** Stands in every text with a number that a double may not hold: 16 digits or more, or an exponent of two or more. */
const MANY_DIGITS = /\d[\d.]{15}|[eE][-+]?\d\d/;

/** In JSON that is valid a quote that is not escaped opens or closes a text. */
const TOKEN = /\\.|"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g;

/**
 * Reads JSON as `JSON.parse` does, but a number whose digits a double would lose becomes a text of them, wherever it stands:
 * `9007199254740993` is `"9007199254740993"`.
 *
 * @throws SyntaxError
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (!MANY_DIGITS.test(text)) return value;
  let inText = false;
  const quoted = text.replace(TOKEN, (token) => {
    if (token === '"') inText = !inText;
    return inText || token.startsWith("\\") || token === '"' || keepsDigits(token) ? token : `"${token}"`;
  });
  return JSON.parse(quoted);
}
