import type { Grader } from "../../models/graders/grader.js";
import { type Question, questionSchema } from "../../models/records.js";
import { readJsonLines } from "../../store/json-lines.js";
import { keys } from "../../store/keys.js";
import type { RunContext } from "../dependencies.js";

/**
 * Of questions in their order those that takers may learn from: each thing that is asked once, and nothing that the takers are
 * measured by on held-out or test questions, which a generator may have written by chance.
 *
 * @param known questions that need not come once more
 */
export async function questionsToLearn(
  { store, grader, runId }: RunContext,
  questions: readonly Question[],
  known: readonly Question[] = [],
): Promise<Question[]> {
  const measured = await Promise.all(
    [keys.heldOut(runId, 0), keys.test(runId)].map((folder) =>
      readJsonLines(store, keys.questions(folder), questionSchema),
    ),
  );
  const seen = new Set([...measured.flat(), ...known].map((question) => canonical(grader, question)));
  return questions.filter((question) => {
    const form = canonical(grader, question);
    if (seen.has(form)) return false;
    seen.add(form);
    return true;
  });
}

/** What is equal for questions that ask the same thing. @throws TypeError where the question is not valid */
function canonical(grader: Grader, { id, question }: Question): string {
  const examined = grader.examine(question);
  if (!examined.valid) throw new TypeError(`question ${id} is not valid: ${examined.reason}`);
  return examined.canonical;
}
