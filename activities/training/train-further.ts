import type { TakerModel } from "../answer-questions.js";
import type { ActivityDependencies } from "../dependencies.js";
import { copyAdapter } from "./copy-adapter.js";
import { type FolderTraining, trainIntoFolder } from "./train-into-folder.js";

/** Writes to a folder what becomes of an adapter of another folder by training; without an example it stays as it is. */
export async function trainFurther(
  dependencies: Pick<ActivityDependencies, "openModel">,
  training: FolderTraining & { readonly from: TakerModel & { readonly adapter: string } },
): Promise<void> {
  const { store, from, examples, folder } = training;
  if (examples.length === 0) await copyAdapter(store, from.adapter, folder);
  else await trainIntoFolder(dependencies, training);
}
