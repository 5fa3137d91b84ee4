"""What bench_llama_cpp.py needs of llama.cpp's C interface (llama.h of its release v0.5.0), over ctypes."""

import sys
from ctypes import (
    CDLL,
    CFUNCTYPE,
    Structure,
    c_bool,
    c_char,
    c_char_p,
    c_float,
    c_int,
    c_int32,
    c_size_t,
    c_uint32,
    c_void_p,
)
from pathlib import Path

import numpy as np

F32, F16 = 0, 1  # enum ggml_type
ERROR = 4  # enum ggml_log_level
FLASH_ATTENTION_OFF = 0  # enum llama_flash_attn_type


@CFUNCTYPE(None, c_int, c_char_p, c_void_p)
def show_error(level: int, text: bytes, _: object) -> None:
    if level == ERROR:
        sys.stderr.write(text.decode())


class ModelParameters(Structure):
    """Passed on as it comes; no smaller than the library's."""

    _fields_ = [("all", c_char * 256)]


class ContextParameters(Structure):
    _fields_ = [
        *((name, c_uint32) for name in ("n_ctx", "n_batch", "n_ubatch", "n_seq_max", "n_rs_seq")),
        *((name, c_uint32) for name in ("n_outputs_max", "n_outputs_max_per_seq")),
        *((name, c_int32) for name in ("n_threads", "n_threads_batch")),
        *((name, c_int) for name in ("ctx_type", "rope_scaling_type", "pooling_type", "attention_type", "flash_attn_type")),
        *((name, c_float) for name in ("rope_freq_base", "rope_freq_scale", "yarn_ext_factor", "yarn_attn_factor")),
        *((name, c_float) for name in ("yarn_beta_fast", "yarn_beta_slow")),
        ("yarn_orig_ctx", c_uint32),
        ("defrag_thold", c_float),
        *((name, c_void_p) for name in ("cb_eval", "cb_eval_user_data")),
        *((name, c_int) for name in ("type_k", "type_v")),
        *((name, c_void_p) for name in ("abort_callback", "abort_callback_data")),
        *((name, c_bool) for name in ("embeddings", "offload_kqv", "no_perf", "op_offload", "swa_full", "kv_unified")),
        ("samplers", c_void_p),
        ("n_samplers", c_size_t),
        ("ctx_other", c_void_p),
    ]


# What the fields are before anything is set: another library may order them otherwise.
DEFAULTS = {
    "n_ctx": 512,
    "n_batch": 2048,
    "n_ubatch": 512,
    "n_seq_max": 1,
    "yarn_ext_factor": -1.0,
    "cb_eval": None,
    "type_k": F16,
    "type_v": F16,
    "offload_kqv": True,
    "kv_unified": False,
    "samplers": None,
    "n_samplers": 0,
    "ctx_other": None,
}


class BatchStructure(Structure):
    _fields_ = [
        ("n_tokens", c_int32),
        ("token", c_void_p),
        ("embd", c_void_p),
        ("pos", c_void_p),
        ("n_seq_id", c_void_p),
        ("seq_id", c_void_p),
        ("logits", c_void_p),
    ]


class Batch:
    """Tokens of several sequences, to be decoded together."""

    def __init__(self, capacity: int, sequences: int) -> None:
        self.tokens, self.positions = np.zeros((2, capacity), np.int32)
        self.owner_counts = np.ones(capacity, np.int32)
        self.owners = np.zeros(capacity, np.uintp)  # each the address of a number in `sequences`
        self.outputs = np.zeros(capacity, np.int8)
        self.sequences = np.arange(sequences, dtype=np.int32)
        arrays = (self.tokens, None, self.positions, self.owner_counts, self.owners, self.outputs)
        self.structure = BatchStructure(0, *(None if array is None else array.ctypes.data for array in arrays))

    def clear(self) -> None:
        self.structure.n_tokens = 0

    def add(self, sequence: int, tokens: list[int], position: int) -> int:
        """Adds the next tokens of a sequence. Returns where the logits after the last one will be."""
        start = self.structure.n_tokens
        end = start + len(tokens)
        self.tokens[start:end] = tokens
        self.positions[start:end] = range(position, position + len(tokens))
        self.owners[start:end] = self.sequences.ctypes.data + sequence * self.sequences.itemsize
        self.outputs[start:end] = 0
        self.outputs[end - 1] = 1
        self.structure.n_tokens = end
        return end - 1


