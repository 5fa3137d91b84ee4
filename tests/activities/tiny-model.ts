import { afterAll, beforeAll } from "vitest";
import { writeFlatAdapter } from "../../adapters/flat.js";
import { storeFolder } from "../../adapters/folder.js";
import { EmbeddedModel } from "../../models/onnx/embedded-model.js";
import { openStore } from "../../store/open-store.js";
import type { Store } from "../../store/store.js";
import { TINY_BUNDLE } from "../client/small-run.js";
import { temporaryDirectory } from "../support/temporary-directory.js";

/** The tiny bundle for the tests of a group, with an adapter that training may start from. */
export class TinyModel {
  #model: EmbeddedModel | undefined;
  /** How often an activity has opened it. */
  opened = 0;

  constructor() {
    beforeAll(async () => {
      this.#model = await EmbeddedModel.open(TINY_BUNDLE, { threads: 1 });
    });
    afterAll(() => this.model.close());
  }

  get model(): EmbeddedModel {
    if (this.#model === undefined) throw new Error("no test has begun");
    return this.#model;
  }

  get start(): Float32Array {
    return this.model.initialAdapter(7).map((value) => value + 0.01);
  }

  /** A new store with the adapter in a folder; nothing has opened the model yet. */
  async storeWithStart(folder: string): Promise<{ readonly directory: string; readonly store: Store }> {
    const directory = await temporaryDirectory();
    const store = await openStore(directory);
    await writeFlatAdapter(storeFolder(store, folder), this.model.manifest.lora, this.start);
    this.opened = 0;
    return { directory, store };
  }

  open(): Promise<EmbeddedModel> {
    this.opened++;
    return Promise.resolve(this.model);
  }

  /** The mean negative log-likelihood that an adapter gives to completions, before a step is taken. */
  async loss(adapter: Float32Array, examples: readonly { prompt: string; completion: string }[]): Promise<number> {
    let first = Number.NaN;
    const settings = { epochs: 1, batchSize: examples.length, learningRate: 1e-6, seed: 1 };
    await this.model.train(examples, { ...settings, adapter, onProgress: ({ loss }) => void (first = loss) });
    return first;
  }
}
