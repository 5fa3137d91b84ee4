"""A model's gradients, computed by an ONNX graph in several threads: half of compiled torch's time."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import onnxruntime
import torch
from export.llama import Llama
from export.weight_gradients import weight_gradient_graph
from transformers import LlamaForCausalLM

from .corpus import IGNORED, Batch

EMBEDDINGS = "model.embed_tokens.weight"


class Gradients:
    """Adds up gradients of batches in the parameters' ``grad``."""

    def __init__(self, model: LlamaForCausalLM, threads: int):
        if not model.config.tie_word_embeddings:
            raise ValueError("gradients of a model whose output layer is not its embeddings are not written")
        self.parameters = dict(model.named_parameters())
        graph = weight_gradient_graph(Llama(model.config, self.parameters, rank=0, alpha=0.0))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(
            graph.serialize("gradients"), options, providers=["CPUExecutionProvider"]
        )
        self.names = [output.name for output in self.session.get_outputs()]
        self.pool = ThreadPoolExecutor(threads)
        self.threads = threads

    def add(self, batch: Batch) -> tuple[float, float]:
        """Adds the gradient of the batch's two mean losses, of prompts and of completions, which are given back.

        A question is learnt as well as its answer, and weighs as much.
        """
        targets = torch.maximum(batch.prompt_labels, batch.completion_labels)[:, 1:]
        is_prompt = batch.prompt_labels[:, 1:] != IGNORED
        counts = [int(is_prompt.sum()), int((targets != IGNORED).sum() - is_prompt.sum())]
        divisors = torch.where(is_prompt, *(torch.tensor(float(count)) for count in counts))
        rows = range(len(targets))
        pieces = [piece for piece in np.array_split(rows, self.threads) if len(piece) > 0]
        results = list(
            self.pool.map(lambda piece: self._run(batch.input_ids[piece], targets[piece], divisors[piece]), pieces)
        )
        losses = [0.0, 0.0]
        for piece, gradients in zip(pieces, results):
            labelled = targets[piece] != IGNORED
            likelihoods = torch.from_numpy(gradients.pop("likelihoods"))
            prompts = is_prompt[piece][labelled]
            for index, kind in enumerate((prompts, ~prompts)):
                losses[index] -= float(likelihoods[kind].sum()) / counts[index]
            self._keep(batch.input_ids[piece], gradients)
        return losses[0], losses[1]

    def _run(self, input_ids: torch.Tensor, targets: torch.Tensor, divisors: torch.Tensor) -> dict[str, np.ndarray]:
        labelled = targets != IGNORED
        places = torch.arange(input_ids.numel()).view(input_ids.shape)[:, :-1]
        inputs = {
            "input_ids": input_ids,
            "labelled": places[labelled],
            "targets": targets[labelled],
            "divisors": divisors[labelled].unsqueeze(1),
            **{name: parameter.detach() for name, parameter in self.parameters.items()},
        }
        values = self.session.run(None, {name: value.numpy() for name, value in inputs.items()})
        return {name.removeprefix("gradient."): value for name, value in zip(self.names, values)}

    def _keep(self, input_ids: torch.Tensor, gradients: dict[str, np.ndarray]) -> None:
        values = {name: torch.from_numpy(value) for name, value in gradients.items()}
        embedded = values.pop("embedded")
        values[EMBEDDINGS] = values.pop("output").index_add_(0, input_ids.flatten(), embedded)
        for name, value in values.items():
            parameter = self.parameters[name]
            parameter.grad = value if parameter.grad is None else parameter.grad.add_(value)
