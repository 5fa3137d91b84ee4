"""The decoder's layers as ONNX nodes, shared by the graphs that read whole texts and the one that decodes."""

from pathlib import Path

import numpy as np
from export.adapter import GROUPS, prepared_shapes
from export.graph import CONTRIB, GraphWriter, Safetensors
from export.llama import Llama
from onnx import TensorProto


class DecoderGraph(GraphWriter):
    """The layers of a decoder over tokens and the matrices of the adapter graph; subclasses say how tokens attend."""

    def __init__(self, llama: Llama, folder: Path):
        super().__init__(Safetensors(folder / "model.safetensors"))
        self.llama, self.config, self.size = llama, llama.config, llama.head_size
        self.heads, self.kv_heads = llama.config.num_attention_heads, llama.config.num_key_value_heads
        for name, shape in prepared_shapes(llama).items():
            self.input(name, list(shape))
        self.tables = self._rotary_tables()

    def attend(self, layer: int, qkv: str) -> str:
        """What the tokens attend to, of shape (tokens, heads * head size).

        ``qkv`` holds queries, keys and values side by side: (tokens, (heads + 2 * key-value heads) * head size).
        """
        raise NotImplementedError

    def wanted(self, x: str) -> str:
        """The rows of x that the layers' results are wanted of."""
        return x

    def last_hidden(self, tokens: str) -> tuple[str, str]:
        """Two parts whose sum the final norm wants, of shape (wanted tokens, hidden)."""
        x = self.node("Gather", [self.weight("model.embed_tokens.weight"), tokens], "embedded", axis=0)
        added = None
        for layer in range(self.config.num_hidden_layers):
            normed, x = self.normalize(x, f"model.layers.{layer}.input_layernorm.weight", added)
            mixture = self.attend(layer, self.linear(normed, layer, "qkv"))
            if layer == self.config.num_hidden_layers - 1:
                mixture, x = self.wanted(mixture), self.wanted(x)
            added = self.linear(mixture, layer, "output")
            normed, x = self.normalize(x, f"model.layers.{layer}.post_attention_layernorm.weight", added)
            halves = [f"layers.{layer}.gate", f"layers.{layer}.up"]
            self.node("Split", [self.linear(normed, layer, "gate_up")], halves, axis=1, num_outputs=2)
            gate = self.node("QuickGelu", halves[:1], f"{halves[0]}.silu", CONTRIB, alpha=1.0)
            added = self.linear(self.node("Mul", [gate, halves[1]], f"layers.{layer}.gated"), layer, "down")
        return x, added

    def linear(self, x: str, layer: int, group: str) -> str:
        """A group's base layers and their LoRA parts: (tokens, in) to (tokens, out)."""
        name = f"layers.{layer}.{group}"
        modules = [self.llama.linear_name(layer, module) for module in GROUPS[group]]

        def joined(kind: str) -> str:
            parts = [self.weight(f"{module}.{kind}") for module in modules]
            return parts[0] if len(parts) == 1 else self.node("Concat", parts, f"{name}.{kind}", axis=0)

        bias = [joined("bias")] if f"{modules[0]}.bias" in self.llama.weights else []
        base = self.node("Gemm", [x, joined("weight"), *bias], f"{name}.base", transB=1)
        low = self.node("MatMul", [x, f"{name}.lora_a"], f"{name}.low")
        return self.node("Gemm", [low, f"{name}.lora_b", base], f"{name}.result")

    def normalize(self, x: str, weight: str, residual: str | None = None) -> tuple[str, str]:
        """The norm of x (+ residual), and x (+ residual)."""
        scale, epsilon = self.weight(weight), self.config.rms_norm_eps
        if residual is None:
            return self.node("SimplifiedLayerNormalization", [x, scale], f"{weight}.normed", axis=-1, epsilon=epsilon), x
        outputs = [f"{weight}.normed", "", "", f"{weight}.sum"]
        self.node("SkipSimplifiedLayerNormalization", [x, residual, scale], outputs, CONTRIB, epsilon=epsilon)
        return outputs[0], outputs[3]

    def logits(self, hidden: tuple[str, str]) -> str:
        """The output layer over what :meth:`last_hidden` gave."""
        final, _ = self.normalize(hidden[0], "model.norm.weight", hidden[1])
        tied = self.config.tie_word_embeddings
        weight = self.weight("model.embed_tokens.weight" if tied else "lm_head.weight")
        self.node("Gemm", [final, weight], "logits", transB=1)
        return self.output("logits", ["rows", self.config.vocab_size])

    def _rotary_tables(self) -> tuple[str, str]:
        """Cosines and sines of shape (context, head size / 2), computed when the graph is loaded: no space on disk."""
        inverse = self.constant(self.llama.inverse_frequencies().numpy()[None, :])
        positions = self.range(self.integers(self.config.max_position_embeddings), "table.positions")
        column = self.node("Unsqueeze", [positions, self.integers(1)], "table.column")
        floats = self.node("Cast", [column], "table.floats", to=TensorProto.FLOAT)
        angles = self.node("Mul", [floats, inverse], "table.angles")
        return self.node("Cos", [angles], "cosine"), self.node("Sin", [angles], "sine")
