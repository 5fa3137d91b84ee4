"""The decoder's layers with a backward pass that is written out, as ONNX nodes.

A written backward pass uses what a traced one can not see:

- Every linear layer runs on its merged weight ``W + alpha / rank * B @ A``, so LoRA costs no pass over the activations on
  the way forward, and only products of ``rank`` columns on the way back.
- Only tokens with a label pass through the last layer's feed-forward part.

Values of tokens have the shape (rows * length, size); attention's have (rows, heads, length, head size).
"""

import math
from dataclasses import dataclass

import numpy as np
from export.graph import CONTRIB, GraphWriter
from export.llama import Llama
from export.operations import Operations
from export.train_attention import Attended, TrainAttention
from onnx import TensorProto

ATTENTION_MODULES = ("q_proj", "k_proj", "v_proj")


@dataclass(frozen=True)
class Norm:
    """What the backward pass of an RMS norm needs: names of values."""

    scaled: str
    inverse: str
    weight: str


@dataclass(frozen=True)
class Layer:
    """What the backward pass of one layer needs: names of values."""

    attention_norm: Norm
    attention_input: str
    attended: list[Attended]
    mixed: str
    feed_forward_norm: Norm
    feed_forward_input: str
    sigmoid: str
    silu: str
    up: str
    product: str


