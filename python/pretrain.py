"""Pretrains the embedded model and writes it as an ordinary Hugging Face folder.

    python python/pretrain.py --out build/embedded --steps 6000 [--only graphs] [--from build/graphs]

It starts from nothing, or from a model of its own shape; words that the model has no token for start anew.

The learning rate warms up, stays, and falls to zero over the last fifth of the
steps. Every run can be stopped at any time: started again it goes on from its last checkpoint, and a run with more steps
goes on from a shorter one's.
"""

import argparse
import json
import time
from pathlib import Path

import torch
from embedded.corpus import shards, write_documents
from embedded.gradients import Gradients
from embedded.muon import Muon
from embedded.skills import exact_matches
from embedded.tokenizer import train_tokenizer
from transformers import AutoTokenizer, LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

CONTEXT = 1024
TRAINED_CONTEXT = 640
TOKENS_PER_BATCH = {"generate": 1280, "answer": 768}
DOCUMENTS_PER_SHARD = 40_000
PEAK_LEARNING_RATE = 1.5e-3
WARM_UP_STEPS = 500
DECAY_SHARE = 0.2
CHECKPOINT_EVERY = 500
TOKENIZER_SEED = 900_000_001
SKILLS_SEED = 900_000_002


def configuration(tokenizer) -> LlamaConfig:
    return LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=192,
        intermediate_size=512,
        num_hidden_layers=6,
        num_attention_heads=6,
        num_key_value_heads=2,
        max_position_embeddings=CONTEXT,
        tie_word_embeddings=True,
        pad_token_id=tokenizer.pad_token_id,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
    )


def learning_rate(step: int, steps: int) -> float:
    decay_from = steps * (1 - DECAY_SHARE)
    if step < WARM_UP_STEPS:
        return PEAK_LEARNING_RATE * (step + 1) / WARM_UP_STEPS
    if step < decay_from:
        return PEAK_LEARNING_RATE
    return PEAK_LEARNING_RATE * (steps - step) / (steps - decay_from)


@torch.no_grad()
def take_weights(model: LlamaForCausalLM, tokenizer: PreTrainedTokenizerFast, folder: Path) -> None:
    """Takes the layers of the model in ``folder``, and its embeddings token by token where both vocabularies have the token."""
    start = LlamaForCausalLM.from_pretrained(folder, dtype=torch.float32)
    weights = start.state_dict()
    ids = AutoTokenizer.from_pretrained(folder).get_vocab()
    known = {new: ids[token] for token, new in tokenizer.get_vocab().items() if token in ids}
    embeddings = model.get_input_embeddings().weight.clone()
    embeddings[list(known)] = start.get_input_embeddings().weight[list(known.values())]
    tied = {"model.embed_tokens.weight": embeddings, "lm_head.weight": embeddings}
    model.load_state_dict({**weights, **tied})


def optimizers(model: LlamaForCausalLM) -> list[torch.optim.Optimizer]:
    """Muon for the layers' matrices, AdamW for embeddings and norms."""
    matrices = [parameter for parameter in model.model.layers.parameters() if parameter.dim() == 2]
    taken = {id(parameter) for parameter in matrices}
    others = [parameter for parameter in model.parameters() if id(parameter) not in taken]
    return [
        Muon(matrices, lr=PEAK_LEARNING_RATE, weight_decay=0.05),
        torch.optim.AdamW(others, lr=PEAK_LEARNING_RATE, betas=(0.9, 0.98), weight_decay=0.0, fused=True),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True, help="folder for the checkpoint, the log and the model")
    parser.add_argument("--steps", type=int, required=True, help="steps in all, of about 2,000 tokens each")
    parser.add_argument("--only", action="append", default=[], help="a domain of the corpus; all of them by default")
    parser.add_argument("--from", dest="start", type=Path, help="folder of a model to start from")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    out: Path = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(0)

    if not (out / "tokenizer.json").exists():
        documents = write_documents(4000, TOKENIZER_SEED, arguments.only)
        train_tokenizer((document.prompt + document.completion for document in documents), CONTEXT).save_pretrained(out)
    tokenizer = AutoTokenizer.from_pretrained(out)

    model = LlamaForCausalLM(configuration(tokenizer))
    if arguments.start:
        take_weights(model, tokenizer, arguments.start)
    optimizing = optimizers(model)
    gradients = Gradients(model, arguments.threads)
    step, shard, position, tokens = 0, 0, 0, 0
    checkpoint = out / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint)
        model.load_state_dict(state["model"])
        for optimizer, saved in zip(optimizing, state["optimizers"], strict=True):
            optimizer.load_state_dict(saved)
        step, shard, position, tokens = state["step"], state["shard"], state["position"], state["tokens"]
        print(f"going on from step {step}", flush=True)

    skills = [document for document in write_documents(2400, SKILLS_SEED, arguments.only) if document.skill is not None]
    started, done_before, losses = time.time(), tokens, []
    corpus = {"documents": DOCUMENTS_PER_SHARD, "domains": arguments.only}
    data = shards(shard, **corpus, tokens=TOKENS_PER_BATCH, context=TRAINED_CONTEXT, tokenizer=tokenizer)
    for shard, batches in data:
        for position in range(position, len(batches)):
            if step == arguments.steps:
                break
            for group in (group for optimizer in optimizing for group in optimizer.param_groups):
                group["lr"] = learning_rate(step, arguments.steps)
            parts = []
            for batch in batches[position]:
                _, completion = gradients.add(batch)
                parts.append(completion)
                tokens += batch.input_ids.numel()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            for optimizer in optimizing:
                optimizer.step()
                optimizer.zero_grad()
            losses.append(parts)
            step += 1
            if step % CHECKPOINT_EVERY == 0 or step == arguments.steps:
                # The decay is not kept: a longer run goes on from the last step at the peak rate.
                if step <= arguments.steps * (1 - DECAY_SHARE):
                    temporary = out / "checkpoint.tmp"
                    torch.save(
                        {
                            "model": model.state_dict(),
                            "optimizers": [optimizer.state_dict() for optimizer in optimizing],
                            "step": step,
                            "shard": shard,
                            "position": position + 1,
                            "tokens": tokens,
                        },
                        temporary,
                    )
                    temporary.replace(checkpoint)
                generate, answer = (sum(part[index] for part in losses) / len(losses) for index in (0, 1))
                line = {
                    "step": step,
                    "tokens": tokens,
                    "lossQuestions": round(generate, 4),
                    "lossAnswers": round(answer, 4),
                    "tokensPerSecond": round((tokens - done_before) / (time.time() - started)),
                }
                if step % (4 * CHECKPOINT_EVERY) == 0 or step == arguments.steps:
                    line["exactMatches"] = exact_matches(model, tokenizer, skills)
                losses = []
                with open(out / "training-log.jsonl", "a") as log:
                    print(json.dumps(line), file=log)
                print(json.dumps(line), flush=True)
        position = 0
        if step == arguments.steps:
            break
    model.save_pretrained(out, safe_serialization=True)
    tokenizer.save_pretrained(out)


if __name__ == "__main__":
    main()
