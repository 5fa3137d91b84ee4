"""Writes a Llama of transformers as a GGUF file, which llama.cpp reads.

Without a tokenizer: llama.cpp does not know the rule by which the bundle's splits texts, so it is given token numbers.
"""

from pathlib import Path

import gguf
import torch

FILE_TYPES = {
    "f32": (gguf.GGMLQuantizationType.F32, gguf.LlamaFileType.ALL_F32),
    "q8_0": (gguf.GGMLQuantizationType.Q8_0, gguf.LlamaFileType.MOSTLY_Q8_0),
}


def paired_rows(weight: torch.Tensor, heads: int) -> torch.Tensor:
    """Rows of queries or keys in llama.cpp's order.

    It rotates numbers 2i and 2i + 1 of a head together, transformers i and i + half a head.
    """
    return weight.unflatten(0, (heads, 2, -1)).transpose(1, 2).reshape(weight.shape)


def write_gguf(model, path: Path, file_type: str) -> None:
    """:param model: a LlamaForCausalLM with plain rotary embedding and without biases"""
    config = model.config
    rotary = config.rope_parameters
    if config.model_type != "llama" or rotary["rope_type"] != "default" or config.attention_bias or config.mlp_bias:
        raise ValueError(f"{config.model_type!r} with these settings can not be written; a plain 'llama' can")
    matrix_type, name_of_type = FILE_TYPES[file_type]
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_file_type(name_of_type)
    writer.add_vocab_size(config.vocab_size)
    writer.add_tokenizer_model("none")
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_block_count(config.num_hidden_layers)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(config.num_attention_heads)
    writer.add_head_count_kv(config.num_key_value_heads)
    for add_size in (writer.add_key_length, writer.add_value_length, writer.add_rope_dimension_count):
        add_size(config.head_dim)
    writer.add_rope_freq_base(rotary["rope_theta"])
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)

    heads = {"q_proj": config.num_attention_heads, "k_proj": config.num_key_value_heads}
    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH.LLAMA, config.num_hidden_layers)
    for name, tensor in model.state_dict().items():
        if name == "lm_head.weight" and config.tie_word_embeddings:
            continue
        module = name.split(".")[-2]
        if module in heads:
            tensor = paired_rows(tensor, heads[module])
        tensor_type = matrix_type if tensor.dim() == 2 else gguf.GGMLQuantizationType.F32
        data = gguf.quantize(tensor.float().contiguous().numpy(), tensor_type)
        writer.add_tensor(names.get_name(name, try_suffixes=(".weight",)), data, raw_dtype=tensor_type)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
