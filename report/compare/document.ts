import { averageTable } from "./average-table.js";
import type { Comparison, ComparedSetting, UnseenSetting } from "./comparison.js";
import { costTable } from "./cost-table.js";
import { gapTable } from "./gap-table.js";
import { groupBy } from "./group-by.js";
import { intervalTable } from "./interval-table.js";
import { questionTable } from "./question-table.js";
import { scoreTable } from "./score-table.js";
import type { DocumentSection } from "./table-model.js";
import { bestSentences, testTable } from "./test-table.js";
import { averageTransferTables, transferTable } from "./transfer-table.js";
import { winnerSentences, winnersTable } from "./winners-table.js";

export const TITLE = "Methods compared";

const QUESTION_MEASURES = [
  { measure: "size", what: "Mean size of the fresh questions" },
  { measure: "length", what: "Mean length of the fresh questions in characters" },
] as const;

/** The comparison as sections of tables, the same in every format; what needs much room is in `detailed` ones only. */
export function documentOf(comparison: Comparison, { detailed }: { readonly detailed: boolean }): DocumentSection[] {
  const { methods, variants, settings, unseen, transfer, warnings } = comparison;
  const byDomain = groupBy(settings, tableName);
  const unseenByDomain = groupBy(unseen, tableName);
  const section = (part: Partial<DocumentSection> & Pick<DocumentSection, "id" | "title">): DocumentSection => ({
    paragraphs: [],
    tables: [],
    items: [],
    ...part,
  });
  const sections = [
    section({
      id: "scores",
      title: "Fresh scores",
      paragraphs: [...bestSentences(comparison), ...variants.map(({ method, options }) => `${method}: ${options}.`)],
      tables: [
        ...tablesOf(byDomain, (name, inTable, number) => [
          scoreTable({ id: `scores-${number}`, caption: `Fresh scores, ${name}`, methods, settings: inTable }),
        ]),
        averageTable({ id: "scores-average", caption: "Fresh scores, average over domains", methods, settings }),
      ],
    }),
    section({
      id: "significance",
      title: "Best against second best",
      tables: [testTable("tests", "One-tailed tests, a setting a row", settings)],
    }),
    section({
      id: "intervals",
      title: "Intervals",
      tables: detailed
        ? tablesOf(byDomain, (name, settings, number) => [
            intervalTable({ id: `intervals-${number}`, caption: `Intervals, ${name}`, methods, settings }),
          ])
        : [],
    }),
    section({
      id: "unseen",
      title: "Unseen test takers",
      tables: [
        ...tablesOf(unseenByDomain, (name, settings, number) => [
          scoreTable({
            id: `unseen-${number}`,
            caption: `Fresh scores on unseen test takers, ${name}`,
            methods,
            settings,
          }),
        ]),
        averageTable({
          id: "unseen-average",
          caption: "Fresh scores on unseen test takers, average over domains",
          methods,
          settings: unseen,
        }),
        testTable("unseen-tests", "One-tailed tests on unseen test takers, a setting a row", unseen),
      ],
    }),
    section({
      id: "transfer",
      title: "Transfer between objectives",
      tables: [
        ...transfer.map((one, index) =>
          transferTable({
            id: `transfer-${index + 1}`,
            caption: `Scores on each objective, ${one.domain}${one.variant === "" ? "" : ` (${one.variant})`}`,
            transfer: one,
          }),
        ),
        ...averageTransferTables(transfer, "Scores on each objective, average"),
      ],
    }),
    section({
      id: "questions",
      title: "What the questions are",
      tables: QUESTION_MEASURES.flatMap(({ measure, what }) =>
        tablesOf(byDomain, (name, settings, number) => [
          questionTable({
            id: `question-${measure}-${number}`,
            caption: `${what}, ${name}`,
            methods,
            settings,
            measure,
          }),
        ]),
      ),
    }),
    section({
      id: "winners",
      title: "Where the winners started",
      paragraphs: winnerSentences(settings),
      tables: [winnersTable({ id: "winners", caption: "Places of the winners' initial generators", settings })],
    }),
    section({
      id: "gap",
      title: "Searched against fresh",
      tables: tablesOf(byDomain, (name, settings, number) => [
        gapTable({ id: `gap-${number}`, caption: `Searched less fresh score, ${name}`, methods, settings }),
      ]),
    }),
    section({
      id: "cost",
      title: "Cost",
      tables: tablesOf(byDomain, (name, settings, number) => [
        costTable({ id: `cost-${number}`, caption: `What a run took, ${name}`, methods, settings }),
      ]),
    }),
    section({ id: "warnings", title: "Read with care", items: warnings }),
  ];
  return sections
    .map((one) => ({ ...one, tables: one.tables.filter(({ rows }) => rows.length > 0) }))
    .filter(({ tables, items }) => tables.length + items.length > 0);
}

/** Weighted means have long names and figures of their own, so they have tables of their own too. */
function tableName({ domain, family }: UnseenSetting): string {
  return family === "composite" ? `${domain}: weighted means of objectives` : domain;
}

function tablesOf<Setting extends ComparedSetting | UnseenSetting>(
  groups: ReadonlyMap<string, readonly Setting[]>,
  tables: (name: string, settings: readonly Setting[], number: number) => DocumentSection["tables"],
): DocumentSection["tables"] {
  return [...groups].flatMap(([name, settings], index) => tables(name, settings, index + 1));
}
