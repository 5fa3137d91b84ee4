"""Writes the `onnx` folder of a bundle: the graphs, and the manifest that says what they are."""

import hashlib
import json
import math
from pathlib import Path

from export.adapter import export_adapter
from export.decode import export_decode
from export.llama import TARGET_MODULES, Llama
from export.train import export_train
from export.whole import export_embed, export_prefill

GRAPHS = {name: f"{name}.onnx" for name in ("adapter", "prefill", "decode", "embed", "train")}


def write_bundle(folder: Path, llama: Llama) -> Path:
    """Writes `onnx/` into a checkpoint's folder and returns its path. The manifest is written last."""
    onnx = folder / "onnx"
    onnx.mkdir(exist_ok=True)
    export_adapter(llama, folder, onnx / GRAPHS["adapter"])
    export_prefill(llama, folder, onnx / GRAPHS["prefill"])
    export_decode(llama, folder, onnx / GRAPHS["decode"])
    export_embed(llama, folder, onnx / GRAPHS["embed"])
    export_train(llama, folder, onnx / GRAPHS["train"])
    (onnx / "manifest.json").write_text(json.dumps(manifest(folder, llama), indent=1) + "\n")
    return onnx


def manifest(folder: Path, llama: Llama) -> dict:
    """What models/onnx/manifest.ts reads."""
    config, layout = llama.config, llama.adapter_layout()
    end = config.eos_token_id if isinstance(config.eos_token_id, list) else [config.eos_token_id]
    pad = config.pad_token_id if config.pad_token_id is not None else end[0]
    return {
        "format": "data-swarms-onnx/2",
        "baseSha256": hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest(),
        "vocabulary": config.vocab_size,
        "hidden": config.hidden_size,
        "layers": config.num_hidden_layers,
        "keyValueHeads": config.num_key_value_heads,
        "headSize": llama.head_size,
        "context": config.max_position_embeddings,
        "beginToken": config.bos_token_id,
        "endTokens": end,
        "padToken": pad,
        "lora": {
            "rank": llama.rank,
            "alpha": llama.alpha,
            "targetModules": list(TARGET_MODULES),
            "parameters": sum(math.prod(tensor.shape) for tensor in layout),
            "tensors": [{"name": tensor.name, "shape": list(tensor.shape), "offset": tensor.offset} for tensor in layout],
        },
        "graphs": GRAPHS,
    }
