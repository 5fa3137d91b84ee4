#!/usr/bin/env bash
# @ai-sdk/openai-compatible 2.0.87: a reply that the server says has failed is a reply with finish reason "other", not "error".
#
# Needs Node and npm. The server is a few lines of node:http that send what such servers send.
# Guess: the library has a finish reason "error", so that is what a choice with finish_reason "error" (a router whose upstream broke off, with
#   the fault as choice.error), "abort" (vLLM, SGLang) or "insufficient_system_resource" (DeepSeek) becomes, or doGenerate() throws.
# Seen: doGenerate() resolves with the text so far, finishReason.unified is "other" for each of them, as it is for a clean end under another
#   name ("eos_token", "end_turn") and for no finish_reason at all; a cut under another name ("max_tokens") is "other" too and not "length".
#   choice.error is in neither content, warnings nor metadata, only in the raw response.body. Who takes all but "length" and
#   "content-filter" for whole keeps half answers; finishReason.raw tells them apart.
# Output seen:
#   error: {"text":"half an ans","unified":"other","raw":"error","warnings":[],"metadata":{"local":{}}}
#   and the same but for raw with abort, insufficient_system_resource, eos_token, end_turn and max_tokens
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

let choice;
const server = createServer((request, response) => {
  request.resume().on("end", () => {
    response.writeHead(200, { "content-type": "application/json" });
    const usage = { prompt_tokens: 5, completion_tokens: 3, total_tokens: 8 };
    response.end(JSON.stringify({ id: "1", object: "chat.completion", created: 1, model: "m", choices: [choice], usage }));
  });
}).listen(0, "127.0.0.1");
await once(server, "listening");
const baseURL = `http://127.0.0.1:${server.address().port}/v1`;
const model = createOpenAICompatible({ name: "local", baseURL }).chatModel("m");

for (const reason of ["error", "abort", "insufficient_system_resource", "eos_token", "end_turn", "max_tokens"]) {
  choice = { index: 0, message: { role: "assistant", content: "half an ans" }, finish_reason: reason };
  if (reason === "error") choice.error = { code: 502, message: "the upstream server broke off" };
  const prompt = [{ role: "user", content: [{ type: "text", text: "hello" }] }];
  const { content, finishReason, warnings, providerMetadata } = await model.doGenerate({ prompt });
  const seen = { text: content[0].text, ...finishReason, warnings, metadata: providerMetadata };
  console.log(`${reason}: ${JSON.stringify(seen)}`);
  const metadata = { local: {} };
  assert.deepEqual(seen, { text: "half an ans", unified: "other", raw: reason, warnings: [], metadata });
}
server.close();
END
node run.mjs
