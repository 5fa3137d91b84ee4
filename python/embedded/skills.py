"""How often a model's greedy answer is the writer's own answer, by task and by number of nodes."""

from collections import defaultdict

import torch
from transformers import PreTrainedModel, PreTrainedTokenizerFast

from .corpus import Document

SIZES = ((3, 4), (5, 6), (7, 8), (9, 12))


@torch.no_grad()
def exact_matches(
    model: PreTrainedModel, tokenizer: PreTrainedTokenizerFast, documents: list[Document], longest: int = 32
) -> dict[str, list[float | None]]:
    """Share of exact matches per task, one figure for each range of ``SIZES``; a lower bound where answers are not unique."""
    rows = sorted(documents, key=lambda document: len(document.prompt))
    right: dict[tuple[str, int], list[bool]] = defaultdict(list)
    model.eval()
    tokenizer.padding_side = "left"
    for start in range(0, len(rows), 64):
        some = rows[start : start + 64]
        inputs = tokenizer([row.prompt for row in some], return_tensors="pt", padding=True, return_token_type_ids=False)
        output = model.generate(**inputs, max_new_tokens=longest, do_sample=False, pad_token_id=tokenizer.pad_token_id)
        texts = tokenizer.batch_decode(output[:, inputs["input_ids"].shape[1] :], skip_special_tokens=True)
        for row, text in zip(some, texts):
            column = next(index for index, (low, high) in enumerate(SIZES) if low <= row.size <= high)
            right[row.task, column].append(text.strip() == row.completion.strip())
    model.train()
    table = {}
    for task in sorted({row.task for row in documents}):
        cells = [right[task, column] for column in range(len(SIZES))]
        table[task] = [round(sum(cell) / len(cell), 2) if cell else None for cell in cells]
    return table
