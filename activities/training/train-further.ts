import { writeFlatAdapter } from "../../adapters/flat.js";
import { storeFolder } from "../../adapters/folder.js";
import type { TrainingExample, TrainingSettings } from "../../models/onnx/training.js";
import type { Store } from "../../store/store.js";
import type { TakerModel } from "../answer-questions.js";
import type { ActivityDependencies } from "../dependencies.js";
import { copyAdapter } from "./copy-adapter.js";
import { readAdapter } from "./read-adapter.js";
import { trainAdapter } from "./train-adapter.js";
import { dropTrainingCheckpoint } from "./training-checkpoint.js";

/** Writes to a folder what becomes of an adapter of another folder by training; without an example it stays as it is. */
export async function trainFurther(
  dependencies: Pick<ActivityDependencies, "openModel">,
  options: {
    readonly store: Store;
    readonly from: TakerModel & { readonly adapter: string };
    readonly examples: readonly TrainingExample[];
    readonly settings: TrainingSettings;
    readonly folder: string;
  },
): Promise<void> {
  const { store, from, examples, settings, folder } = options;
  if (examples.length === 0) return copyAdapter(store, from.adapter, folder);
  const model = await dependencies.openModel(from.base);
  const start = await readAdapter(store, from.adapter, model.manifest);
  const adapter = await trainAdapter(model, { store, folder, examples, settings, start });
  await writeFlatAdapter(storeFolder(store, folder), model.manifest.lora, adapter);
  await dropTrainingCheckpoint(store, folder);
}
