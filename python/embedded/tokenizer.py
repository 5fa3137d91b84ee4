"""The embedded model's tokenizer: byte-level BPE whose pieces keep a node, an edge's end and a weight as one token each."""

from collections.abc import Iterable
from string import ascii_uppercase

from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, processors, trainers
from transformers import PreTrainedTokenizerFast

PAD, BOS, EOS = "<pad>", "<bos>", "<eos>"
# " A", "-B", ">B", ":3", "-12", words, numbers of up to two digits, runs of other signs, single white space.
PIECES = r"[-:>][A-Z](?![A-Za-z])|[-:>][0-9]{1,2}| ?[A-Za-z]+| ?[0-9]{1,2}| ?[^\sA-Za-z0-9]+|\s"
LARGEST_VOCABULARY = 1024


def train_tokenizer(texts: Iterable[str], context: int) -> PreTrainedTokenizerFast:
    """Trains the tokenizer on ``texts``; every text in any language still encodes, byte by byte if need be."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(PIECES), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=LARGEST_VOCABULARY,
        min_frequency=2,
        special_tokens=[PAD, BOS, EOS],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator([*texts, *_rare_pieces()], trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{BOS} $A", special_tokens=[(BOS, tokenizer.token_to_id(BOS))]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token=PAD, bos_token=BOS, eos_token=EOS, model_max_length=context
    )


def _rare_pieces() -> list[str]:
    """Pieces that must be single tokens however seldom the corpus has them."""
    letters = [piece for letter in ascii_uppercase for piece in (f" {letter}", f"-{letter}", f">{letter}")]
    numbers = [f" {number}" for number in range(100)] + [f"{sign}{number}" for sign in "-:" for number in range(1, 21)]
    return ["".join(letters + numbers)] * 2
