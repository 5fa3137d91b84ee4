"""Checks that adapters and texts are the same thing here and in transformers + PEFT, and prints the figures.

    python python/check_interop.py fixtures/models/small

1. The base model alone: the same logits and, decoding greedily, the same texts.
2. An adapter trained here loads in PEFT on the same base; logits and texts are the same.
3. An adapter trained with PEFT loads here; logits and texts are the same. So does one that began as PiSSA and was saved as plain LoRA.
4. Of adapters that PEFT makes, those that are plain LoRA are taken here, and those that are not are refused.

Ends with code 1 where an adapter is taken that should not be, a logit differs by more than 1e-3, a text differs before two tokens were as good as equal, or an
adapter moves no logit by a hundred times as much, for then two sides that ignore it would agree as well.
"""

import argparse
import importlib.metadata
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import torch
from embedded.corpus import ROOT, write_documents
from export.llama import TARGET_MODULES
from peft import BdLoraConfig, KasaConfig, LoraConfig, PeftModel, get_peft_model
from transformers import AutoModelForCausalLM, AutoTokenizer

LARGEST_DIFFERENCE = 1e-3
PROMPTS, NEW_TOKENS, SEQUENCES = 32, 32, 12
DOCUMENTS_SEED = 900_000_004
PEFT_STEPS, PEFT_BATCH = 12, 16


def node(*arguments: str) -> None:
    command = ["npx", "tsx", "python/check-interop.ts", *arguments]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def train_with_peft(base: Path, rank: int, alpha: float, documents: list, tokenizer, out: Path) -> None:
    torch.manual_seed(3)
    model = lora_model(base, r=rank, lora_alpha=alpha).train()
    optimizer = torch.optim.AdamW([part for part in model.parameters() if part.requires_grad], lr=3e-3)
    for step in range(PEFT_STEPS):
        rows = [document.prompt + document.completion + tokenizer.eos_token for document in documents[step * PEFT_BATCH :][:PEFT_BATCH]]
        batch = tokenizer(rows, return_tensors="pt", padding=True, padding_side="right", return_token_type_ids=False)
        labels = batch["input_ids"].masked_fill(batch["attention_mask"] == 0, -100)
        model(**batch, labels=labels).loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
    model.save_pretrained(out)


# What is given to `LoraConfig`, and whether the adapter is plain LoRA.
KINDS: dict[str, tuple[dict, bool]] = {
    "default": ({}, True),
    "gaussian": ({"init_lora_weights": "gaussian"}, True),
    "orthogonal": ({"init_lora_weights": "orthogonal"}, True),
    "mica": ({"init_lora_weights": "mica"}, True),
    "nothing-random": ({"init_lora_weights": False}, True),
    "pissa": ({"init_lora_weights": "pissa"}, False),
    "pissa-quickly": ({"init_lora_weights": "pissa_niter_4"}, False),
    "olora": ({"init_lora_weights": "olora"}, False),
    "alora": ({"alora_invocation_tokens": [900, 901]}, False),
    "dora": ({"use_dora": True}, False),
    "rslora": ({"use_rslora": True}, False),
    "kasa": ({"kasa_config": KasaConfig()}, False),
    "block-diagonal": ({"use_bdlora": BdLoraConfig(target_modules_bd_b=["q_proj"], nblocks=2, match_strict=False)}, False),
}


def lora_model(base: Path, **settings) -> PeftModel:
    config = LoraConfig(target_modules=list(TARGET_MODULES), task_type="CAUSAL_LM", **settings)
    return get_peft_model(AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32), config)


def check_kinds(base: Path, rank: int, alpha: float, scratch: Path) -> bool:
    folder, answers = scratch / "kinds", scratch / "kinds.json"
    for name, (settings, _) in KINDS.items():
        lora_model(base, r=rank, lora_alpha=alpha, **settings).save_pretrained(folder / name)
    node("read", str(base.resolve()), str(folder), str(answers))
    codes = json.loads(answers.read_text())
    print(json.dumps({"case": "kinds of LoRA", "refusedAs": codes}), flush=True)
    return all(codes[name] == (None if plain else "UNSUPPORTED_LORA") for name, (_, plain) in KINDS.items())


