"""Writes what transformers, PEFT and tokenizers say about a bundle, for the tests of the runtime to compare with.

    python python/golden_onnx.py fixtures/models/small tests/models/onnx/small.golden.json
    python python/golden_onnx.py --tiny tests/fixtures/tiny-bundle tests/models/onnx/tiny.golden.json

With ``--tiny`` it first writes the bundle itself: a Llama of random weights, from a fixed seed.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import peft
import torch
import transformers
from embedded.tokenizer import train_tokenizer
from export.bundle import write_bundle
from export.llama import TARGET_MODULES, Llama
from transformers import AutoModelForCausalLM, AutoTokenizer, LlamaConfig, LlamaForCausalLM

TEXTS = (
    "",
    " ",
    "Question: Roads W-R:2 V-R:1 M-R:7 X-W:1 X-M:3. Which way from X to V is shortest?\nAnswer:",
    "In the graph C>T:5 C>I:1 T>I:7, what is the maximum flow from C to T?\nIn the graph A-B B-C, is there a circle?\n",
    "You are an expert in generating synthetic evaluation data, specifically about graph problems.",
    "no  double   spaces\n\n\ttabs \r\nand lines   ",
    "A-B,B-Cd >E>F :7:12 -3-45 100 1234567 Z>Za",
    "Na\u00efve caf\u00e9, \u0395\u03bb\u03bb\u03b7\u03bd\u03b9\u03ba\u03ac, \u4e2d\u6587, \U0001f600\u200d\U0001f680, e\u0301",
    "<bos>inside<eos> and <pad><unknown>",
    "don't \"quote\" {json: [1, 2.5e-3]} a_b @#$%^&*()",
    "\u00a0non-breaking\u2028line\u3000wide",
    "mixedCASEWords123abc ABC-DEF",
)
PROMPTS = (
    "Question: Roads W-R:2 V-R:1 M-R:7 X-W:1 X-M:3. Which way from X to V is shortest?\nAnswer:",
    "Question: Tasks P>C C>B B>N. In what order can you do all of them?\nAnswer:",
    "You are an expert",
    "In the graph A-B B-C C-A, is there a circle?\nIn the graph",
    "Q",
)
NEW_TOKENS = 40
# Greedy decoding is only comparable where the best token is clearly the best.
SMALLEST_LEAD = 1e-3


def adapter_values(count: int) -> np.ndarray:
    """An adapter that the tests can write down as well."""
    return ((np.arange(count, dtype=np.int64) * 7919 % 2001 - 1000) / 20000).astype(np.float32)


def write_tiny(folder: Path) -> None:
    torch.manual_seed(11)
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = train_tokenizer([*TEXTS, *PROMPTS], context=256)
    model = LlamaForCausalLM(
        LlamaConfig(
            vocab_size=len(tokenizer),
            hidden_size=32,
            intermediate_size=48,
            num_hidden_layers=2,
            num_attention_heads=2,
            num_key_value_heads=1,
            max_position_embeddings=256,
            initializer_range=0.3,
            tie_word_embeddings=True,
            bos_token_id=tokenizer.bos_token_id,
            eos_token_id=tokenizer.eos_token_id,
            pad_token_id=tokenizer.pad_token_id,
        )
    )
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    write_bundle(folder, Llama.load(folder, rank=4, alpha=8.0))


def with_adapter(model, manifest: dict):
    """The model in PEFT, with the adapter of :func:`adapter_values`."""
    lora = manifest["lora"]
    config = peft.LoraConfig(r=lora["rank"], lora_alpha=lora["alpha"], target_modules=list(TARGET_MODULES), task_type="CAUSAL_LM")
    wrapped = peft.get_peft_model(model, config)
    values = adapter_values(lora["parameters"])
    state = {}
    for tensor in lora["tensors"]:
        piece = values[tensor["offset"] : tensor["offset"] + tensor["shape"][0] * tensor["shape"][1]]
        state[tensor["name"]] = torch.from_numpy(piece.reshape(tensor["shape"]).copy())
    result = peft.set_peft_model_state_dict(wrapped, state)
    if result.unexpected_keys:
        raise ValueError(f"PEFT does not know {result.unexpected_keys[0]}")
    return wrapped.eval()


@torch.no_grad()
def answers(model, tokenizer) -> list[dict]:
    results = []
    for prompt in PROMPTS:
        ids = tokenizer(prompt, return_tensors="pt").input_ids
        output = model.generate(
            input_ids=ids,
            attention_mask=torch.ones_like(ids),
            max_new_tokens=NEW_TOKENS,
            do_sample=False,
            output_scores=True,
            return_dict_in_generate=True,
        )
        count = 0
        for scores in output.scores:
            first, second = scores[0].topk(2).values
            if first - second < SMALLEST_LEAD:
                break
            count += 1
        tokens = output.sequences[0, ids.shape[1] :][:count]
        results.append({"prompt": prompt, "tokens": tokens.tolist(), "text": tokenizer.decode(tokens, skip_special_tokens=True)})
    return results


@torch.no_grad()
def embeddings(model, tokenizer) -> list[list[float]]:
    results = []
    for text in TEXTS:
        ids = tokenizer(text, return_tensors="pt").input_ids
        hidden = model(input_ids=ids, output_hidden_states=True).hidden_states[-1]
        results.append([round(value, 6) for value in hidden[0].mean(0).tolist()])
    return results


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tiny", action="store_true", help="write the bundle of random weights first")
    parser.add_argument("bundle", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    if arguments.tiny:
        write_tiny(arguments.bundle)
    manifest = json.loads((arguments.bundle / "onnx" / "manifest.json").read_text())
    tokenizer = AutoTokenizer.from_pretrained(arguments.bundle)
    model = AutoModelForCausalLM.from_pretrained(arguments.bundle, dtype=torch.float32).eval()
    golden = {
        "versions": {module.__name__: module.__version__ for module in (torch, transformers, peft)},
        "baseSha256": manifest["baseSha256"],
        "newTokens": NEW_TOKENS,
        "encodings": [{"text": text, "ids": tokenizer(text).input_ids} for text in TEXTS],
        "base": {"answers": answers(model, tokenizer), "embeddings": embeddings(model, tokenizer)},
    }
    wrapped = with_adapter(model, manifest)
    golden["adapter"] = {"answers": answers(wrapped, tokenizer), "embeddings": embeddings(wrapped, tokenizer)}
    arguments.out.write_text(json.dumps(golden, ensure_ascii=False) + "\n")
    for kind in ("base", "adapter"):
        print(kind, [len(answer["tokens"]) for answer in golden[kind]["answers"]], "tokens compared")


if __name__ == "__main__":
    main()
