/**
 * Whether a number keeps all digits of its text: the number, written with as many digits, is the text again. `0.1` and
 * `9007199254740992` do, `9007199254740993` and `1e400` do not.
 *
 * @param text a number as JSON writes it
 */
export function keepsDigits(text: string): boolean {
  const value = Number(text);
  if (!Number.isFinite(value)) return false;
  const digits = significantDigits(text);
  if (digits === "") return value === 0;
  return digits.length <= MAXIMUM_PRECISION && significantDigits(value.toPrecision(digits.length)) === digits;
}

/** Of `Number.prototype.toPrecision`. */
const MAXIMUM_PRECISION = 100;

function significantDigits(text: string): string {
  const [mantissa = ""] = text.split(/[eE]/);
  return mantissa
    .replace(/\D/g, "")
    .replace(/^0+/, "")
    .replace(/(?<!0)0+$/, "");
}
