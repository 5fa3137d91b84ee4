import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { WrittenQuestion } from "../../../../models/graders/question-writer.js";
import { listGrader } from "../../../../models/graders/lists/grader.js";
import { LIST_TASKS, NUMBER_TASKS } from "../../../../models/graders/lists/problem.js";
import { listWriter } from "../../../../models/graders/lists/question-writer.js";
import { graderFor } from "../../../../models/graders/registry.js";
import { RandomStream } from "../../../../swarm/random.js";

const QUESTIONS = 200;
const SIZES = [3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

function write(task: string, iteration: number): WrittenQuestion {
  const random = new RandomStream({ seed: 4, purpose: `lists ${task}`, iteration });
  return listWriter.write({ task, size: SIZES[iteration % SIZES.length] as number, random });
}

function written(task: string): WrittenQuestion[] {
  return Array.from({ length: QUESTIONS }, (_, iteration) => write(task, iteration));
}

/** Replies that are near the truth and cannot be right. */
function mutations({ task, answer }: WrittenQuestion, random: RandomStream): string[] {
  if (task === "count") return [String(Number(answer) + 1), String(Number(answer) - 1), `${answer} ${answer}`];
  const items = answer.split(" ");
  const at = random.integer(0, items.length - 1);
  const item = items[at] as string;
  const other = NUMBER_TASKS.has(task as "sort") ? String((Number(item) + 1) % 100) : item === "Z" ? "A" : "Z";
  const next = items[at + 1];
  return [
    items.toSpliced(at, 1),
    items.toSpliced(at, 0, item),
    items.with(at, other),
    ...(next === undefined || next === item ? [] : [items.toSpliced(at, 2, next, item)]),
  ].map((mutated) => mutated.join(" "));
}

describe.each(LIST_TASKS)("a written question of the task %s", (task) => {
  it("is valid, of the stated task and size, and its answer is the truth", () => {
    const grader = listGrader();
    for (const { question, size, answer } of written(task)) {
      expect(grader.examine(question), question).toMatchObject({ valid: true, kind: task, size, truth: answer });
      expect(grader.isCorrect(question, answer), question).toBe(true);
    }
  });

  it("has no other right answer near by", () => {
    const grader = listGrader();
    for (const [iteration, one] of written(task).entries()) {
      const random = new RandomStream({ seed: 4, purpose: `mutations ${task}`, iteration });
      for (const reply of mutations(one, random)) {
        expect(grader.isCorrect(one.question, reply), `${one.question} ${reply}`).toBe(false);
      }
      expect(grader.isCorrect(one.question, `${one.answer} or ${one.answer}`)).toBe(false);
    }
  });

  it("is the same for the same random stream and seldom otherwise", () => {
    const questions = written(task).map(({ question }) => question);
    expect(write(task, 7)).toEqual(write(task, 7));
    expect(new Set(questions).size).toBeGreaterThan(0.9 * QUESTIONS);
  });
});

describe("the list writer", () => {
  it("writes for the grader that has its name", () => {
    const { question, answer } = write("sort", 0);
    expect(graderFor(listWriter.domain).isCorrect(question, answer)).toBe(true);
  });

  it("has ranges of sizes that follow each other", () => {
    expect(
      listWriter.sizes.flatMap(([smallest, largest]) => SIZES.filter((n) => smallest <= n && n <= largest)),
    ).toEqual(SIZES);
  });

  it.each([
    ["an unknown task", "shuffle", 5],
    ["a size too small", "sort", 2],
    ["a size too large", "sort", 13],
    ["a size between two", "sort", 4.5],
  ])("refuses %s", (_what, task, size) => {
    const random = new RandomStream({ seed: 4, purpose: "refused" });
    expect(() => listWriter.write({ task, size, random })).toThrow(RangeError);
  });

  it("writes, to the byte, what the embedded model was trained on", () => {
    const hash = createHash("sha256");
    for (const task of LIST_TASKS) {
      for (const { question, answer } of written(task)) hash.update(`${question} ${answer}\n`);
    }
    // Another value means a model, its adapters and the data sets that have to be made again.
    expect(hash.digest("hex")).toBe("8bb00211f3ec68d28ee86eeda347e0cf5b45f936037854bac03d6a3fa28a7a01");
  });
});
