"""The graph that prepares a flat adapter, once, for the graphs that read it at every step."""

from pathlib import Path

import numpy as np
from export.graph import GraphWriter, Safetensors
from export.llama import Llama

# Linear layers that read the same input, which the graphs compute as one.
GROUPS = {
    "qkv": ("q_proj", "k_proj", "v_proj"),
    "output": ("o_proj",),
    "gate_up": ("gate_proj", "up_proj"),
    "down": ("down_proj",),
}


def prepared_shapes(llama: Llama) -> dict[str, tuple[int, int]]:
    """Names and shapes of what this graph gives and the decode and embed graphs take."""
    shapes = {}
    for layer in range(llama.config.num_hidden_layers):
        for group, modules in GROUPS.items():
            sizes = [llama.weights[f"{llama.linear_name(layer, module)}.weight"].shape for module in modules]
            rank = llama.rank * len(modules)
            shapes[f"layers.{layer}.{group}.lora_a"] = (sizes[0][1], rank)
            shapes[f"layers.{layer}.{group}.lora_b"] = (rank, sum(size[0] for size in sizes))
    return shapes


def export_adapter(llama: Llama, folder: Path, path: Path) -> None:
    """Writes the graph to ``path``; its input is `adapter` (parameters), its outputs are those of :func:`prepared_shapes`.

    Matrices are transposed and scaled by alpha / rank; those of linear layers that read the same input become one A and
    one block-diagonal B.
    """
    writer = GraphWriter(Safetensors(folder / "model.safetensors"))
    shapes = {tensor.name: tensor.shape for tensor in llama.adapter_layout()}
    sizes = [rows * columns for rows, columns in shapes.values()]
    writer.input("adapter", [sum(sizes)])
    writer.node("Split", ["adapter", writer.integers(*sizes)], [f"flat.{name}" for name in shapes], axis=0)
    scale = writer.constant(np.array(llama.alpha / llama.rank, dtype=np.float32))

    def transposed(layer: int, module: str, side: str) -> str:
        name = f"base_model.model.{llama.linear_name(layer, module)}.lora_{side}.weight"
        matrix = writer.node("Reshape", [f"flat.{name}", writer.integers(*shapes[name])], f"matrix.{name}")
        return writer.node("Transpose", [matrix], f"transposed.{name}", perm=[1, 0])

    outputs = prepared_shapes(llama)
    for layer in range(llama.config.num_hidden_layers):
        for group, modules in GROUPS.items():
            name = f"layers.{layer}.{group}"
            writer.node("Concat", [transposed(layer, module, "A") for module in modules], f"{name}.lora_a", axis=1)
            widths = [llama.weights[f"{llama.linear_name(layer, module)}.weight"].shape[0] for module in modules]
            blocks = []
            for row, module in enumerate(modules):
                scaled = writer.node("Mul", [transposed(layer, module, "B"), scale], f"{name}.{module}.scaled")
                padding = writer.integers(0, sum(widths[:row]), 0, sum(widths[row + 1 :]))
                blocks.append(writer.node("Pad", [scaled, padding], f"{name}.{module}.block"))
            writer.node("Concat", blocks, f"{name}.lora_b", axis=0)
            writer.output(f"{name}.lora_a", list(outputs[f"{name}.lora_a"]))
            writer.output(f"{name}.lora_b", list(outputs[f"{name}.lora_b"]))
    writer.save(path)
