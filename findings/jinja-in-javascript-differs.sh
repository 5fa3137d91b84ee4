#!/usr/bin/env bash
# @huggingface/jinja 0.5.11 (JavaScript) and Jinja2 3.1.6: a chat template may render to another prompt, without an error.
#
# Needs Node, npm and Python 3.10 or later with venv.
# Guess: what the JavaScript renderer does not have is an error, and what it has does as Jinja2 does, since chat templates are written against the latter.
# Seen: strip, lstrip and rstrip pass over their argument and take off all blanks: what many templates of reasoning models write to take the line breaks
#   after </think> away also takes the indent of a reply's first line, and strip('#') takes nothing. == is JavaScript's loose one: 7 == '7' holds,
#   and an empty list or object is not equal to [] or {}. The sign of % is the dividend's. capitalize leaves capitals in the middle.
#   None prints as nothing. (What is missing, such as the filters round and format, is an error.)
# Output seen:
#   {{ reply.split('</think>')[-1].lstrip('\n') }}: Jinja2 "    return 1", JavaScript "return 1"
#   {{ '##a##'.strip('#') }}: Jinja2 "a", JavaScript "##a##"
#   {{ 'same' if number == '7' else 'other' }}: Jinja2 "other", JavaScript "same"
#   {{ 'without' if tools == [] else 'with' }} tools: Jinja2 "without tools", JavaScript "with tools"
#   {{ -7 % 3 }}: Jinja2 "2", JavaScript "-1"
#   {{ 'iPHONE' | capitalize }}: Jinja2 "Iphone", JavaScript "IPHONE"
#   <{{ nothing }}>: Jinja2 "<None>", JavaScript "<>"
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module" }' > package.json
npm install --silent --no-audit --no-fund @huggingface/jinja@0.5.11
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check jinja2==3.1.6 markupsafe==3.0.4
cat > run.mjs <<'END'
import { readFileSync } from "node:fs";
import { Template } from "@huggingface/jinja";

const { templates, values } = JSON.parse(readFileSync("cases.json", "utf8"));
console.log(JSON.stringify(templates.map((template) => new Template(template).render(values))));
END
cat > run.py <<'END'
import json
import subprocess

from jinja2.sandbox import ImmutableSandboxedEnvironment

cases = [
    (r"{{ reply.split('</think>')[-1].lstrip('\n') }}", "    return 1", "return 1"),
    ("{{ '##a##'.strip('#') }}", "a", "##a##"),
    ("{{ 'same' if number == '7' else 'other' }}", "other", "same"),
    ("{{ 'without' if tools == [] else 'with' }} tools", "without tools", "with tools"),
    ("{{ -7 % 3 }}", "2", "-1"),
    ("{{ 'iPHONE' | capitalize }}", "Iphone", "IPHONE"),
    ("<{{ nothing }}>", "<None>", "<>"),
]
values = {"reply": "<think>short</think>\n    return 1", "number": 7, "tools": [], "nothing": None}
with open("cases.json", "w") as file:
    json.dump({"templates": [template for template, _, _ in cases], "values": values}, file)
javascript = json.loads(subprocess.run(["node", "run.mjs"], check=True, capture_output=True, text=True).stdout)
environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)
for (template, python_seen, javascript_seen), there in zip(cases, javascript):
    here = environment.from_string(template).render(values)
    print(f"{template}: Jinja2 {json.dumps(here)}, JavaScript {json.dumps(there)}")
    assert (here, there) == (python_seen, javascript_seen)
END
python/bin/python run.py
