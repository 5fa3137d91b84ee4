"""The graph that decodes one token for each row.

The key-value cache lies in the caller's memory and is only read here. The graph gives back the keys and values of the new
tokens alone, because onnxruntime-node takes inputs as they are but copies every output.
"""

from pathlib import Path

import numpy as np
from export.decoder import DecoderGraph
from export.graph import CONTRIB
from export.llama import Llama
from onnx import TensorProto


class StepGraph(DecoderGraph):
    """A graph over `input_ids` (rows), one token each, and a cache.

    `seen` (rows) says how many positions of the cache each row may look at, which is also the position of its token.
    `past.N.key` and `past.N.value` of every layer have shape (rows, heads, capacity, head size).
    """

    def __init__(self, llama: Llama, folder: Path):
        super().__init__(llama, folder)
        self.input("input_ids", ["rows"], TensorProto.INT64)
        self.input("seen", ["rows"], TensorProto.INT64)
        shape = ["rows", self.kv_heads, "capacity", self.size]
        self.caches = [
            (self.input(f"past.{layer}.key", shape), self.input(f"past.{layer}.value", shape))
            for layer in range(self.config.num_hidden_layers)
        ]
        seen = self.node("Unsqueeze", ["seen", self.integers(1)], "positions")
        capacity = self.node("Shape", [self.caches[0][0]], "capacity", start=2, end=3)
        self.widths = self.node("Concat", [capacity, self.integers(1)], "widths", axis=0)
        self.bias = self._bias(seen, capacity)
        # Queries are scaled by the tables that rotate them.
        scale = self.constant(np.array(self.size**-0.5, dtype=np.float32))
        self.query_tables = [self.node("Mul", [table, scale], f"{table}.scaled") for table in self.tables]
        self.new: list[str] = []

    def attend(self, layer: int, qkv: str) -> str:
        name, heads, kv_heads, size = f"layers.{layer}.attention", self.heads, self.kv_heads, self.size
        packed = self.node("Unsqueeze", [qkv, self.integers(1)], f"{name}.packed")
        parts = [f"{name}.{part}" for part in ("query", "key", "value")]
        self.node("Split", [packed, self.integers(heads * size, kv_heads * size, kv_heads * size)], parts, axis=2)
        queries = self._rotate(parts[0], self.query_tables, heads)
        keys = self._rotate(parts[1], self.tables, kv_heads)
        self.new += [keys, parts[2]]

        # Query heads that share a key head are rows of one matrix, so that keys and values are never repeated.
        queries = self.node("Reshape", [queries, self.integers(-1, kv_heads, heads // kv_heads, size)], f"{queries}.heads")
        single = self.integers(-1, kv_heads, 1, size)
        new_keys, new_values = (self.node("Reshape", [part, single], f"{part}.heads") for part in self.new[-2:])
        past_keys, past_values = self.caches[layer]
        scores = [
            self.node("FusedMatMul", [queries, side], f"{name}.scores.{index}", CONTRIB, transB=1)
            for index, side in enumerate((past_keys, new_keys))
        ]
        joined = self.node("Concat", scores, f"{name}.scores", axis=3)
        weights = self.node("Softmax", [self.node("Add", [joined, self.bias], f"{name}.biased")], f"{name}.weights", axis=-1)
        parts = [f"{name}.weights.past", f"{name}.weights.new"]
        self.node("Split", [weights, self.widths], parts, axis=3)
        mixed = [
            self.node("MatMul", [part, side], f"{name}.mixed.{index}")
            for index, (part, side) in enumerate(zip(parts, (past_values, new_values)))
        ]
        mixture = self.node("Add", mixed, f"{name}.mixture")
        return self.node("Reshape", [mixture, self.integers(-1, heads * size)], f"{name}.result")

    def _rotate(self, x: str, tables: list[str], heads: int) -> str:
        return self.node("RotaryEmbedding", [x, "positions", *tables], f"{x}.rotated", CONTRIB, num_heads=heads)

    def _bias(self, seen: str, capacity: str) -> str:
        """(rows, 1, 1, capacity + 1): 0 where the token may look and a large negative number elsewhere."""
        used = self.node("Less", [self.range(capacity, "slots"), seen], "slots.open")
        opened, shut = (self.constant(np.array(value, dtype=np.float32)) for value in (0.0, -1e9))
        past = self.node("Where", [used, opened, shut], "slots.bias")
        own = self.node("Mul", [self.node("Cast", [seen], "seen.float", to=TensorProto.FLOAT), opened], "own.bias")
        both = self.node("Concat", [past, own], "bias.rows", axis=1)
        return self.node("Unsqueeze", [both, self.integers(1, 2)], "bias")


def export_decode(llama: Llama, folder: Path, path: Path) -> None:
    """Writes the graph to ``path``.

    Inputs: those of :class:`StepGraph`. Outputs: `logits` (rows, vocabulary) and `new` (rows, layers, 2, heads, head size),
    each layer's keys and values, to be put into the cache.
    """
    graph = StepGraph(llama, folder)
    graph.logits(graph.last_hidden("input_ids"))
    shape = [llama.config.num_hidden_layers, 2, graph.kv_heads, graph.size]
    joined = graph.node("Concat", graph.new, "new.rows", axis=2)
    graph.node("Reshape", [joined, graph.integers(-1, *shape)], "new")
    graph.output("new", ["rows", *shape])
    graph.save(path)
