"""Writes tests/adapters/golden: small adapters and their swarm update, computed with NumPy.

    python tests/adapters/make_golden.py

For each storage type: x, v, p, g, w (inputs), `next-velocity` and `next-position` (f32 arithmetic in the order
((a_v v + a_p (p - x)) + a_g (g - x)) + a_w (x - w), rounded once to the storage type), and `formula-*`
(the paper's formula as printed, in float64, stored as f32). `conversions.json` holds bit patterns of f32 numbers and
what NumPy (f16) and ml_dtypes (bf16) round them to.
"""

import json
from pathlib import Path

import ml_dtypes
import numpy as np
import torch
from safetensors.torch import save_file

HERE = Path(__file__).parent / "golden"
SHAPES = {
    f"base_model.model.model.layers.{layer}.self_attn.{module}.lora_{part}.weight": shape
    for layer in (0, 1, 10)
    for module in ("q_proj", "v_proj")
    for part, shape in (("A", (3, 37)), ("B", (29, 3)))
}
TYPES = {"f32": (np.float32, torch.float32), "f16": (np.float16, torch.float16), "bf16": (ml_dtypes.bfloat16, torch.bfloat16)}
# Factors of Algorithm 1 (phi) and their draws (r) for one particle, and the step length.
PHI = {"velocity": 0.2, "personalBest": 0.3, "globalBest": 0.4, "globalWorst": 0.1}
DRAWS = {"velocity": 0.3712, "personalBest": 0.9105, "globalBest": 0.1467, "globalWorst": 0.6623}
STEP = 0.5


def save(tensors: dict[str, np.ndarray], name: str, dtype: torch.dtype) -> None:
    # Through f32, which holds every value exactly.
    tensors = {key: torch.from_numpy(value.astype(np.float32)).to(dtype) for key, value in tensors.items()}
    save_file(tensors, HERE / f"{name}.safetensors", metadata={"format": "pt"})


def updates() -> None:
    total = sum(PHI[name] * DRAWS[name] for name in PHI)
    normalized = {name: PHI[name] * DRAWS[name] / total for name in PHI}
    (HERE / "coefficients.json").write_text(json.dumps({**normalized, "stepLength": STEP}, indent=2) + "\n")
    for label, (numpy_type, torch_type) in TYPES.items():
        random = np.random.default_rng(7)
        inputs = {
            role: {name: random.normal(0, scale, shape).astype(numpy_type) for name, shape in SHAPES.items()}
            for role, scale in (("x", 0.02), ("v", 0.002), ("p", 0.02), ("g", 0.02), ("w", 0.02))
        }
        for role, tensors in inputs.items():
            save(tensors, f"{label}-{role}", torch_type)
        results: dict[str, dict[str, np.ndarray]] = {key: {} for key in ("v32", "x32", "v64", "x64")}
        for name in SHAPES:
            x, v, p, g, w = (inputs[role][name].astype(np.float32) for role in "xvpgw")
            a = {key: np.float32(value) for key, value in normalized.items()}
            velocity = a["velocity"] * v + a["personalBest"] * (p - x)
            velocity = velocity + a["globalBest"] * (g - x)
            velocity = velocity + a["globalWorst"] * (x - w)
            assert velocity.dtype == np.float32
            results["v32"][name] = velocity.astype(numpy_type)
            results["x32"][name] = (x + np.float32(STEP) * velocity).astype(numpy_type)
            x, v, p, g, w = (inputs[role][name].astype(np.float64) for role in "xvpgw")
            f = {key: PHI[key] * DRAWS[key] for key in PHI}
            velocity = (
                f["velocity"] * v + f["personalBest"] * (p - x) + f["globalBest"] * (g - x) - f["globalWorst"] * (w - x)
            ) / total
            results["v64"][name] = velocity
            results["x64"][name] = x + STEP * velocity
        save(results["v32"], f"{label}-next-velocity", torch_type)
        save(results["x32"], f"{label}-next-position", torch_type)
        save(results["v64"], f"{label}-formula-velocity", torch.float32)
        save(results["x64"], f"{label}-formula-position", torch.float32)


def conversions() -> None:
    random = np.random.default_rng(11)
    bits = random.integers(0, 2**32, 600, dtype=np.uint32)
    # Around every edge: zero, subnormals, smallest normals, ties, largest numbers, infinities, NaN.
    edges = [0, 0x33000000, 0x33000001, 0x33800000, 0x387FC000, 0x387FE000, 0x387FF000, 0x38800000, 0x3F801000, 0x3F803000]
    edges += [0x3F808000, 0x3F818000, 0x477FE000, 0x477FEFFF, 0x477FF000, 0x47800000, 0x7F7F7FFF, 0x7F7F8000, 0x7F7FFFFF]
    edges += [0x7F800000, 0x7F800001, 0x7FC00000, 1, 0x00007FFF, 0x00008000, 0x00018000, 0x007FFFFF, 0x00800000]
    small = (random.normal(0, 1, 400) * 10.0 ** random.integers(-9, 6, 400)).astype(np.float32).view(np.uint32)
    edges = np.array(edges, dtype=np.uint32)
    bits = np.concatenate([edges, edges | np.uint32(0x80000000), small, bits])
    values = bits.view(np.float32)
    with np.errstate(all="ignore"):
        halves = values.astype(np.float16).view(np.uint16)
        brains = values.astype(ml_dtypes.bfloat16).view(np.uint16)
    rows = [
        [int(bit), None if np.isnan(value) else int(half), None if np.isnan(value) else int(brain)]
        for bit, value, half, brain in zip(bits, values, halves, brains)
    ]
    (HERE / "conversions.json").write_text("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")


if __name__ == "__main__":
    HERE.mkdir(exist_ok=True)
    updates()
    conversions()
