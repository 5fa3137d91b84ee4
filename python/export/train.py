"""One LoRA training step (forward, backward, clipping, AdamW) as one graph of any batch size and length.

Gradients of several parts of a batch can be added up before an update: ``gradient`` goes in and comes out, and losses are
divided by ``label_count``, the number of labels in the whole batch.
"""

import math
from pathlib import Path

import numpy as np
from export.cross_entropy import cross_entropy
from export.graph import GraphWriter, Safetensors
from export.llama import Llama
from export.train_layers import TrainLayers
from onnx import TensorProto

IGNORED = -100
BETA_1, BETA_2, EPSILON = 0.9, 0.999, 1e-8
LARGEST_GRADIENT_NORM = 1.0


def export_train(llama: Llama, folder: Path, path: Path) -> None:
    """Writes the train graph.

    Inputs: `adapter`, `first_moment`, `second_moment` and `gradient` (f32, one number for each LoRA parameter); `step` (f32,
    from 1), `learning_rate`, `weight_decay` and `label_count` (f32); `input_ids` and `labels` (i64, rows x length; padding on
    the right; -100 is no label; a label stands at its own token's place, as in transformers).
    Outputs: `updated_adapter`, `updated_first_moment`, `updated_second_moment`; `updated_gradient`, which is `gradient` plus
    this batch's, before clipping; `loss`, the sum of the labels' cross-entropies over `label_count`.
    """
    writer = GraphWriter(Safetensors(folder / "model.safetensors"))
    size = sum(math.prod(tensor.shape) for tensor in llama.adapter_layout())
    for name in ("adapter", "first_moment", "second_moment", "gradient"):
        writer.input(name, [size])
    for name in ("step", "learning_rate", "weight_decay", "label_count"):
        writer.input(name, [])
    for name in ("input_ids", "labels"):
        writer.input(name, ["rows", "length"], TensorProto.INT64)

    layers = TrainLayers(llama, writer)
    loss, gradient = _gradient(layers)
    total = layers.op("Add", "gradient", gradient)
    adapter, first, second = _update(layers, total)
    results = {"adapter": adapter, "first_moment": first, "second_moment": second, "gradient": total}
    for name, result in results.items():
        writer.node("Identity", [result], writer.output(f"updated_{name}", [size]))
    writer.node("Identity", [loss], writer.output("loss", []))
    writer.save(path)


def _labelled(layers: TrainLayers) -> tuple[str, str]:
    """Indices among all tokens of those that predict a label, and these labels. A label is predicted one place earlier."""
    rows, _ = layers.split(layers.op("Shape", "labels"), [1, 1], 0)
    nothing = layers.filled(layers.join([rows, layers.integers(1)], 0), IGNORED)
    later = layers.op("Slice", "labels", layers.integers(1), layers.integers(2**62), layers.integers(1))
    targets = layers.op("Reshape", layers.join([later, nothing], 1), layers.integers(-1))
    is_label = layers.op("Not", layers.op("Equal", targets, layers.constant(IGNORED, np.int64)))
    labelled = layers.op("Reshape", layers.op("NonZero", is_label), layers.integers(-1))
    return labelled, layers.op("Gather", targets, labelled, axis=0)


def _gradient(layers: TrainLayers) -> tuple[str, str]:
    """The loss and the flat gradient of the adapter."""
    indices, targets = _labelled(layers)
    layers.take_adapter("adapter")
    likelihoods, _ = cross_entropy(layers, indices, targets, divisor="label_count")
    loss = layers.op("Neg", layers.op("Div", layers.op("ReduceSum", likelihoods, keepdims=0), "label_count"))
    flat = layers.join([layers.gradients[tensor.name] for tensor in layers.llama.adapter_layout()], 0)
    return loss, layers.op("Mul", flat, layers.constant(layers.llama.alpha / layers.llama.rank))


def _update(layers: TrainLayers, gradient: str) -> tuple[str, str, str]:
    """Clips as ``clip_grad_norm_`` does and updates as ``torch.optim.AdamW`` does: adapter, first and second moment."""
    norm = layers.op("Add", layers.op("ReduceL2", gradient, keepdims=0), layers.constant(1e-6))
    share = layers.op("Min", layers.op("Div", layers.constant(LARGEST_GRADIENT_NORM), norm), layers.constant(1.0))
    clipped = layers.op("Mul", gradient, share)

    def moment(name: str, value: str, beta: float) -> str:
        old = layers.op("Mul", name, layers.constant(beta))
        return layers.op("Add", old, layers.op("Mul", value, layers.constant(1 - beta)))

    def correction(beta: float) -> str:
        # 1 - 0.999 ** step loses five digits in 32-bit floats.
        power = layers.op("Pow", layers.constant(beta, np.float64), layers.op("Cast", "step", to=TensorProto.DOUBLE))
        exact = layers.op("Sub", layers.constant(1, np.float64), power)
        return layers.op("Cast", exact, to=TensorProto.FLOAT)

    first = moment("first_moment", clipped, BETA_1)
    second = moment("second_moment", layers.op("Mul", clipped, clipped), BETA_2)
    kept = layers.op("Sub", layers.constant(1.0), layers.op("Mul", "learning_rate", "weight_decay"))
    root = layers.op("Div", layers.op("Sqrt", second), layers.op("Sqrt", correction(BETA_2)))
    direction = layers.op("Div", first, layers.op("Add", root, layers.constant(EPSILON)))
    moved = layers.op("Mul", direction, layers.op("Div", "learning_rate", correction(BETA_1)))
    return layers.op("Sub", layers.op("Mul", "adapter", kept), moved), first, second
