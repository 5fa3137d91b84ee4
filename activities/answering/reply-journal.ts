import { createHash } from "node:crypto";
import PQueue from "p-queue";
import { z } from "zod";
import { canonicalJson } from "../../config/canonical-json.js";
import type { PaidReply } from "../../models/openai/endpoint.js";
import { readJson, writeJson } from "../../store/json.js";
import type { Store } from "../../store/store.js";
import type { AskedQuestion } from "./asked-questions.js";

const tokens = z.number().int().nonnegative().nullable();

const entrySchema = z.strictObject({
  questionId: z.string(),
  sample: z.number().int().nonnegative(),
  text: z.string(),
  finish: z.enum(["stop", "length"]),
  calls: z.number().int().positive(),
  promptTokens: tokens,
  generatedTokens: tokens,
});

/** Which answer a reply is. */
export type Asked = Pick<AskedQuestion, "questionId" | "sample">;

/** Objects that are read or deleted at once. */
const AT_ONCE = 16;

/**
 * The replies that one test taker has given to a folder's questions, each stored as soon as it has come, so that another try,
 * or another run on the same store, repeats no call that has been paid for.
 */
export class ReplyJournal {
  readonly #store: Store;
  readonly #prefix: string;

  constructor(options: { readonly store: Store; readonly folder: string; readonly taker: string }) {
    this.#store = options.store;
    this.#prefix = `${options.folder}/parts/replies/${options.taker}/`;
  }

  /** The stored replies to some of `asked`, by its indices. */
  async read(asked: readonly Asked[]): Promise<Map<number, PaidReply>> {
    const stored = new Set<string>();
    for await (const key of this.#store.list(this.#prefix)) stored.add(key);
    const replies = new Map<number, PaidReply>();
    const queue = new PQueue({ concurrency: AT_ONCE });
    const reads = asked.flatMap((one, index) => {
      const key = this.#key(one);
      if (!stored.has(key)) return [];
      const read = async (): Promise<void> => {
        const { questionId: _question, sample: _sample, ...reply } = await readJson(this.#store, key, entrySchema);
        replies.set(index, reply);
      };
      return [queue.add(read)];
    });
    await Promise.all(reads);
    return replies;
  }

  async write(asked: Asked, reply: PaidReply): Promise<void> {
    await writeJson(this.#store, this.#key(asked), entrySchema.parse({ ...asked, ...reply }));
  }

  /** Only once the answers and what they cost are stored for good. */
  async drop(): Promise<void> {
    const queue = new PQueue({ concurrency: AT_ONCE });
    const deletions: Promise<void>[] = [];
    for await (const key of this.#store.list(this.#prefix)) deletions.push(queue.add(() => this.#store.delete(key)));
    await Promise.all(deletions);
  }

  /** Question ids of other people's data may hold what no key can. */
  #key({ questionId, sample }: Asked): string {
    const digest = createHash("sha256").update(canonicalJson({ questionId, sample })).digest("hex");
    return `${this.#prefix}${digest}.json`;
  }
}
