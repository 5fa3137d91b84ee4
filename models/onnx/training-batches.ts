import { RandomStream } from "../../swarm/random.js";
import { BundleError } from "./bundle-error.js";
import type { Manifest } from "./manifest.js";
import type { BundleTokenizer } from "./tokenizer.js";
import type { TrainingExample, TrainingSettings } from "./training.js";

/** Tokens of prompt and completion, of which those from `labelsFrom` on are learnt. */
export interface EncodedExample {
  readonly tokens: readonly number[];
  readonly labelsFrom: number;
}

/** Sequences padded on the right to the same length. */
export interface PaddedRows {
  readonly shape: readonly [rows: number, length: number];
  readonly inputIds: BigInt64Array;
  /** {@link NO_LABEL} at prompts and padding. */
  readonly labels: BigInt64Array;
}

const NO_LABEL = -100n;
/** Tokens, padding included, that are computed at once: a larger batch is cut, and its gradients are added up. */
const TOKENS_PER_RUN = 1024;

/** @throws {BundleError} with code `example-length` where an example is longer than the context */
export function encodeExamples(
  examples: readonly TrainingExample[],
  { tokenizer, manifest }: { tokenizer: BundleTokenizer; manifest: Manifest },
): EncodedExample[] {
  return examples.map(({ prompt, completion }, index) => {
    const promptTokens = tokenizer.encode(prompt);
    const tokens = [...promptTokens, ...tokenizer.encodeContinuation(completion), manifest.endTokens[0]!];
    if (tokens.length > manifest.context) {
      throw new BundleError({
        code: "example-length",
        message: `example ${index} (${JSON.stringify(prompt.slice(0, 40))}...) has ${tokens.length} tokens; the model takes ${manifest.context}`,
      });
    }
    return { tokens, labelsFrom: promptTokens.length };
  });
}

/** The examples of one step: a pure function of the settings and the step. @param step from 0 */
export function examplesOfStep<Example>(
  examples: readonly Example[],
  step: number,
  { batchSize, seed }: TrainingSettings,
): Example[] {
  const stepsPerEpoch = Math.ceil(examples.length / batchSize);
  const random = new RandomStream({ seed, purpose: "training-order", iteration: Math.floor(step / stepsPerEpoch) });
  const first = (step % stepsPerEpoch) * batchSize;
  return random.shuffle(examples).slice(first, first + batchSize);
}

/** Labels that a model can learn: one at the first place has nothing before it. */
export function countLabels(batch: readonly EncodedExample[]): number {
  return batch.reduce((sum, { tokens, labelsFrom }) => sum + tokens.length - Math.max(1, labelsFrom), 0);
}

/** Cuts a batch into parts of like length, so that little is padded and the computation stays in the processor's caches. */
export function padBatch(batch: readonly EncodedExample[], padToken: number): PaddedRows[] {
  const sorted = [...batch].sort((a, b) => b.tokens.length - a.tokens.length);
  const parts: PaddedRows[] = [];
  for (let first = 0; first < sorted.length;) {
    const length = sorted[first]!.tokens.length;
    const rows = Math.max(1, Math.floor(TOKENS_PER_RUN / length));
    parts.push(pad(sorted.slice(first, first + rows), length, padToken));
    first += rows;
  }
  return parts;
}

function pad(rows: readonly EncodedExample[], length: number, padToken: number): PaddedRows {
  const inputIds = new BigInt64Array(rows.length * length).fill(BigInt(padToken));
  const labels = new BigInt64Array(rows.length * length).fill(NO_LABEL);
  for (const [row, { tokens, labelsFrom }] of rows.entries()) {
    for (const [column, token] of tokens.entries()) {
      inputIds[row * length + column] = BigInt(token);
      if (column >= labelsFrom) labels[row * length + column] = BigInt(token);
    }
  }
  return { shape: [rows.length, length], inputIds, labels };
}
