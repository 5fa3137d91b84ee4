"""Compares the pretraining's gradients with torch's."""

import unittest

import torch
from embedded.corpus import IGNORED, Batch
from embedded.gradients import Gradients
from export.verify import TOLERANCE
from tests.test_export import llama


def batch(lengths: list[int], prompts: list[int]) -> Batch:
    """Random documents, padded on the right, whose first ``prompts`` tokens are their prompts."""
    longest = max(lengths)
    input_ids = torch.zeros(len(lengths), longest, dtype=torch.int64)
    prompt_labels, completion_labels = (torch.full_like(input_ids, IGNORED) for _ in range(2))
    for row, (length, prompt) in enumerate(zip(lengths, prompts)):
        input_ids[row, :length] = torch.randint(3, 97, (length,))
        prompt_labels[row, :prompt] = input_ids[row, :prompt]
        completion_labels[row, prompt:length] = input_ids[row, prompt:length]
    return Batch("answer", input_ids, prompt_labels, completion_labels)


def cross_entropy(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    return torch.nn.functional.cross_entropy(logits[:, :-1].flatten(0, 1), labels[:, 1:].flatten(), ignore_index=IGNORED)


class GradientsTest(unittest.TestCase):
    def test_sums_the_mean_losses_of_prompts_and_of_completions_over_batches(self) -> None:
        torch.manual_seed(7)
        model = llama(num_key_value_heads=2, tie_word_embeddings=True)
        batches = [batch([9, 4, 12, 7, 5], [6, 2, 5, 3, 4]), batch([6], [2])]

        expected = []
        for one in batches:
            logits = model(input_ids=one.input_ids).logits
            losses = [cross_entropy(logits, labels) for labels in (one.prompt_labels, one.completion_labels)]
            sum(losses).backward()
            expected.append([loss.item() for loss in losses])
        wanted = {name: parameter.grad for name, parameter in model.named_parameters()}
        model.zero_grad()

        gradients = Gradients(model, threads=2)
        for one, losses in zip(batches, expected):
            torch.testing.assert_close(torch.tensor(gradients.add(one)), torch.tensor(losses))
        for name, parameter in model.named_parameters():
            difference = (parameter.grad - wanted[name]).abs().max() / wanted[name].abs().max()
            self.assertLess(difference, TOLERANCE, name)


if __name__ == "__main__":
    unittest.main()
