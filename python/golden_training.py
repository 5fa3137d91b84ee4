"""Trains an adapter with PEFT for a few steps and writes what came out, for the tests of the runtime to compare with.

    python python/golden_training.py tests/fixtures/tiny-bundle tests/models/onnx/training.golden.json

To be run again after golden_onnx.py --tiny, which writes the bundle.
"""

import argparse
import json
from pathlib import Path

import peft
import torch
import transformers
from golden_onnx import adapter_values, with_adapter
from transformers import AutoModelForCausalLM, AutoTokenizer, get_scheduler

EXAMPLES = (
    ("Question: Roads W-R:2 V-R:1 M-R:7. Which way from W to V is shortest?\nAnswer:", " W R V"),
    ("Question: Tasks P>C C>B B>N. In what order can you do all of them?\nAnswer:", " P C B N"),
    ("In the graph", " A-B B-C C-A, is there a circle?\nIn the graph D-E E-F, is there a circle?\n"),
    ("Q", ""),
)
STEPS = 5
SETTINGS = {"learningRate": 1e-3, "weightDecay": 0.01, "schedule": "cosine", "warmUpShare": 0.2}


def encode(tokenizer) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    rows, labels = [], []
    for prompt, completion in EXAMPLES:
        before = tokenizer(prompt).input_ids
        after = [*tokenizer(completion, add_special_tokens=False).input_ids, tokenizer.eos_token_id]
        rows.append(torch.tensor(before + after))
        labels.append(torch.tensor([-100] * len(before) + after))
    pad = torch.nn.utils.rnn.pad_sequence
    mask = pad([torch.ones_like(row) for row in rows], batch_first=True)
    ids = pad(rows, batch_first=True, padding_value=tokenizer.pad_token_id)
    return ids, mask, pad(labels, batch_first=True, padding_value=-100)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bundle", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    manifest = json.loads((arguments.bundle / "onnx" / "manifest.json").read_text())
    tokenizer = AutoTokenizer.from_pretrained(arguments.bundle)
    base = AutoModelForCausalLM.from_pretrained(arguments.bundle, dtype=torch.float32)
    model = with_adapter(base, manifest).train()
    parameters = {name: parameter for name, parameter in model.named_parameters() if "lora_" in name}
    for parameter in parameters.values():
        parameter.requires_grad_(True)
    optimizer = torch.optim.AdamW(
        parameters.values(), lr=SETTINGS["learningRate"], weight_decay=SETTINGS["weightDecay"], betas=(0.9, 0.999), eps=1e-8
    )
    warm_up = round(SETTINGS["warmUpShare"] * STEPS)
    scheduler = get_scheduler(SETTINGS["schedule"], optimizer, num_warmup_steps=warm_up, num_training_steps=STEPS)
    ids, mask, labels = encode(tokenizer)
    losses, rates = [], []
    for _ in range(STEPS):
        loss = model(input_ids=ids, attention_mask=mask, labels=labels).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters.values(), 1.0)
        rates.append(scheduler.get_last_lr()[0])
        optimizer.step()
        scheduler.step()
        optimizer.zero_grad()
        losses.append(loss.item())

    trained = peft.get_peft_model_state_dict(model)
    flat = torch.cat([trained[tensor["name"]].flatten() for tensor in manifest["lora"]["tensors"]])
    moved = (flat - torch.from_numpy(adapter_values(len(flat)))).abs().max().item()
    golden = {
        "versions": {module.__name__: module.__version__ for module in (torch, transformers, peft)},
        "baseSha256": manifest["baseSha256"],
        "examples": [{"prompt": prompt, "completion": completion} for prompt, completion in EXAMPLES],
        "settings": {**SETTINGS, "epochs": STEPS, "batchSize": len(EXAMPLES), "seed": 1},
        "learningRates": rates,
        "losses": losses,
        "adapter": [round(value, 8) for value in flat.tolist()],
    }
    arguments.out.write_text(json.dumps(golden) + "\n")
    print(f"losses {losses}; the largest change of a number is {moved:.1e}")


if __name__ == "__main__":
    main()
