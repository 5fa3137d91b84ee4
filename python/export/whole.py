"""Graphs over whole texts: prefill, which fills the key-value cache, and embed."""

from pathlib import Path

from export.decoder import DecoderGraph
from export.graph import CONTRIB
from export.llama import Llama
from onnx import TensorProto


class WholeTextGraph(DecoderGraph):
    """A graph over `input_ids` (rows, length), padded on the right, of which `count` (rows) tokens are the text."""

    past: list[tuple[str, str]] | None = None

    def __init__(self, llama: Llama, folder: Path):
        super().__init__(llama, folder)
        self.input("input_ids", ["rows", "length"], TensorProto.INT64)
        self.input("count", ["rows"], TensorProto.INT64)
        self.rows = self.node("Shape", ["input_ids"], "rows", start=0, end=1)
        self.length = self.node("Shape", ["input_ids"], "length", start=1, end=2)
        self.last = self.node("Sub", ["count", self.integers(1)], "last")
        self.positions(self.last, self.length)

    def positions(self, last: str, total: str) -> None:
        """Tells the attention each row's last position and the number of positions, of one-number shape."""
        self.last_position = self.node("Cast", [last], "last.short", to=TensorProto.INT32)
        number = self.node("Squeeze", [total], "total.number")
        self.total = self.node("Cast", [number], "total.short", to=TensorProto.INT32)

    def hidden(self) -> tuple[str, str]:
        return self.last_hidden(self.node("Reshape", ["input_ids", self.integers(-1)], "tokens"))

    def attend(self, layer: int, qkv: str) -> str:
        name, heads = f"layers.{layer}.attention", self.heads + 2 * self.kv_heads
        packed = self.reshape(qkv, f"{name}.packed", self.rows, self.length, heads * self.size)
        outputs = [f"{name}.mixture", f"new.{layer}.key", f"new.{layer}.value"]
        sizes = {"num_heads": self.heads, "kv_num_heads": self.kv_heads, "do_rotary": 1}
        past = self.past[layer] if self.past else ("", "")
        inputs = [packed, "", "", *past, self.last_position, self.total, *self.tables]
        self.node("GroupQueryAttention", inputs, outputs, CONTRIB, **sizes)
        return self.node("Reshape", [outputs[0], self.integers(-1, self.heads * self.size)], f"{name}.result")


class PromptGraph(WholeTextGraph):
    """Texts whose first tokens' keys and values may be given: `past.N.key` and `past.N.value` (rows, heads, seen, head size);
    where they are, there is one text without padding. Only each row's last token leaves the last layer."""

    def positions(self, last: str, total: str) -> None:
        shape = ["rows", self.kv_heads, "seen", self.size]
        self.past = [
            (self.input(f"past.{layer}.key", shape), self.input(f"past.{layer}.value", shape))
            for layer in range(self.config.num_hidden_layers)
        ]
        seen = self.node("Shape", [self.past[0][0]], "seen", start=2, end=3)
        super().positions(self.node("Add", [last, seen], "last.position"), self.node("Add", [total, seen], "total"))
        starts = self.node("Mul", [self.range(self.rows, "row.numbers"), self.length], "row.starts")
        self.last_index = self.node("Add", [starts, last], "last.index")

    def wanted(self, x: str) -> str:
        return self.node("Gather", [x, self.last_index], f"{x}.wanted", axis=0)


def export_prefill(llama: Llama, folder: Path, path: Path) -> None:
    """Writes the graph that reads prompts.

    Inputs: those of :class:`PromptGraph`. Outputs: `logits` (rows, vocabulary) after each row's last token, and per layer
    `new.N.key` and `new.N.value` (rows, heads, seen + length, head size): what was given and the new ones after it.
    """
    graph = PromptGraph(llama, folder)
    graph.logits(graph.hidden())
    for layer in range(llama.config.num_hidden_layers):
        for side in ("key", "value"):
            graph.output(f"new.{layer}.{side}", ["rows", graph.kv_heads, "positions", graph.size])
    graph.save(path)


def export_embed(llama: Llama, folder: Path, path: Path) -> None:
    """Writes the graph that embeds texts as the mean of their tokens' last hidden states.

    Inputs: those of :class:`WholeTextGraph`. Output: `embedding` (rows, hidden).
    """
    graph = WholeTextGraph(llama, folder)
    hidden, added = graph.hidden()
    final, _ = graph.normalize(hidden, "model.norm.weight", added)
    states = graph.reshape(final, "states", graph.rows, graph.length, llama.config.hidden_size)
    counts = graph.node("Unsqueeze", ["count", graph.integers(1)], "count.column")
    present = graph.node("Less", [graph.range(graph.length, "positions"), counts], "present")
    weights = graph.node("Cast", [present], "present.float", to=TensorProto.FLOAT)
    row = graph.node("Unsqueeze", [weights, graph.integers(1)], "present.row")
    total = graph.node("Squeeze", [graph.node("MatMul", [row, states], "total.row"), graph.integers(1)], "total.hidden")
    graph.node("Div", [total, graph.node("Cast", [counts], "count.float", to=TensorProto.FLOAT)], "embedding")
    graph.output("embedding", ["rows", llama.config.hidden_size])
    graph.save(path)
