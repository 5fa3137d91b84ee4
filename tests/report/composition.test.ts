import { describe, expect, it } from "vitest";
import { compositionOf } from "../../report/composition.js";
import type { GeneratorReport } from "../../report/report-data.js";
import { exampleReport } from "./example-report.js";

function generator(label: string, questions: GeneratorReport["questions"]): GeneratorReport {
  const [one] = exampleReport.generators;
  if (one === undefined) throw new Error("the example has generators");
  return { ...one, label, questions };
}

const cycle = (size: number) => ({ kind: "cycle", size });
const flow = (size: number) => ({ kind: "maximum-flow", size });

describe("compositionOf", () => {
  it("pools the initial generators and gives shares of each side's own questions", () => {
    const { byKind, totals, meanSize, sizes } = compositionOf([
      generator("initial-0", [cycle(3), cycle(4)]),
      generator("initial-1", [cycle(3), flow(6)]),
      generator("best", [flow(5), flow(6)]),
    ]);
    expect(totals).toEqual({ start: 4, best: 2 });
    expect(meanSize).toEqual({ start: 4, best: 5.5 });
    expect(sizes).toEqual(["3", "4", "5", "6"]);
    expect(byKind.map(({ side, kind, share }) => [side, kind, share])).toEqual([
      ["start", "maximum-flow", 0.25],
      ["start", "cycle", 0.75],
      ["best", "maximum-flow", 1],
      ["best", "cycle", 0],
    ]);
  });

  it("loses no question in kinds and sizes together", () => {
    const { byKindAndSize, totals } = compositionOf(exampleReport.generators);
    for (const side of ["start", "best"] as const) {
      const questions = byKindAndSize.filter((one) => one.side === side).map((one) => one.questions);
      expect(questions.reduce((sum, value) => sum + value, 0)).toBe(totals[side]);
    }
  });

  it("puts many sizes into ranges and rare kinds together", () => {
    const questions = Array.from({ length: 40 }, (_, index) => ({ kind: `kind ${index}`, size: 3 * index }));
    const { kinds, sizes, byKind } = compositionOf([generator("best", questions)]);
    // 0 to 117 in ranges of 10.
    expect(sizes).toHaveLength(12);
    expect(sizes.slice(0, 2)).toEqual(["0–9", "10–19"]);
    expect(kinds).toHaveLength(12);
    expect(byKind.find(({ side, kind }) => side === "best" && kind === "other kinds")?.questions).toBe(29);
  });
});
