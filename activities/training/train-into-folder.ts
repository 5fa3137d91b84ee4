import { writeFlatAdapter } from "../../adapters/flat.js";
import { storeFolder } from "../../adapters/folder.js";
import type { TrainingExample, TrainingSettings } from "../../models/onnx/training.js";
import type { Store } from "../../store/store.js";
import type { TakerModel } from "../answer-questions.js";
import type { ActivityDependencies } from "../dependencies.js";
import { readAdapter } from "./read-adapter.js";
import { trainAdapter } from "./train-adapter.js";
import { dropTrainingCheckpoint } from "./training-checkpoint.js";

export interface FolderTraining {
  readonly store: Store;
  /** What training starts from; an adapter of null is a new one, of the settings' seed. */
  readonly from: TakerModel;
  readonly examples: readonly TrainingExample[];
  readonly settings: TrainingSettings;
  /** Where the trained adapter is written, and an unfinished training is found again. */
  readonly folder: string;
}

/** Trains an adapter and writes it to a folder. */
export async function trainIntoFolder(
  dependencies: Pick<ActivityDependencies, "openModel">,
  { store, from, examples, settings, folder }: FolderTraining,
): Promise<void> {
  const model = await dependencies.openModel(from.base);
  const start =
    from.adapter === null
      ? model.initialAdapter(settings.seed)
      : await readAdapter(store, from.adapter, model.manifest);
  const adapter = await trainAdapter(model, { store, folder, examples, settings, start });
  await writeFlatAdapter(storeFolder(store, folder), model.manifest.lora, adapter);
  await dropTrainingCheckpoint(store, folder);
}
