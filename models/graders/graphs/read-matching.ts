import { afterIntroduction, firstLine, normalize } from "../read-reply.js";

export type Pair = readonly [person: string, job: string];

const PAIR =
  /(?:\( ?)?(?:(?:applicant|person) )?(?<person>[A-Za-z0-9]+)(?: ?(?:->|-|:|=) ?| (?:gets|takes|does|to|with|is assigned(?: to)?|is matched (?:to|with)) |(?<comma>, ?| ))(?:job )?(?<job>[A-Za-z0-9]+)(?: ?\))?/iy;
const BETWEEN = /(?:[,;.]? ?\band\b ?|[,;.] ?| )/y;
const COUNT = /[,;.]? ?(?<count>\d{1,4}) applicants can find the job they are interested in\.?$/i;
const ASSIGNMENT_LINE = /^applicants? \d+ ?[:-]/i;

/**
 * Reads a matching: `A-1 B-2`, `(A,1), (B,2)`, `A: 1; B: 2`, `A gets job 1 and B gets job 2`. NLGraph writes one
 * `applicant 0: job 2` a line, so a reply whose first line is one of those goes on to the first line that is none.
 * A stated number of applicants must be the number of pairs.
 *
 * @param edges the pairs that may be matched; names such as `applicant 0` and `job 2` may be written as bare numbers
 */
export function readMatching(reply: string, edges: readonly { source: string; target: string }[]): Pair[] | undefined {
  const people = shortNames(edges.map((edge) => edge.source));
  const jobs = shortNames(edges.map((edge) => edge.target));
  const { text, count } = splitCount(answerText(reply));
  const names = { nodes: new Set([...people.keys(), ...jobs.keys()]), query: undefined };
  const pairs = afterIntroduction(text, names, (part) => readPairs(part, people, jobs));
  return pairs === undefined || (count !== undefined && count !== pairs.length) ? undefined : pairs;
}

function answerText(reply: string): string {
  if (!ASSIGNMENT_LINE.test(firstLine(reply))) return firstLine(reply);
  const lines = reply.trim().split(/\r?\n/).map(normalize);
  const end = lines.findIndex((line) => !ASSIGNMENT_LINE.test(line));
  const assigned = end < 0 ? lines : lines.slice(0, end);
  const closing = end < 0 ? "" : (lines[end] as string);
  return (COUNT.test(closing) ? [...assigned, closing] : assigned).map((line) => line.replace(/[,;.]$/, "")).join("; ");
}

function splitCount(text: string): { text: string; count: number | undefined } {
  const match = COUNT.exec(text);
  return match === null
    ? { text, count: undefined }
    : { text: text.slice(0, match.index), count: Number(match.groups?.["count"]) };
}

function readPairs(
  text: string,
  people: ReadonlyMap<string, string>,
  jobs: ReadonlyMap<string, string>,
): Pair[] | undefined {
  const body = text
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/[.!;,]$/, "")
    .trim();
  const pairs: Pair[] = [];
  for (let at = 0; at < body.length;) {
    PAIR.lastIndex = at;
    const match = PAIR.exec(body);
    const { person, job, comma } = match?.groups ?? {};
    // Without brackets a comma or a space may as well stand between two pairs.
    const bracketed = match?.[0].startsWith("(") === true && match[0].endsWith(")");
    const spelled = comma === " " && match !== null && /applicant.* job /i.test(match[0]);
    if (match === null || (comma !== undefined && !bracketed && !spelled)) return undefined;
    const pair = [people.get(person as string), jobs.get(job as string)] as const;
    if (pair[0] === undefined || pair[1] === undefined) return undefined;
    pairs.push([pair[0], pair[1]]);
    at = PAIR.lastIndex;
    if (at === body.length) break;
    BETWEEN.lastIndex = at;
    if (!BETWEEN.test(body)) return undefined;
    at = BETWEEN.lastIndex;
  }
  return pairs.length > 0 ? pairs : undefined;
}

/** `applicant 0` may be called `0`; other names stand for themselves. */
function shortNames(names: readonly string[]): Map<string, string> {
  return new Map(names.map((name) => [name.split(" ").at(-1) as string, name]));
}
