/** Reads what a reply states. Everything here gives `undefined` rather than guess: an ambiguous reply earns nothing. */

/** Words that take back, weaken or contradict what stands beside them. */
const DOUBT =
  /\b(?:not|no|none|never|cannot|neither|nor|or|either|but|however|instead|except|unless|wrong|incorrect|false|maybe|perhaps|possibly|probably|unsure|longer|longest)\b|n't\b/i;

/** No answer to a question of the largest size is nearly as long; a longer line is not read. */
const MAXIMUM_LINE_CHARACTERS = 4000;

/** The first line with anything on it: what follows it is the reply's working, not its answer. */
export function firstLine(reply: string): string {
  const line = reply.trimStart().split(/\r?\n/, 1)[0] ?? "";
  return line.length > MAXIMUM_LINE_CHARACTERS ? "" : normalize(line);
}

/** Writes arrows and dashes of any kind as `->` and `-`, drops emphasis, and makes white space single spaces. */
export function normalize(text: string): string {
  return text
    .replace(/[→⇒⟶]|=>|-->/g, "->")
    .replace(/[‐‑‒–—−]/g, "-")
    .replace(/[*`"’]/g, (mark) => (mark === "’" ? "'" : ""))
    .replace(/\s+/g, " ")
    .trim();
}

const NEGATION = /\b(?:no|not|none|never|cannot|nor)\b|n't\b/gi;

/** Yes or no where the line says one of them and nothing that speaks against it. */
export function readYesNo(line: string): boolean | undefined {
  if (/\byes\b/i.test(line)) return DOUBT.test(line) ? undefined : true;
  if (!/\bno\b/i.test(line) || DOUBT.test(line.replace(NEGATION, ""))) return undefined;
  // "No, there is no cycle" says it twice; "it is not true that there is no cycle" takes it back.
  const once = (line.match(NEGATION) ?? []).length === 1;
  return once || /^(?:the answer is )?no\b/i.test(line) ? false : undefined;
}

/** Names of a problem as they stand in a text. */
export interface Names {
  readonly nodes: ReadonlySet<string>;
  readonly query: { readonly from: string; readonly to: string } | undefined;
}

/**
 * Tries `read` on the whole line, then on what follows an introduction such as `The shortest path from A to D is:`. An
 * introduction names no nodes but the asked ones, holds no other number and no word of doubt. A stated pair of asked nodes
 * must be the one asked.
 */
export function afterIntroduction<Read>(
  line: string,
  names: Names,
  read: (text: string) => Read | undefined,
): Read | undefined {
  const whole = read(line);
  if (whole !== undefined) return whole;
  for (const match of line.matchAll(/\b(?:is|are|be)\b ?:?|:/gi)) {
    const end = match.index + match[0].length;
    if (!isIntroduction(line.slice(0, end), names)) return undefined;
    const rest = read(line.slice(end).trim());
    if (rest !== undefined) return rest;
  }
  return undefined;
}

function isIntroduction(text: string, { nodes, query }: Names): boolean {
  let rest = text;
  if (query !== undefined) {
    const pair = `(?:node )?${query.from} (?:to|and) (?:node )?${query.to}\\b`;
    rest = rest.replace(new RegExp(`\\b(?:from|between) ${pair}`, "i"), "");
  }
  if (DOUBT.test(rest) || /\d/.test(rest)) return false;
  // "A shortest path is", "I think": words here, even where A and I are nodes.
  rest = rest.replace(/\b[AI] (?!is\b|are\b|be\b|to\b|and\b|then\b)(?=[a-z]{2})/g, "");
  return !rest.split(/[^A-Za-z0-9]+/).some((word) => nodes.has(word));
}

/** Every word of the text as a node, with spaces, commas, arrows, dashes, brackets or `node` between them. */
export function readSequence(text: string, nodes: ReadonlySet<string>): string[] | undefined {
  const words = text
    .replace(/[.!]$/, "")
    .replace(/->|[>,;()[\]{}|-]/g, " ")
    .replace(/\b(?:nodes?|then|to|and)\b/gi, " ")
    .split(" ")
    .filter((word) => word !== "");
  return words.length > 0 && words.every((word) => nodes.has(word)) ? words : undefined;
}

/** The whole number that the text is, with or without a unit or a full stop. */
export function readNumber(text: string): number | undefined {
  const match = /^(0|[1-9]\d{0,8})(?: units?(?: of flow)?)?[.!]?$/i.exec(text);
  return match === null ? undefined : Number(match[1]);
}

/** Takes a closing `with a total weight of 5`, `(length 5)` or `, total 5` off the line. */
export function splitTotal(line: string): { readonly text: string; readonly total: number | undefined } {
  const match =
    /[,;.]? ?\(?(?:(?:with|and|has|having|of) )?(?:(?:a|an|the|its) )?(?:total |overall )?(?:weight|length|distance|cost|total)(?: of| is| =|:| ?=)? ?(\d{1,9})\)?[.!]?$/i.exec(
      line,
    );
  if (match === null) return { text: line, total: undefined };
  return { text: line.slice(0, match.index).trim(), total: Number(match[1]) };
}
