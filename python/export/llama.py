"""A Llama/Qwen2-style decoder as a pure function of its weights and of one flat LoRA vector, ready to be traced.

The same function serves every exported graph, so that sampling, training and embedding can not drift apart.
"""

import math
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from transformers import AutoConfig

TARGET_MODULES = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")


def refuse_unsupported(folder: Path, config) -> None:
    """Raises a ValueError for a checkpoint that the functions here would compute wrongly."""
    if config.model_type not in ("llama", "qwen2"):
        raise ValueError(f"{folder}: model type {config.model_type!r} can not be exported; llama and qwen2 can")
    rotary = (getattr(config, "rope_parameters", None) or {}).get("rope_type", "default")
    if rotary != "default":
        raise ValueError(f"{folder}: rotary embedding {rotary!r} can not be exported; 'default' can")
    if config.hidden_act != "silu":
        raise ValueError(f"{folder}: activation {config.hidden_act!r} can not be exported; 'silu' can")
    if getattr(config, "use_sliding_window", False):
        raise ValueError(f"{folder}: sliding-window attention can not be exported")
    head_size = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
    if head_size % 16 != 0:
        raise ValueError(f"{folder}: heads of {head_size} numbers can not be exported; multiples of 16 can")
    if not (folder / "model.safetensors").exists():
        raise ValueError(f"{folder}: no model.safetensors; a checkpoint in several files must be saved as one first")


@dataclass(frozen=True)
class AdapterTensor:
    name: str
    shape: tuple[int, int]
    offset: int


