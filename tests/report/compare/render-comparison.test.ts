import { type DefaultTreeAdapterTypes, type ParserError, parse } from "parse5";
import { describe, expect, it } from "vitest";
import { compareRuns } from "../../../report/compare/compare-runs.js";
import { escapeLatex } from "../../../report/compare/latex.js";
import { renderComparison } from "../../../report/compare/render-comparison.js";
import { type ExampleRun, exampleRun } from "./example-runs.js";

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

const EXAMPLES: readonly ExampleRun[] = [
  { runId: "s1", seed: 1, wrong: [18, 18], searched: 0.95, unseenWrong: [12, 12], questionsDrawn: 3000 },
  { runId: "s2", seed: 2, wrong: [16, 17], searched: 0.9, unseenWrong: [14, 12], questionsDrawn: 3000 },
  { runId: "b1", seed: 1, baseline: "prompt-breeder", wrong: [6, 6], unseenWrong: [5, 5] },
  { runId: "b2", seed: 2, baseline: "prompt-breeder", wrong: [7, 9], unseenWrong: [7, 7] },
  { runId: "i1", seed: 1, baseline: "initial-generators", wrong: [3, 3] },
  { runId: "n1", seed: 1, baseline: "self-instruct", wrong: null },
  { runId: "p1", seed: 1, objective: "personalized", wrong: [4, 4] },
  { runId: "p2", seed: 1, objective: "personalized", baseline: "prompt-breeder", wrong: [9, 9] },
  { runId: "c1", seed: 1, objective: { difficult: 0.6, separate: 0.4 }, wrong: [4, 9] },
];
const comparison = compareRuns(EXAMPLES.map(exampleRun), { resamples: 200 });
const render = (format: Parameters<typeof renderComparison>[1]) => renderComparison(comparison, format);

const lineOf = (text: string, start: string): string => {
  const line = text.split("\n").find((one) => one.startsWith(start));
  if (line === undefined) throw new Error(`no line starts with ${start}`);
  return line.replaceAll(/ +/g, " ");
};

describe("a comparison as text", () => {
  it("has a row a method: mean, deviation, stars, what has one repeat or no score", async () => {
    const text = await render("text");
    // (0.9 + 0.8) / 2 with a deviation of 0.1 / √2; z of 34 of 40 against 13 of 40 is 4.77.
    expect(lineOf(text, "| Data Swarms")).toBe(
      "| Data Swarms | **0.8500** (0.0707; 2 repeats) *** | **0.5600** (1 repeat) * |",
    );
    expect(lineOf(text, "| Prompt breeder")).toBe(
      "| Prompt breeder | _0.3250_ (0.0354; 2 repeats) | _0.5100_ (1 repeat) |",
    );
    expect(lineOf(text, "| Initial generators")).toBe("| Initial generators | 0.1500 (1 repeat) | – |");
    expect(lineOf(text, "| Self-instruct")).toBe("| Self-instruct | no score (0 of 1 scored) | – |");
    expect(text).toContain("Best in 2 settings: Data Swarms in 2");
  });

  it("averages an objective over its domains, for methods that have a score in each", async () => {
    const text = await renderComparison(
      compareRuns(
        [
          exampleRun({ runId: "a", domain: "graphs", wrong: [8, 8] }),
          exampleRun({ runId: "b", domain: "lists", wrong: [4, 4] }),
          exampleRun({ runId: "c", domain: "graphs", baseline: "dev-set", wrong: [6, 6] }),
          exampleRun({ runId: "d", domain: "lists", baseline: "dev-set", wrong: [2, 2] }),
          exampleRun({ runId: "e", domain: "lists", baseline: "model-soup", wrong: [19, 19] }),
        ],
        { resamples: 100 },
      ),
      "text",
    );
    const average = text.slice(text.indexOf("average over domains"), text.indexOf("## Best against"));
    expect(lineOf(average, "| Data Swarms")).toBe("| Data Swarms | **0.3000** |");
    expect(lineOf(average, "| Dev set")).toBe("| Dev set | _0.2000_ |");
    expect(average).not.toContain("Model soup");
  });

  it("lines its columns up", async () => {
    const tables = (await render("text")).split("\n\n").filter((block) => block.startsWith("|"));
    expect(tables.length).toBeGreaterThan(5);
    for (const table of tables) {
      const widths = table.split("\n").map((line) => Array.from(line).length);
      expect(new Set(widths).size).toBe(1);
    }
  });

  it("shows the gap, unseen takers and the cost of a point", async () => {
    const text = await render("text");
    const sections = new Map(text.split("\n## ").map((part) => [part.split("\n")[0], part]));
    const section = (title: string): string => sections.get(title) ?? "";
    // Searched 0.95 and 0.9 less fresh 0.9 and 0.8.
    expect(lineOf(section("Searched against fresh"), "| Data Swarms")).toContain("+0.0750 (0.9250 → 0.8500)");
    expect(lineOf(section("Unseen test takers"), "| Data Swarms")).toContain("**0.6000** (0.0000)");
    // 70 points above the initial generators for 3,000 questions and 60 seconds; a run is the mean of two settings of this domain.
    expect(lineOf(section("Cost"), "| Data Swarms")).toContain("| 2,000 | 50,000 | 1 min 0 s | 43 (0.9 s) |");
    expect(section("Read with care")).toContain("n1");
  });
});

