"""The pretraining corpus, written by ``fixtures/write-corpus.ts`` one shard at a time and cut into batches of like length."""

import json
import random
import subprocess
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import torch
from transformers import PreTrainedTokenizerFast

ROOT = Path(__file__).parents[2]
IGNORED = -100


@dataclass(frozen=True)
class Document:
    """A prompt and what should follow it."""

    kind: str
    prompt: str
    completion: str
    skill: dict | None = None
    """Of an answered question that is not a bare sum: its `domain` and `task`, and the `column` of its size."""


@dataclass(frozen=True)
class Batch:
    """Token ids and labels, all of shape (documents, longest document); each token is a label of its prompt or of its completion."""

    kind: str
    input_ids: torch.Tensor
    prompt_labels: torch.Tensor
    completion_labels: torch.Tensor


def write_documents(count: int, seed: int, domains: Sequence[str] = ()) -> list[Document]:
    """Runs the corpus writer on some domains, on all where none is named; equal arguments give equal documents."""
    command = ["npx", "tsx", "fixtures/write-corpus.ts", "--documents", str(count), "--seed", str(seed)]
    command += [argument for domain in domains for argument in ("--only", domain)]
    lines = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    return [Document(**json.loads(line)) for line in lines]


def encode(document: Document, tokenizer: PreTrainedTokenizerFast) -> tuple[list[int], int]:
    """Token ids of one document, ending with the end-of-sequence token, and how many of them are its prompt."""
    prompt = tokenizer(document.prompt)["input_ids"]
    completion = tokenizer(document.completion, add_special_tokens=False)["input_ids"]
    return [*prompt, *completion, tokenizer.eos_token_id], len(prompt)


def batches_of_shard(
    shard: int,
    documents: int,
    domains: Sequence[str],
    tokens: dict[str, int],
    context: int,
    tokenizer: PreTrainedTokenizerFast,
) -> list[tuple[Batch, Batch]]:
    """Pairs of one batch of question sets and one of answers, of about ``tokens`` tokens by kind, in a fixed random order."""
    encoded: dict[str, list[tuple[list[int], int]]] = {"generate": [], "answer": []}
    for document in write_documents(documents, seed=shard, domains=domains):
        row = encode(document, tokenizer)
        if len(row[0]) <= context:
            encoded[document.kind].append(row)
    order = random.Random(shard)
    by_kind = {}
    for kind, rows in encoded.items():
        batches = list(_cut(kind, sorted(rows, key=lambda row: len(row[0])), tokens[kind], tokenizer.pad_token_id))
        order.shuffle(batches)
        by_kind[kind] = batches
    return list(zip(by_kind["generate"], by_kind["answer"]))


def shards(first: int, **options) -> Iterator[tuple[int, list[tuple[Batch, Batch]]]]:
    """Shards from number ``first`` on; the next one is written while one is in use."""
    with ThreadPoolExecutor(1) as pool:
        number, pending = first, pool.submit(batches_of_shard, first, **options)
        while True:
            batches = pending.result()
            pending = pool.submit(batches_of_shard, number + 1, **options)
            yield number, batches
            number += 1


def _cut(kind: str, rows: list[tuple[list[int], int]], tokens: int, pad: int) -> Iterator[Batch]:
    start = 0
    while start < len(rows):
        stop = start + 1
        while stop < len(rows) and (stop + 1 - start) * len(rows[stop][0]) <= tokens:
            stop += 1
        yield _pad(kind, rows[start:stop], pad)
        start = stop


def _pad(kind: str, rows: list[tuple[list[int], int]], pad: int) -> Batch:
    longest = max(len(ids) for ids, _ in rows)

    def right(values: list[int], filler: int) -> list[int]:
        return values + [filler] * (longest - len(values))

    return Batch(
        kind,
        torch.tensor([right(ids, pad) for ids, _ in rows]),
        torch.tensor([right(ids[:prompt], IGNORED) for ids, prompt in rows]),
        torch.tensor([right([IGNORED] * prompt + ids[prompt:], IGNORED) for ids, prompt in rows]),
    )
