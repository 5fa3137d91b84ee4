import { keys } from "../store/keys.js";
import type { ActivityDependencies } from "./dependencies.js";
import type { RunRef } from "./run/run-inputs.js";

export interface CopyQuestionsRequest {
  readonly run: RunRef;
  /** Folders. */
  readonly from: string;
  readonly to: string;
}

/** Lays out a folder's questions in another one, where others answer them. */
export async function copyQuestions(
  dependencies: ActivityDependencies,
  { run, from, to }: CopyQuestionsRequest,
): Promise<void> {
  const { store } = await dependencies.openRun(run);
  await store.putStream(keys.questions(to), await store.getStream(keys.questions(from)));
}
