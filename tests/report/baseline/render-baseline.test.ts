import { parse, type ParserError } from "parse5";
import { describe, expect, it } from "vitest";
import { renderReport } from "../../../report/render-report.js";
import type { ReportData } from "../../../report/report-data.js";
import { baselineReport, fixedReport, unscoredReport } from "../example-baseline.js";

const pages = new Map<ReportData, Promise<string>>();

/** Drawing takes a while, so each page is drawn once. */
function pageOf(data: ReportData): Promise<string> {
  const page = pages.get(data) ?? renderReport(data);
  pages.set(data, page);
  return page;
}

const examples: readonly [string, ReportData][] = [
  ["a search", baselineReport],
  ["a fixed set", fixedReport],
  ["a method without a score", unscoredReport],
];

const headings = (page: string): string[] => [...page.matchAll(/<h2 id="([^"]+)"/g)].map(([, id = ""]) => id);

describe("the report of a baseline", () => {
  it.each(examples)("is one well-formed page without a word of swarms: %s", async (_, data) => {
    const page = await pageOf(data);
    const errors: string[] = [];
    parse(page, { onParseError: ({ code }: ParserError) => void errors.push(code) });
    expect(errors).toEqual([]);
    expect(/swarm|particle|initial generator|best generator|https?:|url\(/i.exec(page)?.[0]).toBeUndefined();
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(links.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it("shows the rounds and the gap to the searched score only where there was a search", async () => {
    const [search, fixed] = await Promise.all([pageOf(baselineReport), pageOf(fixedReport)]);
    expect(headings(search)).toEqual(["outcome", "rounds", "composition", "examples", "takers", "numbers"]);
    expect(headings(fixed)).toEqual(["outcome", "composition", "examples", "takers", "numbers"]);
    expect(search.includes("0.052 less")).toBe(true);
    expect(search.includes("1 of 5 rounds wrote too few valid questions")).toBe(true);
    expect(fixed.includes("its only measurement")).toBe(true);
  });

  it("tells unseen test takers apart, only where there are some", async () => {
    const [search, fixed] = await Promise.all([pageOf(baselineReport), pageOf(fixedReport)]);
    expect(search.includes("Unseen test takers") && search.includes("0.290")).toBe(true);
    expect(fixed.includes("Unseen test takers")).toBe(false);
  });

  it("says that there is no score, and what became of what was written", async () => {
    const page = await pageOf(unscoredReport);
    expect(page.includes("self-instruct has no score on difficult")).toBe(true);
    expect(page.includes("Why questions were invalid")).toBe(true);
  });
});
