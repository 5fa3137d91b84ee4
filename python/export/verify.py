"""Compares exported graphs with the checkpoint in transformers and with the traced function in torch, on random inputs."""

from pathlib import Path

import numpy as np
import torch
from export.bundle import GRAPHS
from export.llama import Llama
from export.session import open_session, run
from transformers import AutoModelForCausalLM

TOLERANCE = 2e-4
LENGTHS = (11, 7, 2)


@torch.no_grad()
def largest_differences(folder: Path, llama: Llama) -> dict[str, float]:
    """By graph, the largest absolute difference from torch, relative to the largest absolute value there."""
    torch.manual_seed(0)
    parameters = sum(tensor.shape[0] * tensor.shape[1] for tensor in llama.adapter_layout())
    flat = 0.05 * torch.randn(parameters)
    rows = [torch.randint(0, llama.config.vocab_size, (length,)) for length in LENGTHS]
    ids = torch.nn.utils.rnn.pad_sequence(rows, batch_first=True)
    mask = torch.nn.utils.rnn.pad_sequence([torch.ones(length) for length in LENGTHS], batch_first=True)
    prepared = run(open_session(folder, GRAPHS["adapter"]), {"adapter": flat.numpy()})
    hidden = llama.hidden_states(ids, llama.split_adapter(flat), mask)
    logits = llama.logits(hidden)

    plain = llama.logits(llama.hidden_states(ids[:1], llama.split_adapter(torch.zeros(parameters)), mask[:1]))
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    embedded = run(open_session(folder, GRAPHS["embed"]), {**prepared, "input_ids": ids.numpy(), "count": np.array(LENGTHS)})
    means = torch.stack([hidden[row, :length].mean(0) for row, length in enumerate(LENGTHS)])
    decoded, expected = _decode(folder, llama, prepared, rows, logits)
    return {
        "checkpoint (torch against transformers)": _difference(plain, model(input_ids=ids[:1]).logits),
        "prefill and decode": _difference(decoded, expected),
        "embed": _difference(torch.from_numpy(embedded["embedding"]), means),
    }


def _decode(folder: Path, llama: Llama, prepared: dict, rows: list[torch.Tensor], logits: torch.Tensor):
    """Prefills all rows together; then all but each row's last token, its first half before the rest; then decodes the last
    tokens together."""
    prefill, decode = (open_session(folder, GRAPHS[graph]) for graph in ("prefill", "decode"))
    heads, size, capacity = llama.config.num_key_value_heads, llama.head_size, 64
    names = [f"{layer}.{side}" for layer in range(llama.config.num_hidden_layers) for side in ("key", "value")]
    cache = {name: np.zeros((len(rows), heads, capacity, size), dtype=np.float32) for name in names}
    past = {f"past.{name}": np.zeros((len(rows), heads, 0, size), dtype=np.float32) for name in names}
    feeds = {"input_ids": torch.nn.utils.rnn.pad_sequence(rows, batch_first=True).numpy(), "count": np.array(LENGTHS)}
    results = [*run(prefill, {**prepared, **past, **feeds})["logits"]]
    expected = [logits[row, len(tokens) - 1] for row, tokens in enumerate(rows)]
    for row, tokens in enumerate(rows):
        count = len(tokens) - 1
        past = {f"past.{name}": np.zeros((1, heads, 0, size), dtype=np.float32) for name in names}
        for first, end in ((0, count // 2), (count // 2, count)):
            if first == end:
                continue
            feeds = {"input_ids": tokens[None, first:end].numpy(), "count": np.array([end - first])}
            output = run(prefill, {**prepared, **past, **feeds})
            past = {f"past.{name}": output[f"new.{name}"] for name in names}
            results.append(output["logits"][0])
            expected.append(logits[row, end - 1])
        for name in names:
            cache[name][row, :, :count] = past[f"past.{name}"][0]
    feeds = {
        "input_ids": torch.stack([tokens[-1] for tokens in rows]).numpy(),
        "seen": np.array([len(tokens) - 1 for tokens in rows]),
    }
    past = {f"past.{name}": cache[name] for name in names}
    results.extend(run(decode, {**prepared, **past, **feeds})["logits"])
    expected.extend(logits[row, len(tokens) - 1] for row, tokens in enumerate(rows))
    return torch.from_numpy(np.stack(results)), torch.stack(expected)


def _difference(actual: torch.Tensor, expected: torch.Tensor) -> float:
    return ((actual - expected).abs().max() / expected.abs().max()).item()
