"""The torch side of bench/fine-tuning.ts: steps of LoRA fine-tuning with PEFT and torch's AdamW.

Reads one JSON request per line: {"examples": [{"prompt", "completion"}], "steps": N, "adapters": N, "learningRate": RATE};
all examples are one batch, padded to the longest. Answers with one JSON line each; at the end of the input with versions.
"""

import json
import os
import sys
import time
from pathlib import Path

import peft
import torch
import transformers
from embedded.corpus import IGNORED
from export.llama import TARGET_MODULES
from transformers import AutoModelForCausalLM, AutoTokenizer

THREADS = 2


def batch(examples: list[dict], tokenizer) -> dict[str, torch.Tensor]:
    rows, labels = [], []
    for example in examples:
        before = tokenizer(example["prompt"])["input_ids"]
        after = [*tokenizer(example["completion"], add_special_tokens=False)["input_ids"], tokenizer.eos_token_id]
        rows.append(torch.tensor(before + after))
        labels.append(torch.tensor([IGNORED] * len(before) + after))
    pad = torch.nn.utils.rnn.pad_sequence
    return {
        "input_ids": pad(rows, batch_first=True, padding_value=tokenizer.pad_token_id),
        "attention_mask": pad([torch.ones_like(row) for row in rows], batch_first=True),
        "labels": pad(labels, batch_first=True, padding_value=IGNORED),
    }


def train(model, inputs: dict[str, torch.Tensor], steps: int, rate: float) -> list[float]:
    """Trains a new adapter and returns the loss of each step."""
    parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
    for name, parameter in model.named_parameters():
        if "lora_B" in name:
            torch.nn.init.zeros_(parameter)
    optimizer = torch.optim.AdamW(parameters, lr=rate, weight_decay=0.0, fused=True)
    losses = []
    for _ in range(steps):
        loss = model(**inputs).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        optimizer.zero_grad()
        losses.append(loss.item())
    return losses


def main() -> None:
    torch.set_num_threads(THREADS)
    folder = Path(os.environ["BUNDLE"])
    lora = json.loads((folder / "onnx" / "manifest.json").read_text())["lora"]
    tokenizer = AutoTokenizer.from_pretrained(folder)
    config = peft.LoraConfig(r=lora["rank"], lora_alpha=lora["alpha"], target_modules=list(TARGET_MODULES), task_type="CAUSAL_LM")
    model = peft.get_peft_model(AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32), config).train()
    for line in sys.stdin:
        request = json.loads(line)
        inputs = batch(request["examples"], tokenizer)
        clock, processor = time.perf_counter(), time.process_time()
        for _ in range(request["adapters"]):
            losses = train(model, inputs, request["steps"], request["learningRate"])
        count = request["adapters"] * request["steps"]
        answer = {
            "seconds": (time.perf_counter() - clock) / count,
            "processor": (time.process_time() - processor) / count,
            "tokens": int(inputs["attention_mask"].sum()),
            "losses": losses,
        }
        print(json.dumps(answer), flush=True)
    print(json.dumps({module.__name__: module.__version__ for module in (torch, transformers, peft)}), flush=True)


if __name__ == "__main__":
    main()
