"""Writes tests/adapters/golden/peft-lora-config.json: what PEFT's own source says of `adapter_config.json`.

    pip install --no-deps peft==0.21.2
    python tests/adapters/peft/make_golden.py
    npx prettier --write tests/adapters/golden/peft-lora-config.json

PEFT itself is not imported, for that takes torch: its source is parsed, and `get_pattern_key` alone is run. `fields` are those of a
configuration as PEFT saves it, with their defaults; `variants` are those that PEFT marks as another kind of LoRA; `initialisations`
are the names that `init_lora_weights` is declared to take; `patterns` are keys of an `alpha_pattern` and which of them is a module's.
"""

import ast
import importlib.metadata
import importlib.util
import json
import re
from collections.abc import Sequence
from pathlib import Path

SOURCE = Path(importlib.util.find_spec("peft").origin).parent
OUT = Path(__file__).parent.parent / "golden" / "peft-lora-config.json"
PATTERNS = [
    (["q_proj"], "model.layers.0.self_attn.q_proj"),
    (["proj"], "model.layers.0.self_attn.q_proj"),
    (["self_attn.q_proj", "q_proj"], "model.layers.0.self_attn.q_proj"),
    (["q_proj", "self_attn.q_proj"], "model.layers.0.self_attn.q_proj"),
    ([r"layers\.1\..*", ".*_proj"], "model.layers.0.self_attn.q_proj"),
    ([r"layers\.(0|2)\..*"], "model.layers.2.mlp.up_proj"),
    (["^model.layers.0.self_attn.k_proj"], "model.layers.0.self_attn.k_proj"),
    (["^layers.0.self_attn.k_proj"], "model.layers.0.self_attn.k_proj"),
    (["k_proj|v_proj"], "model.layers.0.self_attn.v_proj"),
    (["model.layers.1.self_attn.q_proj"], "model.layers.11.self_attn.q_proj"),
    (["lm_head"], "lm_head"),
]


def class_of(path: str, name: str) -> list[ast.AnnAssign]:
    tree = ast.parse((SOURCE / path).read_text())
    body = next(node.body for node in tree.body if isinstance(node, ast.ClassDef) and node.name == name)
    return [statement for statement in body if isinstance(statement, ast.AnnAssign)]


def keywords(statement: ast.AnnAssign) -> dict[str, ast.expr]:
    return {keyword.arg: keyword.value for keyword in statement.value.keywords}


def default(statement: ast.AnnAssign) -> object:
    given = keywords(statement)
    if "default" in given:
        return ast.literal_eval(given["default"])
    factory = given["default_factory"]
    return {} if isinstance(factory, ast.Name) and factory.id == "dict" else ast.unparse(factory)


def is_variant(statement: ast.AnnAssign) -> bool:
    metadata = keywords(statement).get("metadata")
    pairs = zip(metadata.keys, metadata.values) if metadata is not None else []
    return any(key.value == "is_lora_variant" and value.value for key, value in pairs if isinstance(key, ast.Constant))


def names_in(annotation: ast.expr) -> list[str]:
    texts = (node.value for node in ast.walk(annotation) if isinstance(node, ast.Constant))
    return [text for text in texts if isinstance(text, str)]


def pattern_key():
    tree = ast.parse((SOURCE / "utils" / "other.py").read_text())
    function = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "get_pattern_key")
    scope = {"re": re, "Sequence": Sequence}
    exec(compile(ast.Module([function], []), "get_pattern_key", "exec"), scope)
    return scope["get_pattern_key"]


def main() -> None:
    statements = class_of("config.py", "PeftConfigMixin") + class_of("config.py", "PeftConfig")
    statements += class_of("tuners/lora/config.py", "LoraConfig")
    fields = {statement.target.id: default(statement) for statement in statements}
    del fields["runtime_config"]  # `LoraConfig.to_dict` takes it out
    fields["peft_type"] = "LORA"  # `LoraConfig.__post_init__` sets it
    by_name = {statement.target.id: statement for statement in statements}
    find = pattern_key()
    golden = {
        "peft": importlib.metadata.version("peft"),
        "fields": fields,
        "variants": [name for name, statement in by_name.items() if is_variant(statement)],
        "initialisations": names_in(by_name["init_lora_weights"].annotation),
        "patterns": [{"keys": keys, "module": module, "key": find(keys, module)} for keys, module in PATTERNS],
    }
    OUT.write_text(json.dumps(golden, indent=2) + "\n")


if __name__ == "__main__":
    main()
