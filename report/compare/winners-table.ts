import * as format from "../format.js";
import type { ComparedSetting } from "./comparison.js";
import { settingName } from "./group-settings.js";
import { NOT_MEASURED } from "./numbers.js";
import type { TableCell, TableModel } from "./table-model.js";
import type { MethodWinners } from "./winners.js";

/** How often each setting's winner came from the generator that was first, second and so on to start with. */
export function winnersTable(options: {
  readonly id: string;
  readonly caption: string;
  readonly settings: readonly ComparedSetting[];
}): TableModel {
  const { id, caption, settings } = options;
  const methods = new Set(settings.flatMap(({ winners }) => winners.map(({ method }) => method)));
  const rows = settings.flatMap((setting) =>
    setting.winners.map((winners) => ({
      header: `${setting.domain}, ${settingName(setting)}${methods.size > 1 ? `: ${winners.method}` : ""}`,
      winners,
    })),
  );
  const most = Math.max(0, ...rows.map(({ winners }) => winners.generators));
  return {
    id,
    caption,
    columns: [
      methods.size > 1 ? "setting and method" : "setting",
      "runs",
      ...Array.from({ length: most }, (_, place) => ordinal(place + 1)),
      "not first",
    ],
    rows: rows.map(({ header, winners }) => ({
      header,
      cells: [
        { text: String(winners.runs) },
        ...Array.from({ length: most }, (_, place) => placeCell(winners, place)),
        {
          text: share(winners.searched.notFirst),
          detail: `(${share(winners.fresh.notFirst)})`,
        },
      ],
    })),
    notes: [
      "Places of the winners' initial generators by searched score in iteration 0, in brackets by score on fresh questions.",
      `Where it does not matter who starts first, ${share((most - 1) / most)} of the winners of ${most} generators were not first.`,
    ],
  };
}

/** `In 7 of 12 runs the winner came from a generator that was not the best to start with ("diamond in the rough").` */
export function winnerSentences(settings: readonly ComparedSetting[]): string[] {
  const all = settings.flatMap(({ winners }) => winners);
  if (all.length === 0) return [];
  const count = (of: (winners: MethodWinners) => number): number => all.reduce((sum, one) => sum + of(one), 0);
  const known = count(({ searched }) => searched.places.reduce((sum, winners) => sum + winners, 0));
  const first = count(({ searched }) => searched.places[0] ?? 0);
  if (known === 0) return [];
  return [
    `In ${known - first} of ${known} runs the winner came from a generator that was not first to start with ("diamond in the rough").`,
  ];
}

function placeCell({ generators, searched, fresh }: MethodWinners, place: number): TableCell {
  if (place >= generators) return { text: NOT_MEASURED };
  return { text: String(searched.places[place]), detail: `(${fresh.places[place]})` };
}

const SUFFIXES: Readonly<Record<string, string>> = { one: "st", two: "nd", few: "rd" };
const rules = new Intl.PluralRules("en", { type: "ordinal" });

/** `1st`, `2nd`, `3rd`, `4th`, `11th`, `21st`. */
function ordinal(place: number): string {
  return `${place}${SUFFIXES[rules.select(place)] ?? "th"}`;
}

function share(value: number | null): string {
  return value === null ? NOT_MEASURED : format.percent(value);
}