class LlamaLibrary:
    """:param folder: has ``libllama`` and the libraries that it loads"""

    def __init__(self, folder: Path) -> None:
        library = self.library = CDLL(str(next(folder.glob("libllama.*"))))
        for name, result, *arguments in (
            ("ggml_backend_load_all_from_path", None, c_char_p),
            ("llama_log_set", None, c_void_p, c_void_p),
            ("llama_print_system_info", c_char_p),
            ("llama_model_default_params", ModelParameters),
            ("llama_model_load_from_file", c_void_p, c_char_p, ModelParameters),
            ("llama_context_default_params", ContextParameters),
            ("llama_init_from_model", c_void_p, c_void_p, ContextParameters),
            ("llama_get_memory", c_void_p, c_void_p),
            ("llama_memory_seq_rm", c_bool, c_void_p, c_int32, c_int32, c_int32),
            ("llama_decode", c_int32, c_void_p, BatchStructure),
            ("llama_sampler_chain_init", c_void_p, c_bool),
            ("llama_sampler_chain_add", None, c_void_p, c_void_p),
            ("llama_sampler_init_greedy", c_void_p),
            ("llama_sampler_init_temp", c_void_p, c_float),
            ("llama_sampler_init_top_p", c_void_p, c_float, c_size_t),
            ("llama_sampler_init_dist", c_void_p, c_uint32),
            ("llama_sampler_sample", c_int32, c_void_p, c_void_p, c_int32),
            ("llama_sampler_free", None, c_void_p),
        ):
            function = getattr(library, name)
            function.restype, function.argtypes = result, arguments
        library.llama_log_set(show_error, None)
        library.ggml_backend_load_all_from_path(str(folder).encode())
        found = library.llama_context_default_params()
        for name, expected in DEFAULTS.items():
            if getattr(found, name) != expected:
                raise ValueError(f"{folder}: {name} is {getattr(found, name)}, not {expected}: not llama.cpp v0.5.0")

    @property
    def system(self) -> str:
        """The processor features that it uses."""
        return self.library.llama_print_system_info().decode()

    def context(self, path: Path, sequences: int, **settings) -> "Context":
        """Loads a model. ``settings``: fields of ContextParameters."""
        model = self.library.llama_model_load_from_file(str(path).encode(), self.library.llama_model_default_params())
        if not model:
            raise ValueError(f"{path}: llama.cpp can not load it")
        parameters = self.library.llama_context_default_params()
        for name, value in {"n_seq_max": sequences, **settings}.items():
            setattr(parameters, name, value)
        context = self.library.llama_init_from_model(model, parameters)
        if not context:
            raise ValueError(f"{path}: llama.cpp can not make a context of {settings}")
        return Context(self.library, context, Batch(parameters.n_batch, sequences))


class Context:
    """A loaded model, and the keys and values of several sequences."""

    def __init__(self, library: CDLL, context: int, batch: Batch) -> None:
        self.library, self.context, self.batch = library, context, batch

    def decode(self) -> None:
        code = self.library.llama_decode(self.context, self.batch.structure)
        if code != 0:
            raise RuntimeError(f"llama_decode returned {code}")

    def forget(self, sequence: int) -> None:
        self.library.llama_memory_seq_rm(self.library.llama_get_memory(self.context), sequence, -1, -1)

    def sampler(self, temperature: float, top_p: float, seed: int) -> int:
        """A way to draw tokens; temperature 0 takes the most probable one."""
        library = self.library
        chain = library.llama_sampler_chain_init(True)
        drawing = (
            library.llama_sampler_init_temp(temperature),
            library.llama_sampler_init_top_p(top_p, 1),
            library.llama_sampler_init_dist(seed),
        )
        for step in drawing if temperature > 0 else (library.llama_sampler_init_greedy(),):
            library.llama_sampler_chain_add(chain, step)
        return chain

    def draw(self, sampler: int, place: int) -> int:
        """A token after the one at this place of the batch last decoded."""
        return self.library.llama_sampler_sample(sampler, self.context, place)
