"""How often a model's greedy answer is the writer's own answer, by task and by size."""

import copy
from collections import defaultdict

import torch
from transformers import PreTrainedModel, PreTrainedTokenizerFast

from .corpus import Document


@torch.no_grad()
def exact_matches(
    model: PreTrainedModel, tokenizer: PreTrainedTokenizerFast, documents: list[Document], longest: int = 32
) -> dict[str, list[float]]:
    """Share of exact matches per task, one figure for each range of sizes; a lower bound where answers are not unique."""
    # Another thread encodes the next shard meanwhile, and a tokenizer keeps how it pads.
    tokenizer = copy.deepcopy(tokenizer)
    rows = sorted(documents, key=lambda document: len(document.prompt))
    right: dict[str, dict[int, list[bool]]] = defaultdict(lambda: defaultdict(list))
    model.eval()
    tokenizer.padding_side = "left"
    for start in range(0, len(rows), 64):
        some = rows[start : start + 64]
        inputs = tokenizer([row.prompt for row in some], return_tensors="pt", padding=True, return_token_type_ids=False)
        output = model.generate(**inputs, max_new_tokens=longest, do_sample=False, pad_token_id=tokenizer.pad_token_id)
        texts = tokenizer.batch_decode(output[:, inputs["input_ids"].shape[1] :], skip_special_tokens=True)
        for row, text in zip(some, texts):
            task = f"{row.skill['domain']}/{row.skill['task']}"
            right[task][row.skill["column"]].append(text.strip() == row.completion.strip())
    model.train()
    return {
        task: [round(sum(cells[column]) / len(cells[column]), 2) for column in sorted(cells)]
        for task, cells in sorted(right.items())
    }
