import type { InferenceSession } from "onnxruntime-node";
import type { Bundle, GraphName } from "./bundle.js";
import type { CacheMemory } from "./key-value-cache.js";
import { floatTensor, openSession, type Tensors } from "./session.js";
import { type BundleTokenizer, openTokenizer } from "./tokenizer.js";

/** A bundle as one thread holds it: its tokenizer, and its graphs, each opened when it is first needed. */
export class OpenedModel {
  readonly bundle: Bundle;
  readonly tokenizer: BundleTokenizer;
  readonly cacheMemory: CacheMemory = new Map();
  readonly #sessions = new Map<GraphName, Promise<InferenceSession>>();
  readonly #opening: (graph: GraphName) => void;

  private constructor(bundle: Bundle, tokenizer: BundleTokenizer, opening: (graph: GraphName) => void) {
    this.bundle = bundle;
    this.tokenizer = tokenizer;
    this.#opening = opening;
  }

  /** @param opening told of each graph before it is opened, which takes long where weights are large */
  static async open(bundle: Bundle, opening: (graph: GraphName) => void = () => {}): Promise<OpenedModel> {
    return new OpenedModel(bundle, await openTokenizer(bundle), opening);
  }

  session(graph: GraphName): Promise<InferenceSession> {
    let session = this.#sessions.get(graph);
    if (session === undefined) {
      this.#opening(graph);
      session = openSession(this.bundle, graph);
      this.#sessions.set(graph, session);
    }
    return session;
  }

  /**
   * What the decode and embed graphs take of an adapter.
   *
   * @param adapter shape (parameters): the LoRA tensors in the manifest's order; the base model alone where not given
   */
  async prepareAdapter(adapter?: Float32Array): Promise<Tensors> {
    const { parameters } = this.bundle.manifest.lora;
    const session = await this.session("adapter");
    const flat = floatTensor(adapter ?? new Float32Array(parameters), [parameters]);
    return session.run({ adapter: flat });
  }
}
