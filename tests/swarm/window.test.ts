import { describe, expect, it } from "vitest";
import { RandomStream } from "../../swarm/random.js";
import { slideWindow, type WindowOrder } from "../../swarm/window.js";

const ORDERS: readonly WindowOrder[] = ["first-in-last-out", "first-in-first-out", "random"];

interface Round {
  readonly window: readonly string[];
  readonly joint: readonly string[];
  readonly size?: number;
  readonly replace?: number;
  readonly order?: WindowOrder;
}

function slide({ size = 5, replace = 0.4, order = "first-in-last-out", ...round }: Round) {
  return slideWindow({ ...round, size, replace, order, random: new RandomStream({ seed: 1, purpose: "window" }) });
}

/** `a1 a2 a3 ...`: the questions of round a. */
function questions(round: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${round}${index + 1}`);
}

/** The rounds that the window's questions are from. */
function rounds(window: readonly string[]): string {
  return window.map((question) => question[0]).join("");
}

/** Rounds a, b, c and d, each with as many joint questions as the window holds. */
function fourRounds(order: WindowOrder): string[] {
  let window: readonly string[] = [];
  return ["a", "b", "c", "d"].map((round) => {
    ({ window } = slide({ window, joint: questions(round, 5), order }));
    return rounds(window);
  });
}

describe("slideWindow", () => {
  it("by hand, first in, last out: the newest two of five leave, and the first three stay for good", () => {
    expect(fourRounds("first-in-last-out")).toEqual(["aaaaa", "aaabb", "aaacc", "aaadd"]);
  });

  it("by hand, first in, first out: the oldest two of five leave", () => {
    expect(fourRounds("first-in-first-out")).toEqual(["aaaaa", "aaabb", "abbcc", "bccdd"]);
  });

  it("says how many came and went", () => {
    expect(slide({ window: [], joint: questions("a", 9) })).toMatchObject({ entered: 5, left: 0 });
    expect(slide({ window: questions("a", 5), joint: questions("b", 9) })).toMatchObject({ entered: 2, left: 2 });
  });

  it("fills the room that it has before anything leaves", () => {
    const first = slide({ window: [], joint: questions("a", 1) });
    const second = slide({ window: first.window, joint: questions("b", 3) });
    const third = slide({ window: second.window, joint: questions("c", 5) });
    expect([first, second, third].map(({ window }) => rounds(window))).toEqual(["a", "abbb", "abbcc"]);
    expect([first, second, third].map(({ left }) => left)).toEqual([0, 0, 1]);
  });

  it("lets old questions go only for new ones", () => {
    const window = questions("a", 5);
    expect(slide({ window, joint: ["b1"] }).window).toEqual(["a1", "a2", "a3", "a4", "b1"]);
    expect(slide({ window, joint: [] })).toEqual({ window, entered: 0, left: 0 });
  });

  it("replaces at least one question, and all of them at a share of 1", () => {
    expect(rounds(slide({ window: questions("a", 5), joint: questions("b", 5), replace: 0.01 }).window)).toBe("aaaab");
    expect(rounds(slide({ window: questions("a", 5), joint: questions("b", 5), replace: 1 }).window)).toBe("bbbbb");
  });

  it("draws the new questions from all of the joint ones", () => {
    const drawn = Array.from({ length: 60 }, (_, iteration) => {
      const random = new RandomStream({ seed: 1, purpose: "window", iteration });
      const options = { size: 5, replace: 0.4, order: "first-in-last-out" as const, random };
      return slideWindow({ window: questions("a", 5), joint: questions("b", 10), ...options }).window.slice(3);
    });
    expect(new Set(drawn.flat())).toEqual(new Set(questions("b", 10)));
  });

  it("lets any question go where the order is random", () => {
    const gone = new Set<string>();
    for (let iteration = 0; iteration < 60; iteration++) {
      const random = new RandomStream({ seed: 1, purpose: "window", iteration });
      const options = { size: 5, replace: 0.4, order: "random" as const, random };
      const { window } = slideWindow({ window: questions("a", 5), joint: questions("b", 5), ...options });
      for (const question of questions("a", 5)) if (!window.includes(question)) gone.add(question);
    }
    expect(gone.size).toBe(5);
  });

  it.each(ORDERS)("%s: holds over random rounds what a window is", (order) => {
    const sizes = new RandomStream({ seed: 7, purpose: "sizes" });
    for (let trial = 0; trial < 40; trial++) {
      const size = sizes.integer(1, 12);
      const replace = sizes.integer(1, 10) / 10;
      let window: readonly string[] = [];
      for (let round = 0; round < 8; round++) {
        const joint = questions(String.fromCharCode(97 + round), sizes.integer(0, 15));
        const random = new RandomStream({ seed: trial, purpose: "window", iteration: round });
        const after = slideWindow({ window, joint, size, replace, order, random });
        const old = after.window.slice(0, after.window.length - after.entered);
        expect(after.window.length).toBeLessThanOrEqual(size);
        expect(after.window.length).toBe(window.length + after.entered - after.left);
        expect(new Set(after.window).size).toBe(after.window.length);
        expect(after.window.slice(old.length).every((question) => joint.includes(question))).toBe(true);
        expect(old).toEqual(window.filter((question) => old.includes(question)));
        if (window.length === size) expect(after.left).toBeLessThanOrEqual(Math.max(1, Math.round(size * replace)));
        window = after.window;
      }
    }
  });

  it("draws the same for the same stream", () => {
    const round = { window: questions("a", 5), joint: questions("b", 9), order: "random" as const };
    expect(slide(round)).toEqual(slide(round));
  });

  it.each([
    { size: 0, replace: 0.2 },
    { size: 2.5, replace: 0.2 },
    { size: 5, replace: 0 },
    { size: 5, replace: 1.1 },
  ])("refuses a window of $size that replaces $replace", (wrong) => {
    expect(() => slide({ window: [], joint: [], ...wrong })).toThrow(RangeError);
  });
});
