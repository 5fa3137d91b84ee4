import { Context } from "@temporalio/activity";
import type { EmbeddedModel } from "../../models/onnx/embedded-model.js";
import { Counting, loadingOf, progressTeller } from "../durability/progress.js";

/** Embeds texts within an activity: tells how far it is, and stops between batches when the activity is cancelled. */
export function embedTexts(model: EmbeddedModel, texts: readonly string[]): Promise<Float32Array[]> {
  const tellProgress = progressTeller();
  const counting = new Counting("embedding", { unit: "text", of: texts.length });
  tellProgress(counting.at(0));
  return model.embed(texts, {
    signal: Context.current().cancellationSignal,
    onLoading: (graph) => tellProgress(loadingOf(graph)),
    onProgress: ({ done }) => tellProgress(counting.at(done)),
  });
}
