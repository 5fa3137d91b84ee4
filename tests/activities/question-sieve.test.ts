import { describe, expect, it } from "vitest";
import { QuestionSieve } from "../../activities/question-sieve.js";
import { graderFor } from "../../models/graders/registry.js";

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

  it("counts invalid questions by reason and never keeps them", () => {
    const sifted = sieve();
    sifted.take("Tell me about graphs.");
    sifted.reject("cut off at the length limit");
    const counts = sifted.counts();
    expect(counts).toMatchObject({ drawn: 2, invalid: 2, valid: 0, validRate: 0, novelRate: 0 });
    expect(counts.reasons["cut off at the length limit"]).toBe(1);
  });
});
