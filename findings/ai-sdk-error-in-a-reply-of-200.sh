#!/usr/bin/env bash
# @ai-sdk/openai-compatible 2.0.87: an error that comes with status 200 is told when streaming; without streaming it is "Invalid JSON response".
#
# Needs Node and npm. The server is a few lines of node:http that send what routers send once the status is out: { error: { code, message } }.
# Guess: doGenerate() reads { error: { code: 429, message } } as doStream() does, and as it reads the same body under status 429: an error with
#   the server's message, worth another try.
# Seen: under status 200 doGenerate() throws an APICallError whose message is "Invalid JSON response" (the JSON is valid), with isRetryable
#   false and data undefined, so that a loop that trusts isRetryable gives up on an overload. The server's words are in responseBody alone.
#   doStream() gives a part of type "error" with the message and the code.
# Output seen:
#   status 429, doGenerate: "overloaded, try again", retryable true
#   status 200, doGenerate: "Invalid JSON response", retryable false, data undefined
#   status 200, doStream: {"message":"overloaded, try again","code":429}, finish error
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module" }' > package.json
npm install --silent --no-audit --no-fund @ai-sdk/openai-compatible@2.0.87
cat > run.mjs <<'END'
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";

const failure = JSON.stringify({ error: { code: 429, message: "overloaded, try again" } });
let status;
const server = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk) => (body += chunk));
  request.on("end", () => {
    const { stream } = JSON.parse(body);
    response.writeHead(status, { "content-type": stream ? "text/event-stream" : "application/json" });
    response.end(stream ? `data: ${failure}\n\ndata: [DONE]\n\n` : failure);
  });
}).listen(0, "127.0.0.1");
await once(server, "listening");
const baseURL = `http://127.0.0.1:${server.address().port}/v1`;
const model = createOpenAICompatible({ name: "local", baseURL }).chatModel("m");
const prompt = [{ role: "user", content: [{ type: "text", text: "hello" }] }];

status = 429;
const refused = await model.doGenerate({ prompt }).catch((error) => error);
console.log(`status 429, doGenerate: "${refused.message}", retryable ${refused.isRetryable}`);
assert.equal(refused.message, "overloaded, try again");
assert.equal(refused.isRetryable, true);

status = 200;
const failed = await model.doGenerate({ prompt }).catch((error) => error);
console.log(`status 200, doGenerate: "${failed.message}", retryable ${failed.isRetryable}, data ${failed.data}`);
assert.equal(failed.message, "Invalid JSON response");
assert.equal(failed.isRetryable, false);
assert.equal(failed.data, undefined);
assert.equal(failed.responseBody, failure);

const { stream } = await model.doStream({ prompt });
const parts = [];
for await (const part of stream) parts.push(part);
const told = parts.find(({ type }) => type === "error").error;
const { finishReason } = parts.find(({ type }) => type === "finish");
console.log(`status 200, doStream: ${JSON.stringify(told)}, finish ${finishReason.unified}`);
assert.equal(told.message, "overloaded, try again");
assert.equal(finishReason.unified, "error");
server.close();
END
node run.mjs
