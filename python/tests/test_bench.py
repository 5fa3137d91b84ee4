"""The other sides of the measurements: ways to compute a swarm update, and the GGUF file that llama.cpp reads.

    python -m unittest discover -s python -t python
"""

import importlib.util
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch
from bench_update_files import make
from bench_update_ways import FROM_FILES, IN_MEMORY, Files, Memory
from transformers import LlamaConfig, LlamaForCausalLM

COEFFICIENTS = {"velocity": 0.19, "personalBest": 0.31, "globalBest": 0.37, "globalWorst": 0.13, "stepLength": 0.5}


class Updates(unittest.TestCase):
    def expect_formula(self, adapters, files: Files, way: str, tolerance: float) -> None:
        x, v, p, g, w = (files.load(role)["a"].double() for role in "xvpgw")
        velocity = 0.19 * v + 0.31 * (p - x) + 0.37 * (g - x) + 0.13 * (x - w)
        for name, expected in ((f"{way}-velocity", velocity), (f"{way}-position", x + 0.5 * velocity)):
            torch.testing.assert_close(adapters.load(name)["a"].double(), expected, rtol=0, atol=tolerance)

    def test_every_way_computes_the_formula(self) -> None:
        for dtype, tolerance in ((torch.float32, 1e-8), (torch.bfloat16, 1e-3)):
            with tempfile.TemporaryDirectory() as folder:
                files = Files(Path(folder))
                make(files, {"a": (8, 16)}, dtype)
                memory = Memory(files)
                for way, compute in FROM_FILES.items():
                    compute(files, COEFFICIENTS)
                    self.expect_formula(files, files, way, tolerance)
                for way, compute in IN_MEMORY.items():
                    for _ in range(2):  # the inputs must stay as they are
                        compute(memory, COEFFICIENTS)
                    self.expect_formula(memory, files, way, tolerance)


@unittest.skipUnless(importlib.util.find_spec("gguf"), "gguf is not installed")
class Gguf(unittest.TestCase):
    def test_rows_that_are_rotated_together_become_neighbours_within_each_head(self) -> None:
        from bench_gguf import paired_rows

        rows = torch.arange(8.0).unsqueeze(1)  # two heads of four numbers
        self.assertEqual(paired_rows(rows, 2).squeeze(1).tolist(), [0, 2, 1, 3, 4, 6, 5, 7])

    def test_a_model_with_shared_keys_is_written_whole(self) -> None:
        from bench_gguf import paired_rows, write_gguf
        from gguf import GGUFReader

        config = LlamaConfig(
            vocab_size=64,
            hidden_size=64,
            intermediate_size=96,
            num_hidden_layers=1,
            num_attention_heads=4,
            num_key_value_heads=2,
            tie_word_embeddings=True,
        )
        model = LlamaForCausalLM(config)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "model.gguf"
            write_gguf(model, path, "f32")
            reader = GGUFReader(path)
            tensors = {tensor.name: np.array(tensor.data) for tensor in reader.tensors}
            self.assertEqual(reader.fields["llama.attention.head_count_kv"].contents(), 2)
            self.assertEqual(reader.fields["llama.vocab_size"].contents(), 64)
        keys = model.model.layers[0].self_attn.k_proj.weight
        np.testing.assert_array_equal(tensors["blk.0.attn_k.weight"], paired_rows(keys, 2).detach().numpy())
        embeddings = model.model.embed_tokens.weight
        np.testing.assert_array_equal(tensors["token_embd.weight"], embeddings.detach().numpy())
        # Embeddings, the last normalization, and seven matrices with two normalizations; the output is the embeddings.
        self.assertEqual(len(tensors), 2 + 9)


if __name__ == "__main__":
    unittest.main()
