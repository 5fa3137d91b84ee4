"""Files for the measurements of the swarm update: adapters of random numbers, and whether they are in the page cache."""

import ctypes
import mmap
import os
from collections.abc import Iterator
from pathlib import Path

import torch
from bench_update_ways import Files

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


def make(files: Files, shapes: Shapes, dtype: torch.dtype) -> int:
    """Writes the five inputs of an update. Returns the bytes of one."""
    files.folder.mkdir(parents=True, exist_ok=True)
    generator = torch.Generator().manual_seed(7)
    for role, scale in (("x", 0.02), ("v", 0.002), ("p", 0.02), ("g", 0.02), ("w", 0.02)):
        tensors = {name: (torch.randn(shape, generator=generator) * scale).to(dtype) for name, shape in shapes.items()}
        files.save(role, tensors)
    return files.path("x").stat().st_size


def cached_share(path: Path) -> float:
    """The share of a file's pages that is in the page cache."""
    library = ctypes.CDLL(None, use_errno=True)
    with path.open("r+b") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY) as mapped:
        pages = (ctypes.c_ubyte * -(-len(mapped) // mmap.PAGESIZE))()
        start = ctypes.c_char.from_buffer(mapped)
        failed = library.mincore(ctypes.c_void_p(ctypes.addressof(start)), ctypes.c_size_t(len(mapped)), pages)
        del start
    if failed:
        raise OSError(ctypes.get_errno(), "mincore", str(path))
    return sum(page & 1 for page in pages) / len(pages)


def drop_from_cache(path: Path) -> None:
    """The next read of the file comes from the disk. Its pages must be written already."""
    with path.open("rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    if (share := cached_share(path)) > 0.01:
        raise ValueError(f"{path}: {share:.0%} stay in memory; cold caches can only be measured in a folder on a disk")
