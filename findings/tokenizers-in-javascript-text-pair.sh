#!/usr/bin/env bash
# @huggingface/tokenizers 0.2.0 (JavaScript): with the post-processor of byte-level models the second text of a pair is gone, and the length that tokenizer.json gives is not kept.
#
# Needs Node, npm and Python 3.10 or later with venv. The tokenizer.json is written by tokenizers 0.23.3 (Python).
# Guess: encode(text, { text_pair }) gives the tokens of both texts, as the Python library does; truncation and padding that are saved in tokenizer.json
#   (as the ones of embedding models have) are done by encode().
# Seen: a post-processor of the type ByteLevel (GPT-2's, and those of its kin) gives back the first text alone, without a word: a pair of question and answer
#   is scored as the question. With TemplateProcessing both are there. Truncation and padding of the file are not done in either case.
# Output seen (tokens for "ab" and "cd"):
#   ByteLevel: Python a b c d, JavaScript a b
#   TemplateProcessing: Python a b c d, JavaScript a b c d
#   truncation to 3 and "abcd": Python a b c, JavaScript a b c d
#   padding to 3 and "ab": Python a b !, JavaScript a b
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

from tokenizers import Tokenizer, models, pre_tokenizers, processors

alphabet = {character: index for index, character in enumerate(sorted(pre_tokenizers.ByteLevel.alphabet()))}
seen = {}


def byte_level():
    tokenizer = Tokenizer(models.BPE(alphabet, []))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    return tokenizer


def keep(name, tokenizer, *texts):
    tokenizer.save(f"{len(seen)}.json")
    seen[name] = {"texts": texts, "tokens": tokenizer.encode(*texts).tokens}


tokenizer = byte_level()
tokenizer.post_processor = processors.ByteLevel()
keep("ByteLevel", tokenizer, "ab", "cd")
tokenizer = byte_level()
tokenizer.post_processor = processors.TemplateProcessing(single="$A", pair="$A $B", special_tokens=[])
keep("TemplateProcessing", tokenizer, "ab", "cd")
tokenizer = byte_level()
tokenizer.enable_truncation(3)
keep('truncation to 3 and "abcd"', tokenizer, "abcd")
tokenizer = byte_level()
tokenizer.enable_padding(length=3, pad_id=alphabet["!"], pad_token="!")
keep('padding to 3 and "ab"', tokenizer, "ab")
with open("python-seen.json", "w") as file:
    json.dump(seen, file)
END
cat > run.mjs <<'END'
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Tokenizer } from "@huggingface/tokenizers";

const read = (path) => JSON.parse(readFileSync(path, "utf8"));
const pairs = Object.entries(read("python-seen.json")).map(([name, { texts, tokens }], index) => {
  const [text, second] = texts;
  const there = new Tokenizer(read(`${index}.json`), {}).encode(text, second === undefined ? {} : { text_pair: second }).tokens;
  console.log(`${name}: Python ${tokens.join(" ")}, JavaScript ${there.join(" ")}`);
  return [tokens.join(""), there.join("")];
});
assert.deepEqual(pairs, [["abcd", "ab"], ["abcd", "abcd"], ["abc", "abcd"], ["ab!", "ab"]]);
END
python/bin/python run.py
node run.mjs
