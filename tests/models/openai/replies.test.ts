import { expect, it } from "vitest";
import { Endpoint } from "../../../models/openai/endpoint.js";
import { EndpointError } from "../../../models/openai/endpoint-error.js";
import { type Behaviour, startFakeServer, USAGE } from "./fake-server.js";

type Fields = Readonly<Record<string, unknown>>;

const JSON_TYPE = { "content-type": "application/json" };

function said(body: unknown, headers: Readonly<Record<string, string>> = JSON_TYPE): Behaviour {
  return { status: 200, headers, body: typeof body === "string" ? body : JSON.stringify(body) };
}

function choice(content: unknown, finish: unknown = "stop", more: Fields = {}): Fields {
  return { index: 0, message: { role: "assistant", content }, finish_reason: finish, ...more };
}

function completion(one: Fields, more: Fields = {}): Behaviour {
  return said({ choices: [one], usage: USAGE, ...more });
}

function counted(usage: unknown): Behaviour {
  return completion(choice("yes"), { usage });
}

const message = (fields: Fields, finish: string): Behaviour =>
  completion({ index: 0, message: { role: "assistant", content: null, ...fields }, finish_reason: finish });

const status = (code: number, headers: Readonly<Record<string, string>> = {}): Behaviour => ({ status: code, headers });
const stated = (error: unknown): Behaviour => said({ error });

const answer = (text = "yes") => ({ text, finish: "stop" });
const cutOff = (text: string) => ({ text, finish: "length" });
const uncounted = { ...answer(), promptTokens: null, generatedTokens: null };

/** Asked again, with as many places as before; the run does not end by it. */
const again = (code: string) => ({ code, isRetryable: true, places: 4 });
/** As `again`, with half the places after each try, and one at last. */
const slower = { code: "RATE_LIMITED", isRetryable: true, places: 1 };
/** Given up: the run ends. */
const end = (code: string) => ({ code, isRetryable: false, places: 4 });

