import { describe, expect, it } from "vitest";
import { listGrader } from "../../../../models/graders/lists/grader.js";

const grader = listGrader();

const reverse = (items: string): string => `What is the list ${items} in reverse?`;
const keep = (bound: string, items: string): string => `Keep the numbers above ${bound} in the list ${items}.`;
const rotate = (count: string, items: string): string => `Move the first ${count} of ${items} to the end.`;
const count = (item: string, items: string): string => `Votes ${items}. How many are for ${item}?`;
const program = (steps: string, items = "A B C"): string => `Start with ${items}: ${steps}. What is the list now?`;

describe("the rule that an invalid question breaks", () => {
  it.each([
    ["empty", " "],
    ["too long", reverse("A ".repeat(1001).trim())],
    ["unknown opening", "What is love?"],
    ["unknown opening", "what is the list A B in reverse?"],
    ["unknown ending", "What is the list A B in order?"],
    ["unknown ending", "What is the list A B"],
    ["unknown ending", "Start with A B C, reverse, add K at the end. What is the list now?"],
    ["unknown ending", "Start with A B C: reverse, add K at the end. Which cards are left?"],
    ["text after the question", `${reverse("A B")} Or not?`],
    ["malformed list", reverse("")],
    ["malformed list", reverse("A  B")],
    ["malformed list", reverse("A, B")],
    ["malformed list", reverse("A b")],
    ["malformed list", reverse("AB C")],
    ["malformed list", reverse("A 7")],
    ["malformed list", keep("5", "7 A")],
    ["malformed list", keep("5", "7 100")],
    ["malformed list", keep("5", "7 08")],
    ["malformed list", keep("5", "7 -8")],
    ["malformed list", "Sort the numbers A B from small to large."],
    ["malformed number", keep("five", "7 8")],
    ["malformed number", keep("100", "7 8")],
    ["malformed number", rotate("A", "A B C")],
    ["malformed item", count("AB", "A B C")],
    ["malformed item", count("7", "A B C")],
    ["malformed step", program("reverse it, add K at the end")],
    ["malformed step", program("reverse,add K at the end")],
    ["malformed step", program("reverse, ")],
    ["malformed step", program("reverse, add 7 at the end")],
    ["malformed step", program("reverse, add K")],
    ["malformed step", program("reverse, remove 1 from the middle")],
    ["malformed step", program("reverse, move 1 from the end to the end")],
    ["too few steps", program("reverse")],
    ["too many steps", program("reverse, reverse, reverse, reverse")],
    ["too few items", reverse("A")],
    ["too few items", "Sort the numbers 7 from small to large."],
    ["too many items", reverse(`${"A B ".repeat(50)}C`)],
    ["all items equal", reverse("A A A")],
    ["all items equal", count("A", "A A")],
    ["item missing", count("K", "A B C")],
    ["count of zero", rotate("0", "A B C")],
    ["count of zero", program("reverse, remove 0 from the end")],
    ["count of zero", program("move 0 from the end to the front, reverse")],
    ["rotation too far", rotate("3", "A B C")],
    ["rotation too far", "Rotate the list A B C to the left by 4."],
    ["rotation too far", program("remove 1 from the end, move 2 from the front to the end")],
    ["nothing left", keep("8", "7 8")],
    ["nothing left", program("reverse, remove 3 from the front")],
    ["nothing left", program("remove 2 from the end, reverse, remove 1 from the front")],
  ])("is %s: %j", (rule, question) => {
    expect(grader.examine(question)).toMatchObject({ valid: false, rule });
  });

  it("is not broken by what comes near to it", () => {
    for (const question of [
      reverse(`${"A B ".repeat(49)}A B`),
      keep("7", "7 8"),
      rotate("2", "A B C"),
      count("A", "A B"),
      program("remove 2 from the front, add K at the end"),
      program("remove 1 from the end, move 1 from the front to the end"),
      program("add K at the end, remove 3 from the front"),
    ])
      expect(grader.examine(question).valid, question).toBe(true);
  });

  it("goes with the task where the question tells it, and with the items in the reason only", () => {
    expect(grader.examine(rotate("3", "A B C"))).toMatchObject({ kind: "rotate" });
    expect(grader.examine(program("reverse, remove 3 from the front"))).toMatchObject({ kind: "two-steps" });
    expect(grader.examine(program("reverse"))).not.toHaveProperty("kind");
    const [one, other] = [grader.examine(count("K", "A B")), grader.examine(count("Q", "A B"))];
    expect(one).toMatchObject({ rule: "item missing", reason: expect.stringContaining("K") as string });
    expect(other).toMatchObject({ rule: "item missing", reason: expect.stringContaining("Q") as string });
  });
});
