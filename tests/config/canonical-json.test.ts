import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../config/canonical-json.js";

describe("canonical JSON", () => {
  it("is what Python's json.dumps(sort_keys=True, separators=(',', ':'), ensure_ascii=False) writes", () => {
    const value = { b: [1, 0.5, 1e-7, null], a: { z: true, y: 'ä"\n' }, "": 1e21 };
    expect(canonicalJson(value)).toBe('{"":1e+21,"a":{"y":"ä\\"\\n","z":true},"b":[1,0.5,1e-7,null]}');
    expect(JSON.parse(canonicalJson(value))).toEqual(value);
  });

  it("leaves out what is undefined", () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
  });

  it.each([[Number.NaN], [Infinity], [undefined], [[undefined]], [() => 1], [new Date(0)], [new Map()], [1n]])(
    "is not made of %s",
    (value) => {
      expect(() => canonicalJson({ value: [value] })).toThrow(TypeError);
    },
  );
});
