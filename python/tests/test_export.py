"""Exports small checkpoints of random weights and compares their graphs with transformers and torch.

    python -m unittest discover -s python -t python
"""

import tempfile
import unittest
from pathlib import Path

import torch
from export.bundle import write_bundle
from export.llama import Llama
from export.verify import TOLERANCE, largest_differences
from export.verify_train import train_differences
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedModel, Qwen2Config, Qwen2ForCausalLM

SIZES = {
    "vocab_size": 97,
    "hidden_size": 64,
    "intermediate_size": 48,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "max_position_embeddings": 64,
    "initializer_range": 0.3,
    "bos_token_id": 1,
    "eos_token_id": 2,
    "pad_token_id": 0,
}


def randomize_biases(model: PreTrainedModel) -> PreTrainedModel:
    for name, parameter in model.named_parameters():
        if name.endswith("bias"):
            torch.nn.init.normal_(parameter)
    return model


def llama(**settings) -> PreTrainedModel:
    return randomize_biases(LlamaForCausalLM(LlamaConfig(**SIZES, **settings)))


class ExportTest(unittest.TestCase):
    def assert_exports(self, model: PreTrainedModel) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            model.save_pretrained(folder)
            loaded = Llama.load(folder, rank=4, alpha=8.0)
            write_bundle(folder, loaded)
            differences = largest_differences(folder, loaded) | train_differences(folder, loaded)
            for graph, difference in differences.items():
                self.assertLess(difference, TOLERANCE, graph)

    def setUp(self) -> None:
        torch.manual_seed(7)

    def test_llama_whose_output_layer_is_its_embedding(self) -> None:
        self.assert_exports(llama(num_key_value_heads=4, tie_word_embeddings=True))

    def test_llama_with_grouped_query_heads_and_an_output_layer_of_its_own(self) -> None:
        self.assert_exports(llama(num_key_value_heads=2, tie_word_embeddings=False))

    def test_llama_whose_heads_are_wider_than_its_hidden_size(self) -> None:
        self.assert_exports(llama(num_key_value_heads=1, head_dim=32, tie_word_embeddings=True, rope_theta=500_000.0))

    def test_llama_with_biases_everywhere(self) -> None:
        self.assert_exports(llama(num_key_value_heads=4, attention_bias=True, mlp_bias=True, tie_word_embeddings=True))

    def test_qwen2_with_biases_of_queries_keys_and_values(self) -> None:
        config = Qwen2Config(**SIZES, num_key_value_heads=2, tie_word_embeddings=False, use_sliding_window=False)
        self.assert_exports(randomize_biases(Qwen2ForCausalLM(config)))

    def test_weights_stored_in_16_bits(self) -> None:
        self.assert_exports(llama(num_key_value_heads=2, tie_word_embeddings=True).to(torch.bfloat16))

    def test_a_scaled_rotary_embedding_is_refused(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            llama(rope_scaling={"rope_type": "linear", "factor": 2.0}).save_pretrained(name)
            with self.assertRaises(ValueError):
                Llama.load(Path(name))


if __name__ == "__main__":
    unittest.main()
