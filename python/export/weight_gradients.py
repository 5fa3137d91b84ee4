"""The gradient of a decoder's own weights as one graph, for pretraining: less than half the time of compiled torch."""

from export.cross_entropy import cross_entropy
from export.graph import GraphWriter
from export.llama import Llama
from export.train_layers import Norm, TrainLayers
from onnx import TensorProto


class WeightInputs(GraphWriter):
    """A graph whose weights are inputs, because they change from step to step."""

    def __init__(self, llama: Llama):
        super().__init__(None)
        self.shapes = {name: list(tensor.shape) for name, tensor in llama.weights.items()}
        self.taken: set[str] = set()

    def weight(self, name: str) -> str:
        if name not in self.taken:
            self.taken.add(name)
            self.input(name, self.shapes[name])
        return name


class WeightLayers(TrainLayers):
    """Layers without an adapter, whose gradients are those of their weights."""

    EMBEDDINGS_LEARN = True

    def merged_weight(self, layer: int, *modules: str) -> str:
        if (layer, modules) not in self._merged:
            names = [f"{self.llama.linear_name(layer, module)}.weight" for module in modules]
            self._merged[layer, modules] = self.join([self.writer.weight(name) for name in names], 0)
        return self._merged[layer, modules]

    def keep_gradients(self, layer: int, modules: tuple[str, ...], value: str, outputs: list[str]) -> None:
        for module, output in zip(modules, outputs):
            self.gradients[f"{self.llama.linear_name(layer, module)}.weight"] = self.product(output, value, transA=1)

    def keep_output_gradient(self, error: str, hidden: str) -> None:
        self.gradients["output"] = self.product(error, hidden, transA=1)

    def norm_backward(self, gradient: str, norm: Norm, add: str | None = None) -> str:
        scaled = self.op("Mul", gradient, norm.scaled)
        self.gradients[norm.weight] = self.op("ReduceSum", scaled, self.integers(0), keepdims=0)
        return super().norm_backward(gradient, norm, add)


def weight_gradient_graph(llama: Llama) -> GraphWriter:
    """A graph of the weights' gradients.

    Inputs: every weight by its name; `input_ids` (i64, rows x length, padding on the right); `labelled` (i64, labels), indices
    among all tokens of those that predict a label; `targets` (i64, labels), these labels; `divisors` (f32, labels x 1), over
    which each label's cross-entropy counts.
    Outputs: `gradient.NAME` for the layers' weights and norms; `gradient.output` for the output layer; `gradient.embedded` for
    the embeddings of all tokens, of shape (tokens, hidden); `likelihoods` (labels), logarithms.
    """
    writer = WeightInputs(llama)
    writer.input("input_ids", ["rows", "length"], TensorProto.INT64)
    writer.input("labelled", ["labels"], TensorProto.INT64)
    writer.input("targets", ["labels"], TensorProto.INT64)
    writer.input("divisors", ["labels", 1])
    layers = WeightLayers(llama, writer)
    likelihoods, embedded = cross_entropy(layers, "labelled", "targets", "divisors")
    for name, gradient in {**layers.gradients, "embedded": embedded}.items():
        writer.node("Identity", [gradient], writer.output(f"gradient.{name}", None))
    writer.node("Identity", [likelihoods], writer.output("likelihoods", ["labels"]))
    return writer
