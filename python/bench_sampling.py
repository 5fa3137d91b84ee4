"""The transformers side of bench/sampling.ts: generate with a PEFT adapter.

Reads one JSON request per line and answers with one JSON line:
    {"prompts": [...], "maxNewTokens": 130, "temperature": 0.8, "topP": 0.95} -> {"seconds", "processor", "tokens"}
The bundle's folder is the variable BUNDLE.
"""

import json
import os
import sys
import time
from pathlib import Path

import peft
import torch
import transformers
from golden_onnx import with_adapter
from transformers import AutoModelForCausalLM, AutoTokenizer

THREADS = 2


@torch.inference_mode()
def generate(model, tokenizer, request: dict) -> dict:
    started, processor = time.perf_counter(), time.process_time()
    encoded = tokenizer(request["prompts"], return_tensors="pt", padding=True)
    warm = request["temperature"] > 0
    settings = {"do_sample": True, "temperature": request["temperature"], "top_p": request["topP"], "top_k": 0} if warm else {}
    output = model.generate(
        input_ids=encoded.input_ids,
        attention_mask=encoded.attention_mask,
        max_new_tokens=request["maxNewTokens"],
        **(settings or {"do_sample": False}),
    )
    written = output[:, encoded.input_ids.shape[1] :]
    tokenizer.batch_decode(written, skip_special_tokens=True)
    tokens = int((written != tokenizer.pad_token_id).sum())
    return {"seconds": time.perf_counter() - started, "processor": time.process_time() - processor, "tokens": tokens}


def main() -> None:
    torch.set_num_threads(THREADS)
    torch.manual_seed(0)
    folder = Path(os.environ["BUNDLE"])
    manifest = json.loads((folder / "onnx" / "manifest.json").read_text())
    tokenizer = AutoTokenizer.from_pretrained(folder, padding_side="left")
    model = with_adapter(AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32), manifest)
    for line in sys.stdin:
        print(json.dumps(generate(model, tokenizer, json.loads(line))), flush=True)
    print(json.dumps({module.__name__: module.__version__ for module in (torch, transformers, peft)}))


if __name__ == "__main__":
    main()