describe("a comparison as Markdown", () => {
  it("underlines the second best and shows stars as stars", async () => {
    const text = await render("markdown");
    expect(lineOf(text, "| Data Swarms")).toContain("| **0.8500** (0.0707; 2 repeats) \\*\\*\\* |");
    expect(lineOf(text, "| Prompt breeder")).toContain("<ins>0.3250</ins>");
    expect(text).toContain("## Intervals");
  });

  it("takes a method's name as text", async () => {
    const odd = compareRuns([
      exampleRun({ runId: "a", wrong: [1, 1], baseline: "a|b*c<d>\ne" }),
      exampleRun({ runId: "b", wrong: [2, 2] }),
    ]);
    expect(await renderComparison(odd, "markdown")).toContain("| A\\|b\\*c&lt;d> e |");
  });
});

describe("a comparison as LaTeX", () => {
  it("is booktabs tables with as many cells in each row as columns", async () => {
    const text = await render("latex");
    const tables = text.split("\\begin{tabular}").slice(1);
    expect(tables.length).toBeGreaterThan(5);
    for (const table of tables) {
      const columns = /^\{(l r*|lr*)\}/.exec(table)?.[1]?.length;
      const body = table.slice(0, table.indexOf("\\bottomrule"));
      const rows = body.split("\n").filter((line) => line.endsWith("\\\\"));
      for (const row of rows) expect(row.split(/(?<!\\)&/)).toHaveLength(columns ?? 0);
      expect(body).toContain("\\toprule");
      expect(body).toContain("\\midrule");
    }
    expect(text).toContain("Data Swarms & \\textbf{0.8500}\\textsuperscript{***} (0.0707; 2 repeats) &");
    expect(text).toContain("Prompt breeder & \\underline{0.3250} (0.0354; 2 repeats) &");
  });

  it("escapes what LaTeX would read as a command", () => {
    expect(escapeLatex("50 % of $a_b & {c} #1 ~ ^ \\ −")).toBe(
      "50 \\% of \\$a\\_b \\& \\{c\\} \\#1 \\textasciitilde{} \\textasciicircum{} \\textbackslash{} $-$",
    );
  });
});

describe("a comparison as JSON", () => {
  it("is the comparison itself, with every repeat and interval", async () => {
    const read = JSON.parse(await render("json")) as typeof comparison;
    expect(read).toEqual(JSON.parse(JSON.stringify(comparison)));
    const swarm = read.settings[0]!.cells.find(({ method }) => method === "Data Swarms")!;
    expect(swarm.repeats).toEqual([
      { runId: "s1", seed: 1, score: 0.9, searched: 0.95, questions: 20 },
      { runId: "s2", seed: 2, score: 0.8, searched: 0.9, questions: 20 },
    ]);
    expect(Object.keys(swarm.interval!)).toEqual(["low", "high"]);
  });
});

describe("a comparison as a page", () => {
  const elements = (node: Node): Element[] => {
    const children = "childNodes" in node ? node.childNodes.flatMap(elements) : [];
    return "tagName" in node ? [node, ...children] : children;
  };
  const read = (page: string) => {
    const errors: string[] = [];
    const document = parse(page, { onParseError: ({ code }: ParserError) => void errors.push(code) });
    return { all: elements(document), errors };
  };

  it("is well formed, refers to nothing outside itself, and draws a figure for each family of settings", async () => {
    const page = await render("html");
    const { all, errors } = read(page);
    expect(errors).toEqual([]);
    expect(page).not.toMatch(/https?:|url\(|@import|xmlns|NaN|undefined|Infinity/);
    expect(all.filter(({ tagName }) => tagName === "script")).toEqual([]);
    const ids = all.flatMap(({ attrs }) => attrs.filter(({ name }) => name === "id").map(({ value }) => value));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => /^figure-[a-z]+$/.test(id))).toEqual([
      "figure-single",
      "figure-personalized",
      "figure-composite",
    ]);
  });

  it("shows names as text", async () => {
    const attack = `"><script>alert(1)</script>'<img src=x>`;
    const attacked = compareRuns(
      [
        exampleRun({ runId: attack, wrong: [1, 1], baseline: attack, domain: attack }),
        exampleRun({ runId: "b", wrong: [2, 2], domain: attack, options: { [attack]: attack } }),
        exampleRun({ runId: "c", wrong: null, domain: attack, options: { [attack]: "b" } }),
      ],
      { resamples: 100 },
    );
    const { all, errors } = read(await renderComparison(attacked, "html"));
    expect(errors).toEqual([]);
    expect(all.filter(({ tagName }) => ["script", "img"].includes(tagName))).toEqual([]);
  });
});
