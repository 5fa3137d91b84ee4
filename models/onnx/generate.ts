import { BundleError } from "./bundle-error.js";
import { Continuation } from "./continuation.js";
import { Decoder } from "./decoder.js";
import type { Generation, GenerationRequest, Sampling } from "./generation.js";
import type { OpenedModel } from "./opened-model.js";

/** Sequences decoded at once by one thread: more rows share the reading of the weights, but wait for one another. */
const ROWS = 32;

interface Row {
  readonly request: number;
  readonly continuation: Continuation;
}

/**
 * Writes after prompts, in batches whose finished rows are refilled at once.
 *
 * A row's tokens depend on its prompt, its random key and the adapter alone, never on the rows beside it.
 *
 * @param claim the index of a request that nobody has taken yet, or undefined where there is none left
 * @param finish told of each result with the request's index
 * @param stopped asked before every step; once true, what is unfinished is dropped
 */
export async function generate(
  model: OpenedModel,
  options: {
    requests: readonly GenerationRequest[];
    adapter: Float32Array | undefined;
    sampling: Sampling;
    claim: () => number | undefined;
    finish: (request: number, generation: Generation) => void;
    stopped: () => boolean;
  },
): Promise<void> {
  const { requests, sampling, claim, finish, stopped } = options;
  const { manifest } = model.bundle;
  const most = Math.min(ROWS, requests.length);
  const [prefill, decode] = [await model.session("prefill"), await model.session("decode")];
  const adapter = await model.prepareAdapter(options.adapter);
  const decoder = new Decoder({ prefill, decode, manifest, adapter, rows: most });
  const rows: Row[] = [];

  /** Starts a request that waits in `row`; false where none is left. */
  const fill = async (row: number): Promise<boolean> => {
    for (let request = claim(); request !== undefined && !stopped(); request = claim()) {
      const { prompt, random } = requests[request]!;
      const tokens = model.tokenizer.encode(prompt);
      if (tokens.length === 0 || tokens.length > manifest.context)
        throw badLength(request, tokens.length, manifest.context);
      const limit = Math.min(sampling.maxNewTokens, manifest.context - tokens.length + 1);
      const continuation = new Continuation({ model, promptTokens: tokens.length, limit, random, sampling });
      const generation = continuation.draw(await decoder.start(row, tokens));
      if (generation === undefined) {
        rows[row] = { request, continuation };
        return true;
      }
      finish(request, generation);
      // A new row that its first token finished: the next request starts in it anew.
      if (row === rows.length) decoder.end(row);
    }
    return false;
  };

  while (rows.length < most && (await fill(rows.length)));
  while (rows.length > 0 && !stopped()) {
    const logits = await decoder.step(rows.map(({ continuation }) => continuation.lastToken));
    // From the last row down, so that a row moved into a gap has already had its turn.
    for (let row = rows.length - 1; row >= 0; row--) {
      const { request, continuation } = rows[row]!;
      const generation = continuation.draw(logits[row]!);
      if (generation === undefined) continue;
      finish(request, generation);
      if (await fill(row)) continue;
      decoder.end(row);
      const last = rows.pop()!;
      if (row < rows.length) rows[row] = last;
    }
  }
}

function badLength(request: number, tokens: number, context: number): BundleError {
  return new BundleError({
    code: "prompt-length",
    message: `prompt ${request} has ${tokens} tokens; the model takes 1 to ${context}`,
  });
}
