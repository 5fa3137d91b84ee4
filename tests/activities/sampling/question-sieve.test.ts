import { describe, expect, it } from "vitest";
import { QuestionSieve } from "../../../activities/sampling/question-sieve.js";
import { graderFor } from "../../../models/graders/registry.js";

const SEED = { id: "seed-0", question: "In the graph A-B-C, is there a cycle?" };

function sieve(): QuestionSieve {
  return new QuestionSieve({ grader: graderFor("graphs"), seedQuestions: [SEED] });
}

describe("QuestionSieve", () => {
  it("keeps a valid new question with its true answer, kind and size", () => {
    const sifted = sieve();
    sifted.take("In the graph D-E-F-D, is there a cycle?");
    expect(sifted.questions("0001-02")).toEqual([
      {
        id: "0001-02-0000",
        question: "In the graph D-E-F-D, is there a cycle?",
        answer: "yes",
        meta: { kind: "cycle", size: 3 },
      },
    ]);
  });

  it("counts a copy of a seed question in other words, and drops it", () => {
    const sifted = sieve();
    sifted.take("Roads C-B-A. Can you walk in a circle?");
    expect(sifted.questions("0001-02")).toEqual([]);
    expect(sifted.counts()).toMatchObject({ drawn: 1, copied: 1, duplicate: 0, valid: 0, validRate: 1, novelRate: 0 });
  });

  it("counts a repeated question once as valid and then as duplicates", () => {
    const sifted = sieve();
    for (let time = 0; time < 3; time++) sifted.take("In the graph D-E-F-D, is there a cycle?");
    expect(sifted.counts()).toMatchObject({ drawn: 3, duplicate: 2, valid: 1, novelRate: 1 / 3 });
  });

  it("counts invalid questions by the rule that they break, whatever their nodes are called, and never keeps them", () => {
    const sifted = sieve();
    sifted.take("In the graph A-B B-B B-C, is there a cycle?");
    sifted.take("In the graph D-E F-F E-F, is there a cycle?");
    sifted.take("In the graph A-B-C, is there a path between A and X?");
    sifted.reject("cut off at the length limit");
    expect(sifted.counts()).toMatchObject({ drawn: 4, invalid: 4, valid: 0, validRate: 0, novelRate: 0 });
    expect(sifted.counts().reasons).toEqual({
      "self-loop": 2,
      "asked node missing": 1,
      "cut off at the length limit": 1,
    });
    expect(sifted.questions("x")).toEqual([]);
  });

  it("says at any time how many were drawn and how many are valid and new", () => {
    const sifted = sieve();
    const seen = [
      "In the graph D-E-F-D, is there a cycle?",
      "no question",
      SEED.question,
      "In the graph D-E-F-G, is there a cycle?",
    ].map((text) => {
      sifted.take(text);
      return [sifted.drawn, sifted.valid];
    });
    expect(seen).toEqual([
      [1, 1],
      [2, 1],
      [3, 1],
      [4, 2],
    ]);
    expect(sifted.questions("x").map(({ id }) => id)).toEqual(["x-0000", "x-0001"]);
  });
});
