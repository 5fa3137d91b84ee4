"""The cross-entropy of a decoder's next tokens, forward and backward, as ONNX nodes."""

from export.train_layers import TrainLayers


def cross_entropy(layers: TrainLayers, labelled: str, targets: str, divisor: str) -> tuple[str, str | None]:
    """Log-likelihoods of shape (labels), and the gradient of the embedded tokens where embeddings learn.

    ``labelled`` (labels) are indices among all tokens of `input_ids` (rows, length), ``targets`` (labels) the tokens that
    should follow them. The loss is the sum of the labels' cross-entropies over ``divisor``, one number or one for each
    label, of shape (labels, 1). Gradients of parameters are left in ``layers``.
    """
    config = layers.llama.config
    layers.take_batch("input_ids", labelled)
    tokens = layers.op("Reshape", "input_ids", layers.integers(-1))
    value = layers.op("Gather", layers.writer.weight("model.embed_tokens.weight"), tokens, axis=0)
    kept = []
    for layer in range(config.num_hidden_layers):
        value, layer_kept = layers.forward(layer, value)
        kept.append(layer_kept)
    hidden, final_norm = layers.norm(value, "model.norm.weight")

    output = layers.writer.weight("model.embed_tokens.weight" if config.tie_word_embeddings else "lm_head.weight")
    logarithms = layers.op("LogSoftmax", layers.product(hidden, output, transB=1), axis=-1)
    column = layers.op("Unsqueeze", targets, layers.integers(1))
    likelihoods = layers.op("Squeeze", layers.op("GatherElements", logarithms, column, axis=1), layers.integers(1))
    one_hot = layers.op("OneHot", targets, layers.integers(config.vocab_size), layers.constant([0.0, 1.0]), axis=-1)
    error = layers.op("Div", layers.op("Sub", layers.op("Exp", logarithms), one_hot), divisor)
    layers.keep_output_gradient(error, hidden)

    gradient = layers.norm_backward(layers.product(error, output), final_norm)
    for layer in reversed(range(config.num_hidden_layers)):
        gradient = layers.backward(layer, kept[layer], gradient)
    return likelihoods, gradient
