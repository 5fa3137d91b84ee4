/** What counts as an answer: the model's text, whole or cut off. Everything else is an error, never graded. */
import type { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { excerpt } from "./api-key.js";
import { EndpointError } from "./endpoint-error.js";
import { retryAfterMilliseconds } from "./retry-after.js";
import { statedError } from "./stated-error.js";
import { paidForFailure, tokenCounts } from "./token-counts.js";

export interface ChatReply {
  /** As the model wrote it; without anything but white space only where it was cut off while it thought. */
  readonly text: string;
  /** `length`: cut off at the longest that was allowed. */
  readonly finish: "stop" | "length";
  /** Null where the server does not say. */
  readonly promptTokens: number | null;
  readonly generatedTokens: number | null;
}

type Generated = Awaited<ReturnType<ReturnType<ReturnType<typeof createOpenAICompatible>["chatModel"]>["doGenerate"]>>;

/** Values of `finish_reason`, in lower case. The AI SDK maps all but the protocol's own to "other". */
const CUT_OFF: ReadonlySet<string> = new Set(["length", "max_tokens", "model_length"]);
const BROKEN_OFF: ReadonlySet<string> = new Set([
  "error",
  "abort",
  "aborted",
  "cancelled",
  "network_error",
  "insufficient_system_resource",
]);
const WITHHELD: ReadonlySet<string> = new Set([
  "content_filter",
  "refusal",
  "safety",
  "recitation",
  "prohibited_content",
  "sensitive",
]);

/** @throws EndpointError where the reply is no answer */
export function toReply({ content, finishReason, response }: Generated, apiKey: string | undefined): ChatReply {
  const body: unknown = response?.body;
  const text = content.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("");
  const reason = finishReason.raw?.toLowerCase() ?? "";
  const stated = statedError(body);
  if (stated !== undefined || BROKEN_OFF.has(reason)) {
    const said = stated === undefined ? "" : `: ${excerpt(stated.message, apiKey)}`;
    throw new EndpointError({
      code: stated?.code ?? "BROKEN_OFF",
      message: `the server broke the reply off (finish_reason ${finishReason.raw ?? "not given"})${said}`,
      retryAfterMilliseconds: retryAfterMilliseconds(response?.headers, Date.now()),
      paid: paidForFailure(body),
    });
  }
  const isCutOff = CUT_OFF.has(reason);
  const isEmpty = text.trim() === "";
  const tokens = tokenCounts(body, !isEmpty || isCutOff);
  const paid = { calls: 1, ...tokens };
  if (WITHHELD.has(reason) || hasRefusal(body)) {
    const message = "the reply was withheld (a refusal or a content filter)";
    throw new EndpointError({ code: "WITHHELD_REPLY", message, paid });
  }
  if (isEmpty && !isCutOff) {
    const message = `the reply has no text (finish_reason ${finishReason.raw ?? "not given"})`;
    throw new EndpointError({ code: "EMPTY_REPLY", message, paid });
  }
  return { text, finish: isCutOff ? "length" : "stop", ...tokens };
}

/** `message.refusal`: what some models say in place of a reply. */
function hasRefusal(body: unknown): boolean {
  const { choices } = (body ?? {}) as { readonly choices?: readonly { readonly message?: { refusal?: unknown } }[] };
  const refusal = choices?.[0]?.message?.refusal;
  return typeof refusal === "string" && refusal !== "";
}
