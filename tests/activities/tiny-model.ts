import { afterAll, beforeAll } from "vitest";
import { EmbeddedModel } from "../../models/onnx/embedded-model.js";
import { TINY_BUNDLE } from "../client/small-run.js";

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
