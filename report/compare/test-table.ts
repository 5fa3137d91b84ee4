import * as format from "../format.js";
import type { Comparison, UnseenSetting } from "./comparison.js";
import { settingName } from "./group-settings.js";
import { signed, signedPercent } from "./numbers.js";
import type { TableModel } from "./table-model.js";

/** Best against second best, a setting a row. */
export function testTable(id: string, caption: string, settings: readonly UnseenSetting[]): TableModel {
  return {
    id,
    caption,
    columns: ["setting", "best", "second", "difference", "relative", "over questions", "over repeats"],
    rows: settings.flatMap((setting) => {
      const { test } = setting;
      if (test === null) return [];
      const { best, second, difference, relative, overQuestions, overRepeats, stars } = test;
      return [
        {
          header: `${setting.domain}, ${settingName(setting)}`,
          cells: [
            { text: best },
            { text: second },
            { text: signed(difference), stars },
            { text: relative === null ? "\u2013" : signedPercent(relative) },
            { text: `${format.probability(overQuestions.pValue)} (${overQuestions.test})` },
            { text: format.probability(overRepeats.pValue) },
          ],
        },
      ];
    }),
    notes: [
      "One-tailed. Over questions: whether these question sets differ, the repeats taken as they are (difficult: z-test on all graded answers; else a bootstrap within repeats).",
      "Over repeats: whether other seeds would differ too (Welch's t-test of the repeats' scores; a method of one repeat counts as fixed).",
      "The best is chosen by the same scores that are tested: with only two methods, double p.",
    ],
  };
}

/** `Best in 12 settings: Data Swarms in 10 (8 at p < 0.05), Prompt breeder in 2 (0).` */
export function bestSentences({ bestIn, settings }: Comparison): string[] {
  const [first, ...others] = bestIn.toSorted((one, other) => other.settings - one.settings);
  if (first === undefined) return [];
  const tested = settings.filter(({ test }) => test !== null).length;
  const wins = [
    `${first.method} in ${first.settings} (${first.significant} at p < 0.05)`,
    ...others.map(({ method, settings: won, significant }) => `${method} in ${won} (${significant})`),
  ];
  return [`Best in ${tested} ${tested === 1 ? "setting" : "settings"}: ${wins.join(", ")}.`];
}