class TrainLayers(Operations):
    """Writes layers forward and backward; collects the gradients of the LoRA tensors by name."""

    EMBEDDINGS_LEARN = False
    """Whether the gradient of the first layer's input is wanted."""

    def __init__(self, llama: Llama, writer: GraphWriter):
        super().__init__(writer)
        self.llama = llama
        self.attention = TrainAttention(llama, writer)
        self.query_heads = llama.config.num_attention_heads
        self.key_heads = llama.config.num_key_value_heads
        self.gradients: dict[str, str] = {}
        self._merged: dict[tuple, str] = {}

    # What is the same for all layers

    def take_adapter(self, adapter: str) -> None:
        """Takes the flat adapter."""
        layout = self.llama.adapter_layout()
        pieces = self.split(adapter, [math.prod(tensor.shape) for tensor in layout], 0)
        self.adapter = {
            tensor.name: self.op("Reshape", piece, self.integers(*tensor.shape)) for tensor, piece in zip(layout, pieces)
        }

    def take_batch(self, batch: str, labelled: str) -> None:
        """Takes the batch (for its shape) and the indices of the tokens that predict a label."""
        self.labelled = labelled
        shape = self.op("Shape", batch)
        self.rows, self.length = self.split(shape, [1, 1], 0)
        self.tokens = self.op("Mul", self.rows, self.length)
        self.attention.prepare(self.length)
        positions = self.writer.range(self.length, "positions")
        column = self.op("Unsqueeze", self.op("Cast", positions, to=TensorProto.FLOAT), self.integers(1))
        angles = self.op("Mul", column, self.constant(self.llama.inverse_frequencies().numpy()[None, :]))
        self.cosine, self.sine = self.op("Cos", angles), self.op("Sin", angles)
        self.negative_sine = self.op("Neg", self.sine)
        self.positions = self.op("Expand", self.op("Unsqueeze", positions, self.integers(0)), shape)

    def rotate(self, value: str, back: bool = False) -> str:
        sine = self.negative_sine if back else self.sine
        return self.op("RotaryEmbedding", value, self.positions, self.cosine, sine, domain=CONTRIB)

    def heads_first(self, value: str, heads: int) -> str:
        """(rows * length, heads * size) to (rows, heads, length, size)."""
        shape = self.join([self.rows, self.length, self.integers(heads, self.llama.head_size)], 0)
        return self.op("Transpose", self.op("Reshape", value, shape), perm=[0, 2, 1, 3])

    def heads_last(self, value: str, heads: int) -> str:
        """(rows, heads, length, size) to (rows * length, heads * size)."""
        tokens = self.op("Transpose", value, perm=[0, 2, 1, 3])
        return self.op("Reshape", tokens, self.integers(-1, heads * self.llama.head_size))

    # Parameters

    def lora(self, layer: int, module: str, matrix: str) -> str:
        return self.adapter[self._lora_name(layer, module, matrix)]

    def _lora_name(self, layer: int, module: str, matrix: str) -> str:
        return f"base_model.model.{self.llama.linear_name(layer, module)}.lora_{matrix}.weight"

    def merged_weight(self, layer: int, *modules: str) -> str:
        """The merged weights of linear layers with the same input, one below the other."""
        if (layer, modules) not in self._merged:
            scale = self.llama.alpha / self.llama.rank
            parts = []
            for module in modules:
                weight = self.writer.weight(f"{self.llama.linear_name(layer, module)}.weight")
                up, down = (self.lora(layer, module, matrix) for matrix in ("B", "A"))
                parts.append(self.product(up, down, weight, alpha=scale))
            self._merged[layer, modules] = self.join(parts, 0)
        return self._merged[layer, modules]

    def linear(self, value: str, layer: int, *modules: str, add: str | None = None) -> str:
        """Linear layers of one input side by side, added to ``add``."""
        names = [f"{self.llama.linear_name(layer, module)}.bias" for module in modules]
        biased = names[0] in self.llama.weights
        bias = self.join([self.writer.weight(name) for name in names], 0) if biased else None
        result = self.product(value, self.merged_weight(layer, *modules), add or bias, transB=1)
        return self.op("Add", result, bias) if add and bias else result

    def keep_gradients(self, layer: int, modules: tuple[str, ...], value: str, outputs: list[str]) -> None:
        """Gradients of A and B, times rank / alpha, of linear layers with the input ``value``.

        ``outputs`` are the gradients of what each layer gives.
        """
        ranks = [self.llama.rank] * len(modules)
        stacked = self.join([self.lora(layer, module, "A") for module in modules], 0)
        lowered = self.split(self.product(value, stacked, transB=1), ranks, 1)
        raised = [self.product(output, self.lora(layer, module, "B")) for module, output in zip(modules, outputs)]
        downs = self.split(self.product(self.join(raised, 1), value, transA=1), ranks, 0)
        for module, output, part, down in zip(modules, outputs, lowered, downs):
            up = self.product(output, part, transA=1)
            for matrix, gradient in (("A", down), ("B", up)):
                flat = self.op("Reshape", gradient, self.integers(-1))
                self.gradients[self._lora_name(layer, module, matrix)] = flat

    def keep_output_gradient(self, error: str, hidden: str) -> None:
        """Gradient of the output layer, which no adapter has."""

    # Forward

    def norm(self, value: str, name: str) -> tuple[str, Norm]:
        mean = self.op("ReduceMean", self.op("Mul", value, value), self.integers(-1), keepdims=1)
        inverse = self.op("Sqrt", self.op("Add", mean, self.constant(self.llama.config.rms_norm_eps)))
        scaled = self.op("Mul", value, inverse := self.op("Reciprocal", inverse))
        weight = self.writer.weight(name)
        return self.op("Mul", scaled, weight), Norm(scaled, inverse, weight)

    def forward(self, layer: int, value: str) -> tuple[str, Layer]:
        query_heads, key_heads = self.query_heads, self.key_heads
        prefix = f"model.layers.{layer}"
        attention_input, attention_norm = self.norm(value, f"{prefix}.input_layernorm.weight")
        projected = self.linear(attention_input, layer, *ATTENTION_MODULES)
        heads = self.heads_first(projected, query_heads + 2 * key_heads)
        rotated, values = self.split(heads, [query_heads + key_heads, key_heads], 1)
        queries, keys = self.split(self.rotate(rotated), [query_heads, key_heads], 1)
        mixed_heads, attended = self.attention.forward(queries, keys, values)
        mixed = self.heads_last(mixed_heads, query_heads)
        if self.is_last(layer):
            mixed, value = (self.op("Gather", part, self.labelled, axis=0) for part in (mixed, value))
        value = self.linear(mixed, layer, "o_proj", add=value)
        feed_forward_input, feed_forward_norm = self.norm(value, f"{prefix}.post_attention_layernorm.weight")
        gate, up = (self.linear(feed_forward_input, layer, module) for module in ("gate_proj", "up_proj"))
        sigmoid = self.op("Sigmoid", gate)
        silu = self.op("Mul", gate, sigmoid)
        product = self.op("Mul", silu, up)
        kept = Layer(
            attention_norm=attention_norm,
            attention_input=attention_input,
            attended=attended,
            mixed=mixed,
            feed_forward_norm=feed_forward_norm,
            feed_forward_input=feed_forward_input,
            sigmoid=sigmoid,
            silu=silu,
            up=up,
            product=product,
        )
        return self.linear(product, layer, "down_proj", add=value), kept

    def is_last(self, layer: int) -> bool:
        return layer == self.llama.config.num_hidden_layers - 1

    # Backward

    def norm_backward(self, gradient: str, norm: Norm, add: str | None = None) -> str:
        """Gradient of a norm's input, and ``add``, the gradient that came down the residual stream."""
        scaled = self.op("Mul", gradient, norm.weight)
        mean = self.op("ReduceMean", self.op("Mul", scaled, norm.scaled), self.integers(-1), keepdims=1)
        result = self.op("Mul", self.op("Sub", scaled, self.op("Mul", norm.scaled, mean)), norm.inverse)
        return self.op("Add", result, add) if add else result

    def backward(self, layer: int, kept: Layer, gradient: str) -> str | None:
        """Gradient of the layer's input; none of the first layer's where embeddings do not learn."""
        down = self.product(gradient, self.merged_weight(layer, "down_proj"))
        self.keep_gradients(layer, ("down_proj",), kept.product, [gradient])
        up = self.op("Mul", down, kept.silu)
        # silu' * up = (sigmoid + silu * (1 - sigmoid)) * up
        slope = self.op("Add", kept.product, self.op("Mul", kept.sigmoid, self.op("Sub", kept.up, kept.product)))
        gate = self.op("Mul", down, slope)
        self.keep_gradients(layer, ("gate_proj", "up_proj"), kept.feed_forward_input, [gate, up])
        gated = self.product(gate, self.merged_weight(layer, "gate_proj"))
        both = self.product(up, self.merged_weight(layer, "up_proj"), gated)
        gradient = self.norm_backward(both, kept.feed_forward_norm, gradient)

        mixed = self.product(gradient, self.merged_weight(layer, "o_proj"))
        self.keep_gradients(layer, ("o_proj",), kept.mixed, [gradient])
        if self.is_last(layer):
            mixed = self.scatter(mixed, self.query_heads * self.llama.head_size)
            gradient = self.scatter(gradient, self.llama.config.hidden_size)
        parts = self.attention.backward(kept.attended, self.heads_first(mixed, self.query_heads))
        return self.project_backward(layer, kept, parts, gradient)

    def project_backward(self, layer: int, kept: Layer, parts: tuple[str, str, str], residual: str) -> str | None:
        query_heads, key_heads = self.query_heads, self.key_heads
        rotated = self.rotate(self.op("Concat", parts[0], parts[1], axis=1), back=True)
        flat = self.heads_last(self.op("Concat", rotated, parts[2], axis=1), query_heads + 2 * key_heads)
        outputs = self.split(flat, [heads * self.llama.head_size for heads in (query_heads, key_heads, key_heads)], 1)
        self.keep_gradients(layer, ATTENTION_MODULES, kept.attention_input, outputs)
        if layer == 0 and not self.EMBEDDINGS_LEARN:
            return None
        gradient = self.product(flat, self.merged_weight(layer, *ATTENTION_MODULES))
        return self.norm_backward(gradient, kept.attention_norm, residual)

    def scatter(self, value: str, columns: int) -> str:
        """Puts the labelled tokens' rows back among all tokens."""
        zeros = self.filled(self.join([self.tokens, self.integers(columns)], 0), 0.0)
        return self.op("ScatterND", zeros, self.op("Unsqueeze", self.labelled, self.integers(1)), value)
