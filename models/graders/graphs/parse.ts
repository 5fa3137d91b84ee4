import { checkDraft } from "./check-draft.js";
import { parseAdjacency } from "./parse-adjacency.js";
import { parseCompact } from "./parse-compact.js";
import { parseNlgraph } from "./parse-nlgraph.js";
import { MalformedQuestion, type ParseResult } from "./parse-result.js";

/** Longer texts are not read; NLGraph's longest question has some 12,000 characters. */
export const MAXIMUM_QUESTION_CHARACTERS = 50_000;

/** Reads a question in any of the three phrasings and applies the rules of `checkDraft`. White space around it is ignored. */
export function parseQuestion(question: string): ParseResult {
  const text = question.trim();
  if (text === "") return { ok: false, rule: "empty", reason: "the question is empty" };
  if (text.length > MAXIMUM_QUESTION_CHARACTERS) {
    return {
      ok: false,
      rule: "too long",
      reason: `the question has more than ${MAXIMUM_QUESTION_CHARACTERS} characters`,
    };
  }
  try {
    const draft = parseCompact(text) ?? parseNlgraph(text) ?? parseAdjacency(text);
    if (draft === undefined)
      return {
        ok: false,
        rule: "unknown opening",
        reason: "it does not open like a graph question in any known phrasing",
      };
    return { ok: true, problem: checkDraft(draft) };
  } catch (error) {
    if (!(error instanceof MalformedQuestion)) throw error;
    return {
      ok: false,
      rule: error.rule,
      reason: error.message,
      ...(error.task === undefined ? {} : { task: error.task }),
    };
  }
}
