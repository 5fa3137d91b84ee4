import { BundleError } from "./bundle-error.js";
import { Continuation } from "./continuation.js";
import { Decoder, type PromptTokens } from "./decoder.js";
import type { Generation, GenerationRequest, Sampling } from "./generation.js";
import type { OpenedModel } from "./opened-model.js";

/** Sequences decoded at once by one thread: more rows share the reading of the weights, but wait for one another. */
const ROWS = 32;
/** Prompts read at once. Finished rows wait until there are as many: reading one prompt reads all weights. */
const PROMPTS = 8;

interface Row {
  readonly request: number;
  readonly continuation: Continuation;
}

/**
 * Writes after prompts, in batches whose finished rows are refilled.
 *
 * A row's tokens depend on its prompt, its random key and the adapter alone, never on the rows beside it.
 *
 * @param claim the index of a request that nobody has taken yet, or undefined where there is none left
 * @param finish told of each result with the request's index
 * @param wrote told after every step how many tokens it wrote
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
    wrote: (tokens: number) => void;
    stopped: () => boolean;
  },
): Promise<void> {
  const { requests, sampling, claim, finish, wrote, stopped } = options;
  if (stopped()) return;
  const { manifest } = model.bundle;
  const most = Math.min(ROWS, requests.length);
  const [prefill, decode] = [await model.session("prefill"), await model.session("decode")];
  const adapter = await model.prepareAdapter(options.adapter);
  const decoder = new Decoder({ prefill, decode, manifest, adapter, rows: most, memory: model.cacheMemory });
  const rows: Row[] = [];
  const openings = new Map<string, readonly number[]>();

  /** How many of a prompt's tokens are its opening's; the last one is never, as something must be left to read. */
  const sharedTokens = (tokens: readonly number[], opening: string | undefined): number => {
    if (opening === undefined) return 0;
    const shared = openings.get(opening) ?? model.tokenizer.encode(opening);
    openings.set(opening, shared);
    const differing = shared.findIndex((token, index) => token !== tokens[index]);
    return Math.min(differing === -1 ? shared.length : differing, tokens.length - 1);
  };

  /** Gives a row its next token; false where that finished it. */
  const goesOn = ({ request, continuation }: Row, logits: Float32Array): boolean => {
    const generation = continuation.draw(logits);
    if (generation !== undefined) finish(request, generation);
    return generation === undefined;
  };

  /** From the last row down, so that a row moved into a gap has already had its turn. */
  const drawAll = (logits: readonly Float32Array[], first: number): void => {
    for (let row = rows.length - 1; row >= first; row--) {
      if (goesOn(rows[row]!, logits[row - first]!)) continue;
      decoder.end(row);
      const last = rows.pop()!;
      if (row < rows.length) rows[row] = last;
    }
  };

  /** Starts up to `count` waiting requests; false where none is left. */
  const start = async (count: number): Promise<boolean> => {
    const first = rows.length;
    const prompts: PromptTokens[] = [];
    while (prompts.length < count) {
      const request = claim();
      if (request === undefined) break;
      const { prompt, opening, random } = requests[request]!;
      const tokens = model.tokenizer.encode(prompt);
      if (tokens.length === 0 || tokens.length > manifest.context)
        throw badLength(request, tokens.length, manifest.context);
      const limit = Math.min(sampling.maxNewTokens, manifest.context - tokens.length + 1);
      const continuation = new Continuation({ model, promptTokens: tokens.length, limit, random, sampling });
      prompts.push({ tokens, opening: sharedTokens(tokens, opening) });
      rows.push({ request, continuation });
    }
    if (prompts.length === 0) return false;
    drawAll(await decoder.start(prompts), first);
    wrote(prompts.length);
    return true;
  };

  const atOnce = Math.min(PROMPTS, most);
  let waiting = true;
  while ((waiting || rows.length > 0) && !stopped()) {
    while (waiting && most - rows.length >= atOnce && !stopped()) waiting = await start(atOnce);
    if (rows.length === 0) continue;
    const written = rows.length;
    drawAll(await decoder.step(rows.map(({ continuation }) => continuation.lastToken)), 0);
    wrote(written);
  }
}

function badLength(request: number, tokens: number, context: number): BundleError {
  return new BundleError({
    code: "prompt-length",
    message: `prompt ${request} has ${tokens} tokens; the model takes 1 to ${context}`,
  });
}
