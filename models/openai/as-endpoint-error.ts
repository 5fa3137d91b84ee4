import { APICallError, InvalidResponseDataError } from "@ai-sdk/provider";
import { excerpt } from "./api-key.js";
import { codeOfStatus, EndpointError, type EndpointErrorCode } from "./endpoint-error.js";
import { retryAfterMilliseconds } from "./retry-after.js";
import { statedError } from "./stated-error.js";

/** A failed call as one of our errors; the original, whose texts may hold the key, is dropped on purpose. */
export function asEndpointError(error: unknown, apiKey: string | undefined): unknown {
  if (error instanceof EndpointError) return error;
  if (InvalidResponseDataError.isInstance(error)) {
    const stated = statedError(error.data);
    return new EndpointError({
      code: stated?.code ?? "INVALID_REPLY",
      message: stated === undefined ? "the reply holds no choice" : excerpt(stated.message, apiKey),
    });
  }
  if (!APICallError.isInstance(error)) {
    const message = error instanceof Error ? error.message : String(error);
    return new EndpointError({ code: "UNAVAILABLE", message: `the call failed: ${excerpt(message, apiKey)}` });
  }
  const { statusCode, responseBody, responseHeaders, data, message } = error;
  if (statusCode === undefined) {
    return new EndpointError({ code: "UNAVAILABLE", message: `no connection: ${excerpt(message, apiKey)}` });
  }
  // Where the body is an error of the protocol the library has read its message.
  const said = excerpt(data === undefined ? (responseBody ?? "") : message, apiKey);
  if (statusCode >= 200 && statusCode < 300) {
    const stated = statedError(parsedJson(responseBody));
    return new EndpointError({
      code: stated?.code ?? "INVALID_REPLY",
      message:
        stated?.code === undefined
          ? `the reply is no chat completion: ${said === "" ? "it is empty" : said}`
          : `an error in a reply with HTTP ${statusCode}: ${excerpt(stated.message, apiKey)}`,
      retryAfterMilliseconds: retryAfterMilliseconds(responseHeaders, Date.now()),
    });
  }
  return new EndpointError({
    code: codeOf(statusCode, data),
    message: `HTTP ${statusCode}${said === "" ? "" : `: ${said}`}`,
    retryAfterMilliseconds: retryAfterMilliseconds(responseHeaders, Date.now()),
  });
}

function codeOf(status: number, data: unknown): EndpointErrorCode {
  // OpenAI answers 429 to an account without money too; no waiting helps there.
  return status === 429 && errorCode(data) === "insufficient_quota" ? "REFUSED" : codeOfStatus(status);
}

function errorCode(data: unknown): unknown {
  return (data as { readonly error?: { readonly code?: unknown } } | undefined)?.error?.code;
}

function parsedJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}
