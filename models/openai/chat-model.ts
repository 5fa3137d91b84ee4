import type { JSONValue } from "@ai-sdk/provider";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { asEndpointError } from "./as-endpoint-error.js";
import { boundedFetch } from "./bounded-fetch.js";
import { type ChatReply, toReply } from "./chat-reply.js";
import { EndpointError } from "./endpoint-error.js";

export interface ChatModelOptions {
  /** Base URL, such as `http://localhost:8000/v1`. */
  readonly endpoint: string;
  readonly model: string;
  readonly apiKey?: string | undefined;
  /** System message; none where null. */
  readonly instructions: string | null;
  /** More fields of the request's body; null takes a field out of it. */
  readonly requestFields?: Readonly<Record<string, JSONValue>> | undefined;
  readonly timeoutMilliseconds: number;
}

export interface ChatRequest {
  /** The user message. */
  readonly prompt: string;
  readonly temperature: number;
  readonly maxNewTokens: number;
  readonly stop?: readonly string[] | undefined;
  readonly seed?: number | undefined;
}

/** A chat model behind an OpenAI-compatible endpoint: one request a call, no second try. */
export class ChatModel {
  readonly #options: ChatModelOptions;
  readonly #model: ReturnType<ReturnType<typeof createOpenAICompatible>["chatModel"]>;

  constructor(options: ChatModelOptions) {
    const { endpoint, model, apiKey, requestFields = {} } = options;
    this.#options = options;
    this.#model = createOpenAICompatible({
      name: "endpoint",
      baseURL: endpoint,
      fetch: boundedFetch(apiKey),
      ...(apiKey === undefined ? {} : { apiKey }),
      transformRequestBody: (body) =>
        Object.fromEntries(Object.entries({ ...body, ...requestFields }).filter(([, value]) => value !== null)),
    }).chatModel(model);
  }

  /** @throws EndpointError; the signal's reason where it was aborted */
  async complete(request: ChatRequest, signal: AbortSignal): Promise<ChatReply> {
    signal.throwIfAborted();
    const { timeoutMilliseconds, apiKey } = this.#options;
    const call = new AbortController();
    const cancel = (): void => call.abort(signal.reason);
    signal.addEventListener("abort", cancel, { once: true });
    const timer = setTimeout(() => call.abort(), timeoutMilliseconds);
    try {
      return toReply(await this.#generate(request, call.signal), apiKey);
    } catch (error) {
      signal.throwIfAborted();
      if (call.signal.aborted) {
        throw new EndpointError({ code: "TIMEOUT", message: `no reply within ${timeoutMilliseconds / 1000} seconds` });
      }
      throw asEndpointError(error, apiKey);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", cancel);
    }
  }

  #generate({ prompt, temperature, maxNewTokens, stop, seed }: ChatRequest, abortSignal: AbortSignal) {
    const { instructions } = this.#options;
    return this.#model.doGenerate({
      prompt: [
        ...(instructions === null ? [] : [{ role: "system" as const, content: instructions }]),
        { role: "user", content: [{ type: "text", text: prompt }] },
      ],
      temperature,
      maxOutputTokens: maxNewTokens,
      ...(stop === undefined ? {} : { stopSequences: [...stop] }),
      ...(seed === undefined ? {} : { seed }),
      abortSignal,
    });
  }
}
