import type { JSONValue } from "@ai-sdk/provider";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { asEndpointError } from "./as-endpoint-error.js";
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

export interface ChatReply {
  /** Not empty; as the model wrote it. */
  readonly text: string;
  /** `length`: cut off at the longest that was allowed. */
  readonly finish: "stop" | "length";
  /** Null where the server does not say. */
  readonly promptTokens: number | null;
  readonly generatedTokens: number | null;
}

type Generated = Awaited<ReturnType<ReturnType<ReturnType<typeof createOpenAICompatible>["chatModel"]>["doGenerate"]>>;

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
      return toReply(await this.#generate(request, call.signal));
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

function toReply({ content, finishReason, usage, response }: Generated): ChatReply {
  const text = content.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("");
  // Where the server counts nothing the library's totals are undefined.
  const tokens = { promptTokens: usage.inputTokens.total ?? null, generatedTokens: usage.outputTokens.total ?? null };
  const paid = { calls: 1, ...tokens };
  if (finishReason.unified === "content-filter" || hasRefusal(response?.body)) {
    const message = "the reply was withheld (a refusal or a content filter)";
    throw new EndpointError({ code: "WITHHELD_REPLY", message, paid });
  }
  if (text.trim() === "") {
    const spent = finishReason.unified === "length" ? ": all of answering.maxNewTokens went elsewhere; raise it" : "";
    throw new EndpointError({
      code: "EMPTY_REPLY",
      message: `the reply has no text (finish_reason ${finishReason.raw ?? "not given"}${spent})`,
      paid,
    });
  }
  return { text, finish: finishReason.unified === "length" ? "length" : "stop", ...tokens };
}

/** `message.refusal`: what some models say in place of a reply. */
function hasRefusal(body: unknown): boolean {
  const { choices } = (body ?? {}) as { readonly choices?: readonly { readonly message?: { refusal?: unknown } }[] };
  const refusal = choices?.[0]?.message?.refusal;
  return typeof refusal === "string" && refusal !== "";
}
