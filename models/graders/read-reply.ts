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

/** The words in which a line comes to its answer: `..., so the answer is no.`, `... Therefore, yes`. */
const CONCLUSION =
  /(?:\b(?:so|therefore|thus|hence)[,:]? (?:the (?:final )?answer is:? )?|[.;:] the (?:final )?answer is:? )(?<said>yes|no)[.!]?$/i;

/** In the working before a conclusion negations are part of the argument; these make the conclusion itself doubtful. */
const UNSETTLED =
  /\b(?:instead|except|unless|wrong|incorrect|false|maybe|perhaps|possibly|probably|unsure|yes)\b|^no\b|\banswer is:? no\b|\bno(?=[.,;:!]|$)/i;

/** Yes or no where the line concludes with one of them, or says one of them and nothing that speaks against it. */
export function readYesNo(line: string): boolean | undefined {
  const conclusion = CONCLUSION.exec(line);
  if (conclusion !== null) {
    const isSettled = !UNSETTLED.test(line.slice(0, conclusion.index).trim());
    return isSettled ? conclusion.groups?.["said"]?.toLowerCase() === "yes" : undefined;
  }
  if (/\byes\b/i.test(line)) return DOUBT.test(line) ? undefined : true;
  if (!/\bno\b/i.test(line) || DOUBT.test(line.replace(NEGATION, ""))) return undefined;
  // "No, there is no cycle" says it twice; "it is not true that there is no cycle" takes it back.
  const once = (line.match(NEGATION) ?? []).length === 1;
  return once || /^(?:(?:so|therefore|thus|hence),? )?(?:the answer is:? )?no\b/i.test(line) ? false : undefined;
}

/** Names of a problem as they stand in a text. */
export interface Names {
  readonly nodes: ReadonlySet<string>;
  readonly query: { readonly from: string; readonly to: string } | undefined;
}

/** What an introduction ends with. */
const INTRODUCTION_END = /\b(?:is|are|be)\b ?:?|:/gi;

/** Between introductions stands nothing of an answer, but that of a list, `now:`, may be either. */
const INTRODUCTIONS_TRIED = 2;

/**
 * Tries `read` on the whole line, then on what follows an introduction such as `The shortest path from A to D is:`. An
 * introduction names no nodes but the asked ones, holds no other number and no word of doubt. A stated pair of asked nodes
 * must be the one asked.
 *
 * The time it takes grows as the line does: an answer opens with a node or a number, so only the last introductions before
 * the first of those, or of a doubt, can stand right before one.
 */
export function afterIntroduction<Read>(
  line: string,
  names: Names,
  read: (text: string) => Read | undefined,
): Read | undefined {
  const whole = read(line);
  if (whole !== undefined) return whole;
  const limit = introductionLimit(line, names);
  const ends = Array.from(line.matchAll(INTRODUCTION_END), ({ 0: words, index }) => index + words.length);
  for (const end of ends.filter((one) => one <= limit).slice(-INTRODUCTIONS_TRIED)) {
    const rest = read(line.slice(end).trim());
    if (rest !== undefined) return rest;
  }
  return undefined;
}

/** Where the first thing begins that no introduction may hold: a word of doubt, a digit or a node; else the line's end. */
function introductionLimit(line: string, { nodes, query }: Names): number {
  const blank = (text: string): string => " ".repeat(text.length);
  let rest = line;
  if (query !== undefined) {
    const pair = `(?:node )?${query.from} (?:to|and) (?:node )?${query.to}\\b`;
    rest = rest.replace(new RegExp(`\\b(?:from|between) ${pair}`, "i"), blank);
  }
  const doubt = DOUBT.exec(rest)?.index ?? line.length;
  const digit = /\d/.exec(rest)?.index ?? line.length;
  // "A shortest path is", "I think": words here, even where A and I are nodes.
  rest = rest.replace(/\b[AI] (?!is\b|are\b|be\b|to\b|and\b|then\b)(?=[a-z]{2})/g, blank);
  let node = line.length;
  for (const { 0: word, index } of rest.matchAll(/[A-Za-z0-9]+/g)) {
    if (!nodes.has(word)) continue;
    node = index;
    break;
  }
  return Math.min(doubt, digit, node);
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
