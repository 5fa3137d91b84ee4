import { type DefaultTreeAdapterTypes, type ParserError, parse } from "parse5";
import { beforeAll, describe, expect, it } from "vitest";
import { renderReport } from "../../report/render-report.js";
import type { ReportData } from "../../report/report-data.js";
import { exampleReport, exampleResult, TAKERS, UNSEEN_TAKERS } from "./example-report.js";

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

const isElement = (node: Node): node is Element => "tagName" in node;

function elements(node: Node): Element[] {
  const children = "childNodes" in node ? node.childNodes.flatMap(elements) : [];
  return isElement(node) ? [node, ...children] : children;
}

function text(node: Node): string {
  if ("value" in node) return node.value;
  return "childNodes" in node ? node.childNodes.map(text).join("") : "";
}

const attribute = (element: Element, name: string): string | undefined =>
  element.attrs.find((one) => one.name === name)?.value;

/** The page as a browser reads it, and what a validator would complain of. */
function read(page: string): { all: Element[]; errors: string[] } {
  const errors: string[] = [];
  const document = parse(page, { onParseError: ({ code }: ParserError) => void errors.push(code) });
  return { all: elements(document), errors };
}

function expectSelfContained({ all, errors }: ReturnType<typeof read>): void {
  expect(errors).toEqual([]);
  const tags = new Set(all.map(({ tagName }) => tagName));
  for (const tag of ["script", "iframe", "img", "object", "embed", "form", "base", "foreignObject", "image", "use"]) {
    expect(tags).not.toContain(tag);
  }
  const attributes = all.flatMap(({ attrs }) => attrs);
  expect(attributes.filter(({ name }) => name.startsWith("on"))).toEqual([]);
  const addresses = attributes.filter(({ name }) => ["href", "src", "action", "srcset", "style"].includes(name));
  expect(addresses.filter(({ value }) => !/^#|^data:,$/.test(value))).toEqual([]);
  const ids = all.map((element) => attribute(element, "id")).filter((id) => id !== undefined);
  expect(new Set(ids).size).toBe(ids.length);
}

describe("renderReport", () => {
  let page: string;
  let document: ReturnType<typeof read>;

  beforeAll(async () => {
    page = await renderReport(exampleReport);
    document = read(page);
  });

  it("is one well-formed page that refers to nothing outside itself", () => {
    expectSelfContained(document);
    expect(page).not.toMatch(/https?:|url\(|@import|xmlns/);
  });

  it("gives every picture a title and a description, once for a page and once for a phone", () => {
    const pictures = document.all.filter(({ tagName }) => tagName === "svg");
    const byId = new Map(document.all.map((element) => [attribute(element, "id"), element]));
    expect(pictures.map((picture) => attribute(picture, "class")).sort()).toEqual([
      ...Array<string>(8).fill("narrow"),
      ...Array<string>(8).fill("wide"),
    ]);
    for (const picture of pictures) {
      expect(attribute(picture, "role")).toBe("img");
      const labels = attribute(picture, "aria-labelledby")?.split(" ") ?? [];
      expect(labels.map((id) => byId.get(id)?.tagName)).toEqual(["title", "desc"]);
      for (const id of labels) expect(text(byId.get(id) as Element)).not.toBe("");
    }
  });

  it("draws numbers only", () => {
    const drawn = document.all
      .flatMap(({ attrs }) => attrs)
      .filter(({ name }) => ["d", "transform", "x2"].includes(name));
    expect(drawn.filter(({ value }) => /NaN|undefined|Infinity/.test(value))).toEqual([]);
  });

  it("shows ten questions before and ten after, each with every taker's answer marked in words", () => {
    const lists = document.all.filter((element) => attribute(element, "class") === "examples");
    expect(lists.map((list) => list.childNodes.filter(isElement).length)).toEqual([10, 10]);
    const marks = lists.flatMap(elements).filter((element) => attribute(element, "class")?.startsWith("mark"));
    expect(marks).toHaveLength(2 * 10 * TAKERS.length);
    expect(new Set(marks.map(text))).toEqual(new Set(["✓ right", "✗ wrong"]));
  });

  it("has a section on unseen test takers, and a way to it, only where there are some", async () => {
    const ids = ({ all }: ReturnType<typeof read>): number =>
      all.filter((one) => attribute(one, "id") === "unseen").length;
    const links = ({ all }: ReturnType<typeof read>): number =>
      all.filter((one) => attribute(one, "href") === "#unseen").length;
    expect([ids(document), links(document)]).toEqual([1, 1]);
    const section = document.all.find((one) => attribute(one, "aria-labelledby") === "unseen") as Element;
    const header = elements(section).filter((one) => attribute(one, "scope") === "col");
    expect(header.map(text).slice(-2)).toEqual([...UNSEEN_TAKERS]);
    const best = elements(section).find(
      ({ tagName, childNodes }) => tagName === "tr" && childNodes.map(text).join("").includes("best"),
    );
    expect(
      elements(best as Element)
        .filter(({ tagName }) => tagName === "td")
        .map(text),
    ).toEqual(["0.463", "0.415 to 0.510", "400", "14.5\u00a0%", "53.8\u00a0%"]);
    const without = read(await renderReport({ ...exampleReport, result: { ...exampleResult, unseen: null } }));
    expect([ids(without), links(without)]).toEqual([0, 0]);
  });

  it("says what became of higher scores, and shows every test, only where bests were tested", async () => {
    const line = "A higher score was tested on fresh questions";
    expect(page).not.toContain(line);
    const challenges = [
      { best: "personal", particle: 0, pValue: 0.034, accepted: true },
      { best: "personal", particle: 2, pValue: null, accepted: false },
      { best: "global", particle: 0, pValue: 0.31, accepted: false },
    ] as const;
    const iterations = exampleResult.iterations.map((one) => ({
      ...one,
      ...(one.iteration === 0 ? {} : { challenges: one.iteration === 3 ? challenges : [] }),
    }));
    const tested = read(await renderReport({ ...exampleReport, result: { ...exampleResult, iterations } }));
    expectSelfContained(tested);
    const said = tested.all.filter(({ tagName }) => tagName === "p").map(text);
    expect(said.find((one) => one.includes(line))).toMatch(/1 of 2 .*own best, 0 of 1 /s);
    const table = tested.all.find(({ tagName, childNodes }) => {
      return tagName === "table" && childNodes.map(text).join("").includes("tested on fresh questions");
    });
    const cells = elements(table as Element).filter(({ tagName }) => tagName === "td" || tagName === "th");
    expect(cells.map(text).slice(5)).toEqual([
      ...["3", "particle 0", "its own best", "p = 0.034", "accepted"],
      ...["3", "particle 2", "its own best", "no score on fresh questions", "refused"],
      ...["3", "particle 0", "the swarm's best", "p = 0.310", "refused"],
    ]);
  });

  it("is the same for the same data", async () => {
    expect(await renderReport(exampleReport)).toBe(page);
  });

  it("shows what a model wrote as text, wherever it comes", async () => {
    const attack = `"><script>alert(1)</script></title></style><svg/onload=alert(2)>'<img src=https://evil.example/x> \u0000\ud800 {{x}} \${y} $& $1`;
    const [initial, ...others] = exampleReport.generators;
    if (initial === undefined) throw new Error("the example has generators");
    const attacked = {
      ...initial,
      label: "best",
      performance: { [attack]: 0.5 },
      unseenPerformance: { [attack]: 0.5 },
      questions: [{ kind: attack, size: 3 }],
      sampled: { ...initial.sampled, reasons: { [attack]: 3 } },
      examples: [
        {
          question: attack,
          answer: attack,
          kind: attack,
          size: 3,
          replies: [{ taker: attack, response: attack, performance: 0.5 }],
        },
        {
          question: "q",
          answer: "",
          kind: null,
          size: null,
          replies: [{ taker: attack, response: attack.repeat(9), performance: 1 }],
        },
      ],
    };
    const data: ReportData = {
      ...exampleReport,
      name: attack,
      domain: attack,
      objective: attack,
      takers: [attack],
      settings: [[attack, attack]],
      generators: [...others.filter(({ label }) => label !== "best"), attacked],
      result: {
        ...exampleResult,
        runId: attack,
        unseen: { takers: [attack], initial: [], best: null },
        objective: attack,
        usage: { ...exampleResult.usage, seconds: { [attack]: 2 } },
      },
    };
    const attackedDocument = read(await renderReport(data));
    expectSelfContained(attackedDocument);
    const shown = attack.replace("\u0000\ud800", "\ufffd\ufffd");
    const questions = attackedDocument.all.filter((element) => attribute(element, "class") === "question");
    expect(questions.map(text)).toContain(shown);
  });

  it("keeps the line breaks and indentation of a question", async () => {
    const [initial] = exampleReport.generators;
    if (initial === undefined) throw new Error("the example has generators");
    const question = "def f(x):\n    return x\n\n  # what is f(1)?";
    const example = { question, answer: "1", kind: null, size: null, replies: [] };
    const best = { ...initial, label: "best", examples: [example] };
    const { all } = read(await renderReport({ ...exampleReport, generators: [best] }));
    expect(all.filter((element) => attribute(element, "class") === "question").map(text)).toEqual([question]);
  });

  it("renders a run in which no generator ever had a score", async () => {
    const none = { score: null, low: null, high: null, questions: 0 };
    const data: ReportData = {
      ...exampleReport,
      generators: [],
      result: {
        ...exampleResult,
        iterations: [{ iteration: 0, scores: [null, null], best: null, worst: null }],
        initial: [0, 1].map((particle) => ({ particle, fresh: none })),
        best: null,
        unseen: { takers: ["one"], initial: [0, 1].map((particle) => ({ particle, fresh: none })), best: null },
        usage: { ...exampleResult.usage, seconds: {} },
      },
    };
    const rendered = read(await renderReport(data));
    expectSelfContained(rendered);
    expect(rendered.all.map(({ tagName }) => tagName)).toContain("h2");
  });
});
