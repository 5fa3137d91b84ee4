"""Causal attention forward and backward, as ONNX nodes.

- Queries are cut into blocks along the text, and no block looks at keys behind it: what lies above the diagonal is mostly
  not computed.
- The softmax's gradient is ``dS = P * (dO V^T - rowsum(dO * O))`` (FlashAttention, Dao et al. 2022, appendix B.4).
- Sequences are padded on the right, so under causal attention padding needs no mask.

Queries have the shape (rows, heads, length, head size), keys and values (rows, key heads, length, head size). The queries
that share a key head (grouped-query attention) are taken as rows of one matrix, (rows, key heads, queries, head size), so
that keys and values are never repeated and their gradients come summed.
"""

import math
from dataclasses import dataclass

import numpy as np
from export.graph import GraphWriter
from export.llama import Llama
from export.operations import Operations
from onnx import TensorProto

BLOCKS = 2
# Scores of later tokens, seen from the token's score of itself. exp(-40) vanishes beside exp(0) in 32-bit floats; a
# mask of -1e9 gives the same results, but through denormal numbers, which make a processor three times slower.
LATER = -40.0
NO_LIMIT = 1e30


@dataclass(frozen=True)
class Attended:
    """What the backward pass needs of one block of queries, grouped by key head: names of values."""

    queries: str
    keys: str
    values: str
    probabilities: str
    mixed: str


class TrainAttention(Operations):
    def __init__(self, llama: Llama, writer: GraphWriter):
        super().__init__(writer)
        self.query_heads = llama.config.num_attention_heads
        self.key_heads = llama.config.num_key_value_heads
        self.scale = 1 / math.sqrt(llama.head_size)

    def prepare(self, length: str) -> None:
        """Takes the length of the padded texts, of shape (1)."""
        share = self.op("Div", length, self.integers(BLOCKS))
        starts = [self.op("Mul", share, self.integers(block)) for block in range(BLOCKS)]
        self.ends = [*starts[1:], length]
        self.length, self.sizes = length, self.join([self.op("Sub", *ends) for ends in zip(self.ends, starts)], 0)
        square = self.filled(self.join([length] * 2, 0), 1)
        is_later = self.op("Cast", self.op("Trilu", square, self.constant(1, np.int64), upper=1), to=TensorProto.BOOL)
        limits = self.op("Where", is_later, self.constant(LATER), self.constant(NO_LIMIT))
        blocks = zip(self.op("Split", limits, self.sizes, outputs=BLOCKS, axis=0), self.ends)
        self.limits = [self._for_each_query(self._until(block, end, axis=1), axis=0) for block, end in blocks]

    def forward(self, queries: str, keys: str, values: str) -> tuple[str, list[Attended]]:
        """The mixed values, of the queries' shape, and what :meth:`backward` needs."""
        scaled = self._grouped(self.op("Mul", queries, self.constant(self.scale)))
        own = self.op("Mul", scaled, self._for_each_query(keys, axis=2))
        # One more column subtracts each token's score of itself from its scores.
        column = self.op("Neg", self.op("ReduceSum", own, self.integers(-1), keepdims=1))
        blocks = self._blocks(self._ungrouped(self.op("Concat", scaled, column, axis=-1)))
        extended = self.op("Pad", keys, self.integers(0, 0, 0, 0, 0, 0, 0, 1), self.constant(1.0))
        kept = []
        for block, plain, limits, end in zip(blocks, self._blocks(queries), self.limits, self.ends):
            scores = self.op("MatMul", block, self._transposed(self._until(extended, end)))
            probabilities = self.op("Softmax", self.op("Min", scores, limits), axis=-1)
            seen_keys, seen_values = self._until(keys, end), self._until(values, end)
            mixed = self.op("MatMul", probabilities, seen_values)
            kept.append(Attended(plain, seen_keys, seen_values, probabilities, mixed))
        return self._joined([block.mixed for block in kept]), kept

    def backward(self, kept: list[Attended], mixed: str) -> tuple[str, str, str]:
        """Gradients of queries, keys and values, of the gradient of the mixed values."""
        query_gradients, key_gradients, value_gradients = [], [], []
        for block, gradient, end in zip(kept, self._blocks(mixed), self.ends):
            scaled = self.op("Mul", gradient, self.constant(self.scale))
            row_sums = self.op("ReduceSum", self.op("Mul", scaled, block.mixed), self.integers(-1), keepdims=1)
            inner = self.op("Sub", self.op("MatMul", scaled, self._transposed(block.values)), row_sums)
            scores = self.op("Mul", block.probabilities, inner)
            query_gradients.append(self.op("MatMul", scores, block.keys))
            key_gradients.append(self._padded(self.op("MatMul", self._transposed(scores), block.queries), end))
            value_gradients.append(self._padded(self.op("MatMul", self._transposed(block.probabilities), gradient), end))
        return self._joined(query_gradients), self.op("Sum", *key_gradients), self.op("Sum", *value_gradients)

    def _transposed(self, value: str) -> str:
        """Swaps the last two of four dimensions; runtimes fuse it with the matrix product that follows."""
        return self.op("Transpose", value, perm=[0, 1, 3, 2])

    def _grouped(self, value: str) -> str:
        """(rows, heads, length, size) to (rows, key heads, queries, size)."""
        return self._as_heads(value, self.key_heads)

    def _ungrouped(self, value: str) -> str:
        """(rows, key heads, queries, size) to (rows, heads, length, size)."""
        return self._as_heads(value, self.query_heads)

    def _as_heads(self, value: str, heads: int) -> str:
        if self.query_heads == self.key_heads:
            return value
        return self.op("Reshape", value, self.integers(0, heads, -1, 0))

    def _for_each_query(self, value: str, axis: int) -> str:
        """Repeats what belongs to a key head for each of its query heads."""
        return self.join([value] * (self.query_heads // self.key_heads), axis)

    def _blocks(self, value: str) -> list[str]:
        return [self._grouped(block) for block in self.op("Split", value, self.sizes, outputs=BLOCKS, axis=2)]

    def _joined(self, blocks: list[str]) -> str:
        return self.join([self._ungrouped(block) for block in blocks], 2)

    def _until(self, value: str, end: str, axis: int = 2) -> str:
        return value if end == self.length else self.op("Slice", value, self.integers(0), end, self.integers(axis))

    def _padded(self, value: str, end: str) -> str:
        """Zeros for the positions behind ``end``."""
        if end == self.length:
            return value
        return self.op("Pad", value, self.join([self.integers(0), self.op("Sub", self.length, end)], 0), "", self.integers(2))
