"""The torch sides of bench/fused-update.ts: one swarm update from files to files, done in three ways.

Reads one JSON request per line and answers with one JSON line. Requests:
    {"make": {"layout": "qwen2.5-0.5b" | "gemma-2-9b", "type": "f32" | "bf16", "folder": DIR}}
    {"update": "five-pass" | "two-pass" | "fused", "folder": DIR, "coefficients": {...}}
    {"compare": [FILE, FILE]}
"""

import json
import sys
import time
import resource
from collections.abc import Iterator
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file

THREADS = 2
RANK = 16
Shapes = dict[str, tuple[int, int]]


def layout(hidden: int, layers: int, queries: int, keys: int, intermediate: int) -> Iterator[tuple[str, tuple[int, int]]]:
    """LoRA tensors on all linear modules of a decoder."""
    modules = {
        "self_attn.q_proj": (hidden, queries),
        "self_attn.k_proj": (hidden, keys),
        "self_attn.v_proj": (hidden, keys),
        "self_attn.o_proj": (queries, hidden),
        "mlp.gate_proj": (hidden, intermediate),
        "mlp.up_proj": (hidden, intermediate),
        "mlp.down_proj": (intermediate, hidden),
    }
    for layer in range(layers):
        for module, (inputs, outputs) in modules.items():
            prefix = f"base_model.model.model.layers.{layer}.{module}"
            yield f"{prefix}.lora_A.weight", (RANK, inputs)
            yield f"{prefix}.lora_B.weight", (outputs, RANK)


LAYOUTS: dict[str, Shapes] = {
    "qwen2.5-0.5b": dict(layout(896, 24, 896, 128, 4864)),
    "gemma-2-9b": dict(layout(3584, 42, 4096, 2048, 14336)),
}


def make(request: dict) -> dict:
    folder = Path(request["folder"])
    folder.mkdir(parents=True, exist_ok=True)
    dtype = {"f32": torch.float32, "bf16": torch.bfloat16}[request["type"]]
    generator = torch.Generator().manual_seed(7)
    for role, scale in (("x", 0.02), ("v", 0.002), ("p", 0.02), ("g", 0.02), ("w", 0.02)):
        tensors = {
            name: (torch.randn(shape, generator=generator) * scale).to(dtype)
            for name, shape in LAYOUTS[request["layout"]].items()
        }
        save_file(tensors, folder / f"{role}.safetensors", metadata={"format": "pt"})
    return {"bytes": (folder / "x.safetensors").stat().st_size}


def weighted_sum(folder: Path, terms: dict[str, float], output: str) -> None:
    """One merge pass: loads every adapter named, adds them up in their own type, saves the sum."""
    total: dict[str, torch.Tensor] = {}
    for name, weight in terms.items():
        for key, tensor in load_file(folder / f"{name}.safetensors").items():
            total[key] = total[key] + weight * tensor if key in total else weight * tensor
    save_file(total, folder / f"{output}.safetensors", metadata={"format": "pt"})


def five_pass(folder: Path, a: dict[str, float]) -> None:
    """As the authors' code does it: three differences, then the velocity, then the position. 12 loads, 5 writes."""
    weighted_sum(folder, {"p": 1, "x": -1}, "five-to-personal")
    weighted_sum(folder, {"g": 1, "x": -1}, "five-to-global")
    weighted_sum(folder, {"x": 1, "w": -1}, "five-from-worst")
    terms = {
        "v": a["velocity"],
        "five-to-personal": a["personalBest"],
        "five-to-global": a["globalBest"],
        "five-from-worst": a["globalWorst"],
    }
    weighted_sum(folder, terms, "five-pass-velocity")
    weighted_sum(folder, {"x": 1, "five-pass-velocity": a["stepLength"]}, "five-pass-position")


def two_pass(folder: Path, a: dict[str, float]) -> None:
    """The velocity from all five adapters, then the position. 7 loads, 2 writes."""
    terms = {
        "v": a["velocity"],
        "x": a["globalWorst"] - a["personalBest"] - a["globalBest"],
        "p": a["personalBest"],
        "g": a["globalBest"],
        "w": -a["globalWorst"],
    }
    weighted_sum(folder, terms, "two-pass-velocity")
    weighted_sum(folder, {"x": 1, "two-pass-velocity": a["stepLength"]}, "two-pass-position")


def fused(folder: Path, a: dict[str, float]) -> None:
    """One pass over mapped files, arithmetic in f32, in place where torch can. 5 loads, 2 writes."""
    files = {role: safe_open(folder / f"{role}.safetensors", "pt") for role in "xvpgw"}
    velocities, positions = {}, {}
    for name in files["x"].keys():
        stored = files["x"].get_tensor(name)
        x, v, p, g, w = (file.get_tensor(name).float() for file in files.values())
        velocity = (v * a["velocity"]).add_(p - x, alpha=a["personalBest"])
        velocity.add_(g - x, alpha=a["globalBest"]).add_(x - w, alpha=a["globalWorst"])
        positions[name] = torch.add(x, velocity, alpha=a["stepLength"]).to(stored.dtype)
        velocities[name] = velocity.to(stored.dtype)
    save_file(velocities, folder / "fused-velocity.safetensors", metadata={"format": "pt"})
    save_file(positions, folder / "fused-position.safetensors", metadata={"format": "pt"})


UPDATES = {"five-pass": five_pass, "two-pass": two_pass, "fused": fused}


def processor_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def update(request: dict) -> dict:
    folder = Path(request["folder"])
    processor, start = processor_seconds(), time.perf_counter()
    UPDATES[request["update"]](folder, request["coefficients"])
    return {"seconds": time.perf_counter() - start, "processor": processor_seconds() - processor}


def compare(request: dict) -> dict:
    """Largest absolute difference of two files' numbers, and how many numbers differ at all."""
    left, right = (load_file(file) for file in request["compare"])
    if left.keys() != right.keys():
        raise ValueError(f"{request['compare']}: not the same tensors")
    largest, differing, total = 0.0, 0, 0
    for name in left:
        difference = (left[name].float() - right[name].float()).abs()
        largest = max(largest, difference.max().item())
        differing += int((difference > 0).sum())
        total += difference.numel()
    return {"largest": largest, "differing": differing / total}


def main() -> None:
    torch.set_num_threads(THREADS)
    torch.set_grad_enabled(False)
    for line in sys.stdin:
        request = json.loads(line)
        handler = next(handle for key, handle in (("make", make), ("update", update), ("compare", compare)) if key in request)
        print(json.dumps(handler(request["make"] if handler is make else request)), flush=True)
    print(json.dumps({"torch": torch.__version__, "peakBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}))


if __name__ == "__main__":
    main()
