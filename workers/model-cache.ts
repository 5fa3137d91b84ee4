import { modelPath } from "../config/model-path.js";
import { EmbeddedModel } from "../models/onnx/embedded-model.js";

/** Embedded models by base, each opened once in a process: one set of threads serves every particle and taker. */
export class ModelCache {
  readonly #models = new Map<string, Promise<EmbeddedModel>>();
  readonly #threads: number | undefined;

  constructor(threads?: number) {
    this.#threads = threads;
  }

  open(base: string): Promise<EmbeddedModel> {
    const known = this.#models.get(base);
    if (known !== undefined) return known;
    const options = this.#threads === undefined ? {} : { threads: this.#threads };
    const opened = EmbeddedModel.open(modelPath(base), options);
    this.#models.set(base, opened);
    // A bundle that could not be opened may be there at the next try.
    opened.catch(() => this.#models.delete(base));
    return opened;
  }

  async close(): Promise<void> {
    const models = await Promise.allSettled(this.#models.values());
    for (const model of models) if (model.status === "fulfilled") await model.value.close();
    this.#models.clear();
  }
}
