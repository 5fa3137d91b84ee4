"""The llama.cpp side of bench/sampling.ts: continuous batching, the adapter merged into the weights.

Reads one JSON request per line and answers with one JSON line:
    {"weights": "f32" | "q8_0", "prompts": [...], "maxNewTokens": 130, "temperature": 0.8, "topP": 0.95}
    -> {"seconds", "processor", "tokens", "texts"}
The bundle's folder is the variable BUNDLE, that of llama.cpp's libraries LLAMA_CPP.
"""

import json
import os
import sys
import tempfile
import time
from collections import deque
from pathlib import Path

import torch
from bench_gguf import write_gguf
from bench_llama_library import F16, F32, FLASH_ATTENTION_OFF, Context, LlamaLibrary
from golden_onnx import with_adapter
from transformers import AutoModelForCausalLM, AutoTokenizer

THREADS = 2
SEQUENCES = 32
# Keys and values: as the rest in f32, or as llama.cpp has them where nothing is asked for.
CACHE_TYPES = {"f32": F32, "q8_0": F16}


def generate(context: Context, prompts: list[list[int]], end: int, request: dict) -> list[list[int]]:
    """What is written after each prompt. A sequence that ends makes room for the next prompt at once."""
    sampler = context.sampler(request["temperature"], request["topP"], seed=1)
    written: list[list[int]] = [[] for _ in prompts]
    waiting, free, active = deque(range(len(prompts))), set(range(SEQUENCES)), {}
    while waiting or active:
        context.batch.clear()
        places = {}
        for sequence, text in active.items():
            position = len(prompts[text]) + len(written[text]) - 1
            places[sequence] = context.batch.add(sequence, written[text][-1:], position)
        while waiting and free:
            sequence, text = free.pop(), waiting.popleft()
            active[sequence] = text
            places[sequence] = context.batch.add(sequence, prompts[text], 0)
        context.decode()
        for sequence, place in places.items():
            tokens = written[active[sequence]]
            tokens.append(context.draw(sampler, place))
            if tokens[-1] == end or len(tokens) == request["maxNewTokens"]:
                context.forget(sequence)
                del active[sequence]
                free.add(sequence)
    context.library.llama_sampler_free(sampler)
    return written


def answer(context: Context, tokenizer, request: dict) -> dict:
    started, processor = time.perf_counter(), time.process_time()
    prompts = tokenizer(request["prompts"])["input_ids"]
    written = generate(context, prompts, tokenizer.eos_token_id, request)
    texts = tokenizer.batch_decode(written, skip_special_tokens=True)
    seconds, used = time.perf_counter() - started, time.process_time() - processor
    return {"seconds": seconds, "processor": used, "tokens": sum(map(len, written)), "texts": texts}


def main() -> None:
    torch.set_num_threads(THREADS)
    folder = Path(os.environ["BUNDLE"])
    manifest = json.loads((folder / "onnx" / "manifest.json").read_text())
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = with_adapter(AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32), manifest).merge_and_unload()
    library = LlamaLibrary(Path(os.environ["LLAMA_CPP"]))
    capacity = SEQUENCES * model.config.max_position_embeddings
    contexts = {}
    with tempfile.TemporaryDirectory() as scratch:
        for weights, cache_type in CACHE_TYPES.items():
            path = Path(scratch) / f"{weights}.gguf"
            write_gguf(model, path, weights)
            contexts[weights] = library.context(
                path,
                SEQUENCES,
                n_ctx=capacity,
                n_batch=capacity,
                n_outputs_max=SEQUENCES,
                n_threads=THREADS,
                n_threads_batch=THREADS,
                type_k=cache_type,
                type_v=cache_type,
                # On a processor its flash attention takes twice as long.
                flash_attn_type=FLASH_ATTENTION_OFF,
                no_perf=True,
            )
        for line in sys.stdin:
            request = json.loads(line)
            print(json.dumps(answer(contexts[request["weights"]], tokenizer, request)), flush=True)
    print(json.dumps({"llama.cpp": library.system}))


if __name__ == "__main__":
    main()