@torch.no_grad()
def convert_pissa(base: Path, rank: int, alpha: float, scratch: Path) -> Path:
    """A PiSSA adapter of half the rank, moved at random and saved as plain LoRA, which has twice its rank and alpha."""
    torch.manual_seed(4)
    model = lora_model(base, r=rank // 2, lora_alpha=alpha / 2, init_lora_weights="pissa")
    config = model.peft_config["default"]
    config.init_lora_weights = True  # as PEFT's guide on PiSSA saves what training begins with
    model.save_pretrained(scratch / "initial")
    config.init_lora_weights = "pissa"
    for name, numbers in model.named_parameters():
        if "lora_" in name:
            numbers += 0.05 * torch.randn_like(numbers)
    model.save_pretrained(scratch / "converted", path_initial_model_for_weight_conversion=str(scratch / "initial"))
    return scratch / "converted"


@torch.no_grad()
def compare(base: Path, adapter: Path | None, prompts: list[str], tokenizer, scratch: Path) -> tuple[dict, torch.Tensor]:
    """The figures, and the logits after each compared prompt."""
    model = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32)
    if adapter is not None:
        model = PeftModel.from_pretrained(model, adapter)
    model.eval()
    results, sequences = [], []
    for prompt in prompts:
        ids = tokenizer(prompt, return_tensors="pt")["input_ids"]
        output = model.generate(
            input_ids=ids,
            attention_mask=torch.ones_like(ids),
            max_new_tokens=NEW_TOKENS,
            do_sample=False,
            output_scores=True,
            return_dict_in_generate=True,
        )
        tokens = output.sequences[0, ids.shape[1] :].tolist()
        leads = [(scores[0].topk(2).values[0] - scores[0].topk(2).values[1]).item() for scores in output.scores]
        results.append((tokens, min(leads)))
        sequences.append({"prompt": ids[0].tolist(), "continuation": tokens[:-1]})
    cases, answers = scratch / "cases.json", scratch / "answers.json"
    adapter_name = None if adapter is None else str(adapter.resolve())
    case = {"adapter": adapter_name, "prompts": prompts, "newTokens": NEW_TOKENS, "sequences": sequences[:SEQUENCES]}
    cases.write_text(json.dumps(case))
    node("compare", str(base.resolve()), str(cases), str(answers))
    ours = json.loads(answers.read_text())

    difference = 0.0
    for sequence, rows in zip(sequences, ours["logits"]):
        ids = torch.tensor([sequence["prompt"] + sequence["continuation"]])
        expected = model(input_ids=ids).logits[0, len(sequence["prompt"]) - 1 :]
        difference = max(difference, (expected - torch.tensor(rows)).abs().max().item())
    same = undecided = 0
    for (tokens, lead), generation in zip(results, ours["generations"]):
        equal = generation["generatedTokens"] == len(tokens) and generation["text"] == tokenizer.decode(
            tokens, skip_special_tokens=True
        )
        same += equal
        undecided += not equal and lead < LARGEST_DIFFERENCE
    figures = {
        "largestLogitDifference": difference,
        "logitsCompared": sum(len(rows) * len(rows[0]) for rows in ours["logits"]),
        "sameGreedyTexts": same,
        "textsWithTiedTokens": undecided,
        "texts": len(prompts),
        "tokens": sum(len(tokens) for tokens, _ in results),
    }
    return figures, torch.tensor([rows[0] for rows in ours["logits"]])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path, help="a model bundle")
    base: Path = parser.parse_args().model
    lora = json.loads((base / "onnx" / "manifest.json").read_text())["lora"]
    tokenizer = AutoTokenizer.from_pretrained(base)
    documents = write_documents(PROMPTS + PEFT_STEPS * PEFT_BATCH, DOCUMENTS_SEED)
    prompts = [document.prompt for document in documents[:PROMPTS]]
    names = ("torch", "transformers", "peft", "safetensors")
    print(json.dumps({"versions": {name: importlib.metadata.version(name) for name in names}}), flush=True)
    good = True
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        node("train", str(base.resolve()), str(scratch / "ours"))
        train_with_peft(base, lora["rank"], lora["alpha"], documents[PROMPTS:], tokenizer, scratch / "theirs")
        good &= check_kinds(base, lora["rank"], lora["alpha"], scratch)
        adapters = {
            "base model": None,
            "adapter trained here": scratch / "ours",
            "adapter trained with PEFT": scratch / "theirs",
            "adapter that began as PiSSA": convert_pissa(base, lora["rank"], lora["alpha"], scratch),
        }
        without = None
        for case, adapter in adapters.items():
            figures, logits = compare(base, adapter, prompts, tokenizer, scratch)
            if adapter is None:
                without = logits
            else:
                figures["largestChangeByAdapter"] = (logits - without).abs().max().item()
                good &= figures["largestChangeByAdapter"] > 100 * LARGEST_DIFFERENCE
            print(json.dumps({"case": case, **figures}), flush=True)
            good &= figures["largestLogitDifference"] <= LARGEST_DIFFERENCE
            good &= figures["sameGreedyTexts"] + figures["textsWithTiedTokens"] == figures["texts"]
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
