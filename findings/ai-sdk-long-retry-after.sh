#!/usr/bin/env bash
# ai 6.0.325 (AI SDK): a server that asks to be left alone for a minute or more is asked again after two seconds.
#
# Needs Node and npm; takes about 10 seconds. The server is a few lines of node:http that answer 429 with Retry-After.
# Guess: generateText() waits as long as Retry-After says, or gives up where that is too long for it.
# Seen: Retry-After is kept only where it is below 60 seconds. From 60 on it is passed over and the next try comes after 2 seconds, as where
#   the server says nothing; so the politest answer to a used-up quota of minutes or hours is hammered hardest: with the default of two
#   retries all three tries are spent in 6 seconds, and the longer the server asked for, the sooner the call fails.
# Output seen (waits to the second, from one try to the next):
#   retry-after 4: 4
#   retry-after 60: 2
#   retry-after 3600: 2
#   none: 2
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module" }' > package.json
npm install --silent --no-audit --no-fund ai@6.0.325 @ai-sdk/openai-compatible@2.0.87
cat > run.mjs <<'END'
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateText } from "ai";

/** Seconds between the two tries of a call to a server that answers 429 with the given Retry-After. */
async function waited(retryAfter) {
  const times = [];
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      times.push(performance.now());
      response.writeHead(429, {
        "content-type": "application/json",
        ...(retryAfter === undefined ? {} : { "retry-after": String(retryAfter) }),
      });
      response.end(JSON.stringify({ error: { message: "quota used up" } }));
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const baseURL = `http://127.0.0.1:${server.address().port}/v1`;
  const model = createOpenAICompatible({ name: "local", baseURL }).chatModel("m");
  await assert.rejects(generateText({ model, prompt: "hello", maxRetries: 1 }));
  server.close();
  assert.equal(times.length, 2);
  return (times[1] - times[0]) / 1000;
}

const asked = [4, 60, 3600, undefined];
const waits = await Promise.all(asked.map(waited));
asked.forEach((seconds, index) => {
  console.log(`${seconds === undefined ? "none" : `retry-after ${seconds}`}: ${Math.round(waits[index])}`);
});
assert.ok(waits[0] >= 3.9, "a short wait is kept");
assert.ok(waits[1] < 30 && waits[2] < 30, "a long wait is not");
END
node run.mjs
