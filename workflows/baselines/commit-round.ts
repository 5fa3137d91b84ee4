import { cpu } from "../activity-options.js";
import type { StageContext } from "../evaluate.js";
import type { BaselineSearch } from "./method.js";

/** Commits the latest round to the store. */
export async function commitRound({ run, progress }: StageContext, search: BaselineSearch): Promise<BaselineSearch> {
  const { round, held, iterations } = search;
  progress.expect("checkpoint", 1);
  await progress.track("checkpoint", cpu.saveRound({ run, round, writer: held?.writer ?? null, iterations }));
  return search;
}
