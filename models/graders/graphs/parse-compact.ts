import { COMPACT_TEMPLATES } from "./compact.js";
import { type Draft, MalformedQuestion } from "./parse-result.js";
import { DIRECTED_TASKS, type Edge, GRAPH_TASKS, type GraphTask, WEIGHTED_TASKS } from "./problem.js";

interface Template {
  readonly task: GraphTask;
  /** What stands before the edges. */
  readonly opening: string;
  /** What stands after the edges; groups `from` and `to` where two nodes are asked about. */
  readonly ending: RegExp;
}

const TEMPLATES: readonly Template[] = GRAPH_TASKS.flatMap((task) =>
  COMPACT_TEMPLATES[task].map((template) => {
    const [opening, ending] = template.split("{edges}") as [string, string];
    const pattern = ending
      .replace(/[.*+?^$()|[\]\\]/g, "\\$&")
      .replace("{from}", "(?<from>[A-Z])")
      .replace("{to}", "(?<to>[A-Z])");
    return { task, opening, ending: new RegExp(`^${pattern}(?<rest>[^]*)$`) };
  }),
);

const OPENINGS = [...new Set(TEMPLATES.map((template) => template.opening))];
/** Edges hold no comma, no full stop and no lower-case letter, so the first of these ends them. */
const EDGES_END = /[,.?a-z]|$/;

const PAIR = /^[A-Z]-[1-9]\d?$/;
const WALK = /^[A-Z](?:-[A-Z])+$/;
const DIRECTED_WALK = /^[A-Z](?:>[A-Z])+$/;
const WEIGHTED_WALK = /^[A-Z](?:-[A-Z]:[1-9]\d?)+$/;
const DIRECTED_WEIGHTED_WALK = /^[A-Z](?:>[A-Z]:[1-9]\d?)+$/;

/**
 * Reads the compact phrasing (`compact.ts`): edges are told as walks, nodes are capital letters, jobs and weights whole numbers
 * from 1 to 99, words and single spaces exactly as the templates have them.
 *
 * @returns `undefined` where the text does not open like a compact question
 * @throws MalformedQuestion where it does, but does not go on as one
 */
export function parseCompact(text: string): Draft | undefined {
  const opening = OPENINGS.find((candidate) => text.startsWith(candidate));
  if (opening === undefined) return undefined;
  const start = opening.length;
  const end = start + text.slice(start).search(EDGES_END);
  const ending = text.slice(end);
  for (const template of TEMPLATES) {
    if (template.opening !== opening) continue;
    const groups = template.ending.exec(ending)?.groups;
    if (groups === undefined) continue;
    const { task } = template;
    if (groups["rest"] !== "")
      throw new MalformedQuestion("text after the question", "there is text after the question", task);
    const edges = text
      .slice(start, end)
      .split(" ")
      .flatMap((word) => parseWalk(word, task));
    const { from, to } = groups;
    return { task, edges, ...(from === undefined || to === undefined ? {} : { query: { from, to } }) };
  }
  throw new MalformedQuestion(
    "unknown ending",
    `a question that opens with "${opening.trim()}" cannot go on with "${ending.slice(0, 60)}"`,
  );
}

function parseWalk(word: string, task: GraphTask): Edge[] {
  if (!walkPattern(task).test(word)) {
    throw new MalformedQuestion(
      "malformed edge",
      `"${word.slice(0, 40)}" is not told as in ${exampleWalk(task)}`,
      task,
    );
  }
  const [start, ...steps] = word.split(DIRECTED_TASKS.has(task) ? ">" : "-") as [string, ...string[]];
  let source = start;
  return steps.map((step) => {
    const [target, weight] = step.split(":") as [string, string?];
    const edge = { source, target, ...(weight === undefined ? {} : { weight: Number(weight) }) };
    source = target;
    return edge;
  });
}

function walkPattern(task: GraphTask): RegExp {
  if (task === "bipartite-matching") return PAIR;
  if (DIRECTED_TASKS.has(task)) return WEIGHTED_TASKS.has(task) ? DIRECTED_WEIGHTED_WALK : DIRECTED_WALK;
  return WEIGHTED_TASKS.has(task) ? WEIGHTED_WALK : WALK;
}

function exampleWalk(task: GraphTask): string {
  if (task === "bipartite-matching") return "A-1";
  if (DIRECTED_TASKS.has(task)) return WEIGHTED_TASKS.has(task) ? "A>B:3>C:5" : "A>B>C";
  return WEIGHTED_TASKS.has(task) ? "A-B:3-C:5" : "A-B-C";
}