@dataclass(frozen=True)
class Llama:
    """Weights and sizes of one checkpoint, and the layout of its LoRA adapters."""

    config: object
    weights: dict[str, torch.Tensor]
    rank: int
    alpha: float

    @staticmethod
    def load(folder: Path, rank: int = 8, alpha: float = 16.0) -> "Llama":
        config = AutoConfig.from_pretrained(folder)
        refuse_unsupported(folder, config)
        weights = {name: tensor.float() for name, tensor in load_file(folder / "model.safetensors").items()}
        return Llama(config, weights, rank, alpha)

    @property
    def head_size(self) -> int:
        return getattr(self.config, "head_dim", None) or self.config.hidden_size // self.config.num_attention_heads

    @property
    def output_weight(self) -> torch.Tensor:
        return self.weights["model.embed_tokens.weight" if self.config.tie_word_embeddings else "lm_head.weight"]

    def adapter_layout(self) -> list[AdapterTensor]:
        """The LoRA tensors in ascending order of name: the order of a safetensors file and of the flat vector."""
        shapes = {}
        for layer in range(self.config.num_hidden_layers):
            for module in TARGET_MODULES:
                out_size, in_size = self.weights[f"{self.linear_name(layer, module)}.weight"].shape
                prefix = f"base_model.model.{self.linear_name(layer, module)}"
                shapes[f"{prefix}.lora_A.weight"] = (self.rank, in_size)
                shapes[f"{prefix}.lora_B.weight"] = (out_size, self.rank)
        layout, offset = [], 0
        for name in sorted(shapes):
            layout.append(AdapterTensor(name, shapes[name], offset))
            offset += math.prod(shapes[name])
        return layout

    @staticmethod
    def linear_name(layer: int, module: str) -> str:
        block = "mlp" if module in ("gate_proj", "up_proj", "down_proj") else "self_attn"
        return f"model.layers.{layer}.{block}.{module}"

    def split_adapter(self, flat: torch.Tensor) -> dict[str, torch.Tensor]:
        """Cuts the flat vector into LoRA tensors by name."""
        layout = self.adapter_layout()
        pieces = torch.split(flat, [math.prod(tensor.shape) for tensor in layout])
        return {tensor.name: piece.view(tensor.shape) for tensor, piece in zip(layout, pieces)}

    def linear(self, x: torch.Tensor, adapter: dict[str, torch.Tensor], layer: int, module: str) -> torch.Tensor:
        name = self.linear_name(layer, module)
        result = F.linear(x, self.weights[f"{name}.weight"], self.weights.get(f"{name}.bias"))
        down = F.linear(x, adapter[f"base_model.model.{name}.lora_A.weight"])
        return result + F.linear(down, adapter[f"base_model.model.{name}.lora_B.weight"]) * (self.alpha / self.rank)

    def normalize(self, x: torch.Tensor, name: str) -> torch.Tensor:
        variance = x.pow(2).mean(-1, keepdim=True)
        return x * torch.rsqrt(variance + self.config.rms_norm_eps) * self.weights[name]

    def inverse_frequencies(self) -> torch.Tensor:
        """Rotary frequencies of shape (head size / 2)."""
        parameters = getattr(self.config, "rope_parameters", None) or {}
        theta = parameters.get("rope_theta") or getattr(self.config, "rope_theta", 10000.0)
        return 1.0 / theta ** (torch.arange(0, self.head_size, 2).float() / self.head_size)

    def rotary(self, positions: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Cosines and sines of shape (rows, length, head size)."""
        angles = positions.unsqueeze(-1).float() * self.inverse_frequencies()
        angles = torch.cat((angles, angles), dim=-1)
        return angles.cos(), angles.sin()

    def project(
        self, x: torch.Tensor, adapter: dict[str, torch.Tensor], layer: int, rotary: tuple[torch.Tensor, torch.Tensor]
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Rotated queries, rotated keys and values of shape (rows, heads, length, head size)."""
        rows, length, _ = x.shape

        def heads(module: str) -> torch.Tensor:
            return self.linear(x, adapter, layer, module).view(rows, length, -1, self.head_size).transpose(1, 2)

        def rotate(states: torch.Tensor) -> torch.Tensor:
            cosine, sine = (part.unsqueeze(1) for part in rotary)
            first, second = states.chunk(2, dim=-1)
            return states * cosine + torch.cat((-second, first), dim=-1) * sine

        return rotate(heads("q_proj")), rotate(heads("k_proj")), heads("v_proj")

    def repeat_heads(self, states: torch.Tensor) -> torch.Tensor:
        """Repeats key or value heads so that each query head has its own (grouped-query attention)."""
        groups = self.config.num_attention_heads // self.config.num_key_value_heads
        return states if groups == 1 else states.repeat_interleave(groups, dim=1)

    def feed_forward(self, x: torch.Tensor, adapter: dict[str, torch.Tensor], layer: int) -> torch.Tensor:
        gate = F.silu(self.linear(x, adapter, layer, "gate_proj"))
        return self.linear(gate * self.linear(x, adapter, layer, "up_proj"), adapter, layer, "down_proj")

    def attend(self, queries: torch.Tensor, keys: torch.Tensor, values: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        """Softmax attention; ``bias`` is added to the scores (0 where a query may look, a large negative number elsewhere)."""
        scores = queries @ self.repeat_heads(keys).transpose(-1, -2) / math.sqrt(self.head_size) + bias
        mixed = torch.softmax(scores, dim=-1) @ self.repeat_heads(values)
        return mixed.transpose(1, 2).flatten(2)

    def hidden_states(self, input_ids: torch.Tensor, adapter: dict[str, torch.Tensor], mask: torch.Tensor) -> torch.Tensor:
        """Last hidden states after the final norm, shape (rows, length, hidden), of whole right-padded sequences.

        ``mask`` is 1 at tokens and 0 at padding.
        """
        rows, length = input_ids.shape
        positions = torch.arange(length).expand(rows, length)
        causal = torch.ones(length, length).tril().unsqueeze(0) * mask.unsqueeze(1).float()
        bias = (1.0 - causal).unsqueeze(1) * -1e9
        rotary = self.rotary(positions)
        x = self.weights["model.embed_tokens.weight"][input_ids]
        for layer in range(self.config.num_hidden_layers):
            normed = self.normalize(x, f"model.layers.{layer}.input_layernorm.weight")
            queries, keys, values = self.project(normed, adapter, layer, rotary)
            x = x + self.linear(self.attend(queries, keys, values, bias), adapter, layer, "o_proj")
            normed = self.normalize(x, f"model.layers.{layer}.post_attention_layernorm.weight")
            x = x + self.feed_forward(normed, adapter, layer)
        return self.normalize(x, "model.norm.weight")

    def logits(self, hidden: torch.Tensor) -> torch.Tensor:
        return F.linear(hidden, self.output_weight)
