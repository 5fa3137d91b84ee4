import { expect, it } from "vitest";
import { interleave } from "../../swarm/interleave.js";

it("lists take turns as long as they have items", () => {
  expect(interleave([[1, 2, 3], [4], [5, 6]])).toEqual([1, 4, 5, 2, 6, 3]);
  expect(interleave([[], [1]])).toEqual([1]);
  expect(interleave([])).toEqual([]);
});