it.each<[string, Behaviour, Fields]>([
  ["a text", completion(choice("yes")), answer()],
  ["a text that ended at a stop sequence", completion(choice("yes", "stop_sequence")), answer()],
  ["a text that ended at the model's end token", completion(choice("yes", "eos_token")), answer()],
  ["a text that ended with the turn", completion(choice("yes", "end_turn")), answer()],
  ["a text without finish_reason", completion(choice("yes", null)), answer()],
  ["a text with an unknown finish_reason", completion(choice("yes", "whatever")), answer()],
  ["a text beside an error that is null", completion(choice("yes"), { error: null }), answer()],
  [
    "a text in parts",
    completion(
      choice([
        { type: "text", text: "y" },
        { type: "text", text: "es" },
      ]),
    ),
    answer(),
  ],
  ["the first of several choices", said({ choices: [choice("yes"), choice("no")], usage: USAGE }), answer()],
  ["a text of the wrong content type", said({ choices: [choice("yes")] }, { "content-type": "text/plain" }), answer()],
  ["a text cut off (length)", completion(choice("A, B", "length")), cutOff("A, B")],
  ["a text cut off (max_tokens)", completion(choice("A, B", "max_tokens")), cutOff("A, B")],
  ["a text cut off (MAX_TOKENS)", completion(choice("A, B", "MAX_TOKENS")), cutOff("A, B")],
  ["a text cut off (model_length)", completion(choice("A, B", "model_length")), cutOff("A, B")],
  ["a thought that was cut off", message({ reasoning_content: "let me" }, "length"), cutOff("")],
  ["no usage", completion(choice("yes"), { usage: undefined }), uncounted],
  ["usage null", counted(null), uncounted],
  ["usage {}", counted({}), uncounted],
  ["usage of nulls", counted({ prompt_tokens: null, completion_tokens: null }), uncounted],
  ["usage of 0 for a text", counted({ prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }), uncounted],
  ["total_tokens alone", counted({ total_tokens: 8 }), uncounted],
  ["fractional usage", counted({ prompt_tokens: 1.5, completion_tokens: 0.5 }), uncounted],
  ["negative usage", counted({ prompt_tokens: -1, completion_tokens: -1 }), uncounted],
  ["usage beyond 2^53", counted({ prompt_tokens: 1e17, completion_tokens: 2 ** 60 }), uncounted],
  ["a thought without a text", message({ reasoning_content: "let me" }, "stop"), end("EMPTY_REPLY")],
  [
    "a call of a tool alone",
    message({ tool_calls: [{ id: "a", type: "function", function: { name: "f", arguments: "{}" } }] }, "tool_calls"),
    end("EMPTY_REPLY"),
  ],
  ["an empty text", completion(choice("")), end("EMPTY_REPLY")],
  ["a refusal", message({ refusal: "No." }, "stop"), end("WITHHELD_REPLY")],
  ["a content filter's cut", completion(choice("The", "content_filter")), end("WITHHELD_REPLY")],
  ["finish_reason error", completion(choice("The", "error")), again("BROKEN_OFF")],
  ["finish_reason abort", completion(choice("The", "abort")), again("BROKEN_OFF")],
  ["a lack of resources", completion(choice("The", "insufficient_system_resource")), again("BROKEN_OFF")],
  ["an error 502 of a choice", completion(choice("The", "error", { error: { code: 502 } })), again("UNAVAILABLE")],
  ["an error 429 of a choice", completion(choice("The", "stop", { error: { code: 429 } })), slower],
  ["an error 429 beside choices", completion(choice(null), { error: { message: "x", code: 429 } }), slower],
  ["an error 429 with status 200", stated({ message: "Provider returned error", code: 429 }), slower],
  ['an error "429" with status 200', stated({ message: "x", code: "429" }), slower],
  ["a named limit with status 200", stated({ message: "x", code: null, type: "rate_limit_error" }), slower],
  ["an error 401 with status 200", stated({ message: "No auth credentials found", code: 401 }), end("REFUSED")],
  ["an error 402 with status 200", stated({ message: "pay", code: 402 }), end("REFUSED")],
  ["an error 403 with status 200", stated({ message: "no", code: 403 }), end("REFUSED")],
  ["a spent quota with status 200", stated({ message: "pay", code: "insufficient_quota" }), end("REFUSED")],
  ["an error 503 with status 200", stated({ message: "busy", code: 503 }), again("UNAVAILABLE")],
  ["an error without a code", stated({ message: "?" }), again("INVALID_REPLY")],
  ["an error that is a text", stated("?"), again("INVALID_REPLY")],
  ["an error as the whole body", said({ object: "error", message: "x", code: 429 }), slower],
  ["no choices", said({ choices: [] }), again("INVALID_REPLY")],
  ["no message", completion({ index: 0, message: null, finish_reason: "stop" }), again("INVALID_REPLY")],
  ["HTML", said("<html>Sign in</html>", { "content-type": "text/html" }), again("INVALID_REPLY")],
  ["cut JSON", said('{"choices":[{"ind'), again("INVALID_REPLY")],
  ["nothing", said(""), again("INVALID_REPLY")],
  ["a dropped connection", "drop", again("UNAVAILABLE")],
  ...[400, 401, 402, 403, 404, 413, 422].map((code): [string, Behaviour, Fields] => [
    `HTTP ${code}`,
    status(code),
    end("REFUSED"),
  ]),
  ...[408, 409, 500, 502, 503, 504, 529].map((code): [string, Behaviour, Fields] => [
    `HTTP ${code}`,
    status(code),
    again("UNAVAILABLE"),
  ]),
  ["HTTP 429", status(429), slower],
  ["HTTP 429 and Retry-After", status(429, { "retry-after": "7200" }), { ...slower, places: 2 }],
])("takes %s for what it is", async (_, behaviour, outcome) => {
  const server = await startFakeServer(() => behaviour);
  const signal = new AbortController().signal;
  const endpoint = new Endpoint({
    endpoint: server.url,
    model: "small",
    instructions: null,
    concurrency: 4,
    timeoutMilliseconds: 30_000,
    backoff: { firstMilliseconds: 0, longestMilliseconds: 0 },
  });
  const reply = endpoint.ask(
    { prompt: "?", temperature: 0, maxNewTokens: 16 },
    { seed: 1, purpose: "test" },
    { cancel: signal, leave: signal },
  );
  expect(await outcomeOf(reply, endpoint)).toMatchObject(outcome);
});

async function outcomeOf(reply: Promise<unknown>, endpoint: Endpoint): Promise<unknown> {
  try {
    return await reply;
  } catch (error) {
    if (!(error instanceof EndpointError)) throw error;
    return { code: error.code, isRetryable: error.isRetryable, places: endpoint.places };
  }
}
