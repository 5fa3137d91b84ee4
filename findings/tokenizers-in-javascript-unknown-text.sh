#!/usr/bin/env bash
# @huggingface/tokenizers 0.2.0 (JavaScript) and tokenizers 0.23.3 (Python): from one tokenizer.json, text outside the vocabulary gets other ids, or none.
#
# Needs Node, npm and Python 3.10 or later with venv. The tokenizer.json files are written by the Python library.
# Guess: encode() gives the same ids in both, and where the JavaScript library lacks a part of the file it says so (it does for some normalizers).
# Seen: byte_fallback of a Unigram model is passed over: what the vocabulary lacks is not its UTF-8 bytes but the unknown token, so that it is lost on
#   decoding. A WordLevel model gives no unknown token at all: the id of a word that it lacks is undefined, in the middle of the ids. (byte_fallback of
#   a BPE model works.) A Split pre-tokenizer by a plain string, not a pattern, does not look at its behavior: "removed" keeps what it should remove.
# Output seen:
#   Unigram with byte_fallback, "hello z": Python [1,2,125] "hello z", JavaScript [1,2,0] "hello <unk>"
#   WordLevel, "hello moon": Python [1,0], JavaScript [1,undefined]
#   Split by " ", removed, "hello world": Python [1,2], JavaScript [1,3,2]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module" }' > package.json
npm install --silent --no-audit --no-fund @huggingface/tokenizers@0.2.0
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check --no-deps tokenizers==0.23.3
cat > run.py <<'END'
import json

from tokenizers import Tokenizer, decoders, models, pre_tokenizers

spaced = pre_tokenizers.Metaspace()
pieces = [("<unk>", 0.0), ("▁hello", -1.0), ("▁", -2.0)] + [(f"<0x{byte:02X}>", -9.0) for byte in range(256)]
unigram = Tokenizer(models.Unigram(pieces, unk_id=0, byte_fallback=True))
unigram.pre_tokenizer = spaced
unigram.decoder = decoders.Sequence([decoders.ByteFallback(), decoders.Metaspace()])
words = {"<unk>": 0, "hello": 1, "world": 2, " ": 3}
word_level = Tokenizer(models.WordLevel(words, unk_token="<unk>"))
word_level.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
split = Tokenizer(models.WordLevel(words, unk_token="<unk>"))
split.pre_tokenizer = pre_tokenizers.Split(" ", "removed")
cases = {"unigram": (unigram, "hello z"), "word-level": (word_level, "hello moon"), "split": (split, "hello world")}
seen = {}
for name, (tokenizer, text) in cases.items():
    tokenizer.save(f"{name}.json")
    ids = tokenizer.encode(text).ids
    seen[name] = {"text": text, "ids": ids, "decoded": tokenizer.decode(ids)}
with open("python-seen.json", "w") as file:
    json.dump(seen, file)
END
cat > run.mjs <<'END'
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Tokenizer } from "@huggingface/tokenizers";

const read = (path) => JSON.parse(readFileSync(path, "utf8"));
const python = read("python-seen.json");
function there(name) {
  const tokenizer = new Tokenizer(read(`${name}.json`), { clean_up_tokenization_spaces: false });
  return { tokenizer, ids: tokenizer.encode(python[name].text).ids };
}
const unigram = there("unigram");
const decoded = unigram.tokenizer.decode(unigram.ids);
const here = python.unigram;
const show = (ids) => `[${ids.map(String)}]`;
console.log(
  `Unigram with byte_fallback, "${here.text}": Python ${show(here.ids)} "${here.decoded}", JavaScript ${show(unigram.ids)} "${decoded}"`,
);
const wordLevel = there("word-level").ids;
const { text, ids } = python["word-level"];
console.log(`WordLevel, "${text}": Python ${show(ids)}, JavaScript ${show(wordLevel)}`);
const split = there("split").ids;
console.log(`Split by " ", removed, "${python.split.text}": Python ${show(python.split.ids)}, JavaScript ${show(split)}`);
assert.deepEqual([here.ids, here.decoded], [[1, 2, 125], "hello z"]);
assert.deepEqual(unigram.ids, [1, 2, 0]);
assert.ok(!decoded.includes("z"));
assert.deepEqual([ids, wordLevel], [[1, 0], [1, undefined]]);
assert.deepEqual([python.split.ids, split], [[1, 2], [1, 3, 2]]);
END
python/bin/python run.py
node run.mjs
