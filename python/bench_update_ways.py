"""Ways to compute one swarm update in torch, from files to files or in memory."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file

Tensors = dict[str, torch.Tensor]
Coefficients = dict[str, float]
ROLES = "xvpgw"


class Adapters(Protocol):
    """Where adapters are loaded from and saved to, by name."""

    def load(self, name: str) -> Tensors: ...

    def save(self, name: str, tensors: Tensors) -> None: ...


class Files:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, name: str) -> Path:
        return self.folder / f"{name}.safetensors"

    def load(self, name: str) -> Tensors:
        return load_file(self.path(name))

    def save(self, name: str, tensors: Tensors) -> None:
        save_file(tensors, self.path(name), metadata={"format": "pt"})


class Memory:
    """Holds the five inputs of an update, and room for its results."""

    def __init__(self, files: Files) -> None:
        self.adapters = {role: {name: tensor.clone() for name, tensor in files.load(role).items()} for role in ROLES}
        for result in ("fused-velocity", "fused-position"):
            self.adapters[result] = {name: torch.zeros_like(tensor) for name, tensor in self.adapters["x"].items()}

    def load(self, name: str) -> Tensors:
        return self.adapters[name]

    def save(self, name: str, tensors: Tensors) -> None:
        self.adapters[name] = tensors


def weighted_sum(adapters: Adapters, terms: dict[str, float], output: str) -> None:
    """One merge pass: loads every adapter named, adds them up in their own type, saves the sum."""
    total: Tensors = {}
    for name, weight in terms.items():
        for key, tensor in adapters.load(name).items():
            total[key] = total[key] + weight * tensor if key in total else weight * tensor
    adapters.save(output, total)


def five_pass(adapters: Adapters, a: Coefficients) -> None:
    """As the authors' code does it: three differences, then the velocity, then the position. 12 loads, 5 writes."""
    weighted_sum(adapters, {"p": 1, "x": -1}, "five-to-personal")
    weighted_sum(adapters, {"g": 1, "x": -1}, "five-to-global")
    weighted_sum(adapters, {"x": 1, "w": -1}, "five-from-worst")
    terms = {
        "v": a["velocity"],
        "five-to-personal": a["personalBest"],
        "five-to-global": a["globalBest"],
        "five-from-worst": a["globalWorst"],
    }
    weighted_sum(adapters, terms, "five-pass-velocity")
    weighted_sum(adapters, {"x": 1, "five-pass-velocity": a["stepLength"]}, "five-pass-position")


def weight_of_position(a: Coefficients) -> float:
    """What x counts for in v', beside v, p, g and g_w."""
    return a["globalWorst"] - a["personalBest"] - a["globalBest"]


def two_pass(adapters: Adapters, a: Coefficients) -> None:
    """The velocity from all five adapters, then the position. 7 loads, 2 writes."""
    terms = {
        "v": a["velocity"],
        "x": weight_of_position(a),
        "p": a["personalBest"],
        "g": a["globalBest"],
        "w": -a["globalWorst"],
    }
    weighted_sum(adapters, terms, "two-pass-velocity")
    weighted_sum(adapters, {"x": 1, "two-pass-velocity": a["stepLength"]}, "two-pass-position")


def fused_files(files: Files, a: Coefficients) -> None:
    """One pass over mapped files, arithmetic in f32, in place where torch can. 5 loads, 2 writes."""
    mapped = {role: safe_open(files.path(role), "pt") for role in ROLES}
    velocities, positions = {}, {}
    for name in mapped["x"].keys():
        stored = mapped["x"].get_tensor(name)
        x, v, p, g, w = (file.get_tensor(name).float() for file in mapped.values())
        velocity = (v * a["velocity"]).add_(p - x, alpha=a["personalBest"])
        velocity.add_(g - x, alpha=a["globalBest"]).add_(x - w, alpha=a["globalWorst"])
        positions[name] = torch.add(x, velocity, alpha=a["stepLength"]).to(stored.dtype)
        velocities[name] = velocity.to(stored.dtype)
    files.save("fused-velocity", velocities)
    files.save("fused-position", positions)


def fused_memory(memory: Memory, a: Coefficients) -> None:
    """All of one tensor before the next, arithmetic in f32. Results go where the last ones were: f32 needs no other memory."""
    velocities, positions = memory.load("fused-velocity"), memory.load("fused-position")
    for name, stored in velocities.items():
        half = stored.dtype != torch.float32
        x, v, p, g, w = (memory.load(role)[name].float() for role in ROLES)
        velocity = torch.mul(v, a["velocity"], out=torch.empty_like(x) if half else stored)
        velocity.add_(p, alpha=a["personalBest"]).add_(g, alpha=a["globalBest"])
        velocity.sub_(w, alpha=a["globalWorst"]).add_(x, alpha=weight_of_position(a))
        position = torch.add(x, velocity, alpha=a["stepLength"], out=x if half else positions[name])
        if half:
            stored.copy_(velocity)
            positions[name].copy_(position)


FROM_FILES: dict[str, Callable[[Files, Coefficients], None]] = {
    "five-pass": five_pass,
    "two-pass": two_pass,
    "fused": fused_files,
}
IN_MEMORY: dict[str, Callable[[Memory, Coefficients], None]] = {
    "five-pass": five_pass,
    "two-pass": two_pass,
    "fused": fused_memory,
}
