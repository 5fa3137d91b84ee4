import { expect, it } from "vitest";
import { graderFor, graderNames, UnknownGraderError } from "../../../models/graders/registry.js";

it("every grader has the name it is asked for by", () => {
  expect(graderNames()).toContain("graphs");
  for (const name of graderNames()) expect(graderFor(name).name).toBe(name);
});

it("an unknown grader is an error that carries a code and the name", () => {
  expect(() => graderFor("sums")).toThrow(UnknownGraderError);
  expect(() => graderFor("sums")).toThrow(expect.objectContaining({ code: "UNKNOWN_GRADER", grader: "sums" }));
});
