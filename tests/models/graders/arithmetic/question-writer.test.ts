import { describe, expect, it } from "vitest";
import { arithmeticGrader } from "../../../../models/graders/arithmetic/grader.js";
import { parseQuestion } from "../../../../models/graders/arithmetic/parse.js";
import { ARITHMETIC_TASKS } from "../../../../models/graders/arithmetic/problem.js";
import { arithmeticWriter } from "../../../../models/graders/arithmetic/question-writer.js";
import { tell } from "../../../../models/graders/arithmetic/tell.js";
import { writeProblem } from "../../../../models/graders/arithmetic/writer.js";
import { RandomStream } from "../../../../swarm/random.js";

const SIZES = [1, 2, 3, 4, 5, 6];
const grader = arithmeticGrader();

function written(task: string, size: number, count = 100): ReturnType<typeof arithmeticWriter.write>[] {
  return Array.from({ length: count }, (_, iteration) => {
    const random = new RandomStream({ seed: 7, purpose: `write ${task} ${size}`, iteration });
    return arithmeticWriter.write({ task, size, random });
  });
}

describe.each(ARITHMETIC_TASKS)("of the task %s", (task) => {
  it("every written question is valid, with the size that was asked for and the answer that is right", () => {
    for (const size of SIZES) {
      for (const { question, answer } of written(task, size)) {
        expect(grader.examine(question), question).toMatchObject({ valid: true, kind: task, size, truth: answer });
        expect(grader.isCorrect(question, answer)).toBe(true);
      }
    }
  });

  it("numbers near the answer are wrong, and so are two answers", () => {
    for (const { question, answer } of written(task, 3, 50)) {
      for (const reply of [`${Number(answer) + 1}`, `${Number(answer) - 1}`, `${answer}0`, `${answer} or ${answer}`]) {
        expect(grader.isCorrect(question, reply), `${question} ${reply}`).toBe(false);
      }
    }
  });

  it("a problem is read back as it was told, in either phrasing", () => {
    for (let iteration = 0; iteration < 200; iteration++) {
      const random = new RandomStream({ seed: 11, purpose: `parse ${task}`, iteration });
      const problem = writeProblem(task, random.integer(1, 6), random);
      for (const phrasing of [0, 1] as const) {
        const question = tell(problem, phrasing, random);
        expect(parseQuestion(question), question).toMatchObject({ ok: true, told: { problem } });
      }
    }
  });

  it("a question that loses or repeats one of its words asks something else or is invalid", () => {
    for (const { question } of written(task, 3, 20)) {
      const words = question.split(" ");
      for (const at of words.keys()) {
        for (const changed of [words.toSpliced(at, 1), words.toSpliced(at, 0, words[at] as string)]) {
          const examined = grader.examine(changed.join(" "));
          const { canonical } = grader.examine(question) as { canonical: string };
          if (examined.valid) expect(examined.canonical, changed.join(" ")).not.toBe(canonical);
        }
      }
    }
  });

  it("both phrasings are written, in at most 75 words and signs", () => {
    const openings = new Set<string>();
    for (const { question } of SIZES.flatMap((size) => written(task, size, 50))) {
      expect(question.match(/\w+|[^\w\s]/g)?.length).toBeLessThanOrEqual(75);
      openings.add(question.split(" ", 2).join(" "));
    }
    expect(openings.size).toBeGreaterThan(1);
  });
});

it("the ranges of sizes hold every size once", () => {
  const sizes = arithmeticWriter.sizes.flatMap(([smallest, largest]) =>
    Array.from({ length: largest - smallest + 1 }, (_, index) => smallest + index),
  );
  expect(sizes).toEqual(SIZES);
});

it("the same random numbers write the same question", () => {
  expect(written("price", 3, 5)).toEqual(written("price", 3, 5));
});

it.each([
  { task: "algebra", size: 3 },
  { task: "change", size: 0 },
  { task: "change", size: 7 },
  { task: "change", size: 1.5 },
])("writes nothing for $task of size $size", (asked) => {
  expect(() => arithmeticWriter.write({ ...asked, random: new RandomStream({ seed: 1, purpose: "none" }) })).toThrow(
    RangeError,
  );
});
