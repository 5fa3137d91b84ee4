import { describe, expect, it } from "vitest";
import { keepsDigits } from "../../config/exact-number.js";

describe("a double keeps the digits of", () => {
  it.each(
    [
      ["0", "-0", "0.000", "1", "100", "-7.50", "0.1", "0.30000000000000004", "1e21", "1.5e300", "5e-324"],
      // The double nearest to 0.1, with more digits than its shortest text has.
      ["0.10000000000000001", "0.1000000000000000055511151231257827021181583404541015625"],
      ["9007199254740991", "9007199254740992", "100000000000000000000", "1152921504606846976"],
    ].flat(),
  )("%s", (text) => {
    expect(keepsDigits(text)).toBe(true);
  });
});

describe("a double loses digits of", () => {
  it.each([
    "9007199254740993",
    "-9007199254740993",
    "18446744073709551615",
    "12345678901234567.89",
    "3.14159265358979323846",
    "1e400",
    "1e-400",
  ])("%s", (text) => {
    expect(keepsDigits(text)).toBe(false);
  });
});
