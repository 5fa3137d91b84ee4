"""Compares the train graph with torch: the gradient with autograd's, the update with ``torch.optim.AdamW``."""

from pathlib import Path

import numpy as np
import torch
from export.bundle import GRAPHS
from export.llama import Llama
from export.session import open_session, run
from export.train import IGNORED

LENGTHS = (11, 7, 2)
LEARNING_RATE, WEIGHT_DECAY, STEP = 1e-3, 0.01, 3


def train_differences(folder: Path, llama: Llama) -> dict[str, float]:
    """The largest absolute differences from torch, relative to the largest absolute value there."""
    torch.manual_seed(1)
    parameters = sum(tensor.shape[0] * tensor.shape[1] for tensor in llama.adapter_layout())
    flat = torch.nn.Parameter(0.05 * torch.randn(parameters))
    ids = torch.randint(0, llama.config.vocab_size, (len(LENGTHS), max(LENGTHS)))
    mask = torch.tensor([[float(place < length) for place in range(max(LENGTHS))] for length in LENGTHS])
    labels = ids.masked_fill(mask == 0, IGNORED)
    labels[:, :1] = IGNORED
    logits = llama.logits(llama.hidden_states(ids, llama.split_adapter(flat), mask))[:, :-1]
    loss = torch.nn.functional.cross_entropy(logits.flatten(0, 1), labels[:, 1:].flatten(), ignore_index=IGNORED)
    loss.backward()

    moments = {"first_moment": 1e-3 * torch.randn(parameters), "second_moment": 1e-6 * torch.rand(parameters)}
    scalars = {
        "step": STEP,
        "learning_rate": LEARNING_RATE,
        "weight_decay": WEIGHT_DECAY,
        "label_count": (labels != IGNORED).sum().item(),
    }
    feeds = {name: np.array(value, dtype=np.float32) for name, value in scalars.items()}
    feeds |= {name: value.numpy() for name, value in moments.items()}
    feeds |= {"adapter": flat.detach().numpy().copy(), "gradient": np.zeros(parameters, dtype=np.float32)}
    result = run(open_session(folder, GRAPHS["train"]), feeds | {"input_ids": ids.numpy(), "labels": labels.numpy()})

    gradient = flat.grad.clone()
    # The update is compared on the graph's own gradient: AdamW divides even the smallest numbers by their own size.
    flat.grad = torch.from_numpy(result["updated_gradient"].copy())
    torch.nn.utils.clip_grad_norm_([flat], 1.0)
    before = flat.detach().clone()
    optimizer = torch.optim.AdamW([flat], lr=LEARNING_RATE, weight_decay=WEIGHT_DECAY)
    optimizer.state[flat] = {
        "step": torch.tensor(float(STEP - 1)),
        "exp_avg": moments["first_moment"].clone(),
        "exp_avg_sq": moments["second_moment"].clone(),
    }
    optimizer.step()
    change = flat.detach() - before
    return {
        "train, loss": abs(result["loss"].item() / loss.item() - 1),
        "train, gradient": _difference(result["updated_gradient"], gradient),
        "train, update": _difference(result["updated_adapter"] - before.numpy(), change),
    }


def _difference(actual: np.ndarray, expected: torch.Tensor) -> float:
    return float(np.abs(actual - expected.numpy()).max() / expected.abs().max().item())
