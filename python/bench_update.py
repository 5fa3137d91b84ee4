"""The torch sides of bench/fused-update.ts and bench/update-kernel.ts: one swarm update, done in three ways.

Reads one JSON request per line and answers with one JSON line. Requests; FOLDER has the adapters of one case:
    {"do": "make", "folder": FOLDER, "layout": "qwen2.5-0.5b" | "gemma-2-9b", "type": "f32" | "bf16"}
    {"do": "drop", "folder": FOLDER}: its adapters are written to the disk and leave the page cache
    {"do": "update", "folder": FOLDER, "way": "five-pass" | "two-pass" | "fused", "coefficients": {...}}: files to files
    {"do": "load", "folder": FOLDER}: the inputs into memory
    {"do": "compute", "way": as above, "coefficients": {...}}: memory to memory
    {"do": "compare", "folder": FOLDER, "names": [NAME, NAME], "in": "files" | "memory"}: the first is always a file
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import torch
from bench_update_files import LAYOUTS, drop_from_cache, make
from bench_update_ways import FROM_FILES, IN_MEMORY, ROLES, Files, Memory, Tensors

THREADS = 2


def timed(work: Callable[[], None]) -> dict:
    processor, start = time.process_time(), time.perf_counter()
    work()
    return {"seconds": time.perf_counter() - start, "processor": time.process_time() - processor}


def compare(left: Tensors, right: Tensors) -> dict:
    """Largest absolute difference of two adapters' numbers, and the share of numbers that differ at all."""
    if left.keys() != right.keys():
        raise ValueError("not the same tensors")
    largest, differing, total = 0.0, 0, 0
    for name in left:
        difference = (left[name].float() - right[name].float()).abs()
        largest = max(largest, difference.max().item())
        differing += int((difference > 0).sum())
        total += difference.numel()
    return {"largest": largest, "differing": differing / total}


class Side:
    """Answers the requests."""

    memory: Memory | None = None

    def make(self, request: dict) -> dict:
        dtype = {"f32": torch.float32, "bf16": torch.bfloat16}[request["type"]]
        return {"bytes": make(Files(Path(request["folder"])), LAYOUTS[request["layout"]], dtype)}

    def drop(self, request: dict) -> dict:
        os.sync()
        for role in ROLES:
            drop_from_cache(Files(Path(request["folder"])).path(role))
        return {}

    def update(self, request: dict) -> dict:
        return timed(lambda: FROM_FILES[request["way"]](Files(Path(request["folder"])), request["coefficients"]))

    def load(self, request: dict) -> dict:
        self.memory = None  # before there is a second one
        self.memory = Memory(Files(Path(request["folder"])))
        return {}

    def compute(self, request: dict) -> dict:
        return timed(lambda: IN_MEMORY[request["way"]](self.memory, request["coefficients"]))

    def compare(self, request: dict) -> dict:
        files = Files(Path(request["folder"]))
        left, right = request["names"]
        return compare(files.load(left), (files if request["in"] == "files" else self.memory).load(right))


def main() -> None:
    torch.set_num_threads(THREADS)
    torch.set_grad_enabled(False)
    side = Side()
    for line in sys.stdin:
        request = json.loads(line)
        print(json.dumps(getattr(side, request["do"])(request)), flush=True)
    print(json.dumps({"torch": torch.__version__, "peakBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}))


if __name__ == "__main__":
    main()
