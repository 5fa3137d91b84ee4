"""Writes an ONNX graph node by node, with weights that stay where they are: in the checkpoint's `model.safetensors`."""

import json
import struct
from pathlib import Path

import numpy as np
from onnx import TensorProto, helper, numpy_helper

OPSET = 20
CONTRIB = "com.microsoft"
DATA_TYPES = {"F32": TensorProto.FLOAT, "F16": TensorProto.FLOAT16, "BF16": TensorProto.BFLOAT16}


class Safetensors:
    """The header of a safetensors file: where each tensor's bytes lie."""

    def __init__(self, path: Path):
        self.path = path
        with open(path, "rb") as file:
            (size,) = struct.unpack("<Q", file.read(8))
            header = json.loads(file.read(size))
        header.pop("__metadata__", None)
        self.entries = header
        self.start = 8 + size

    def external(self, name: str) -> TensorProto:
        """An initializer called ``name`` whose data are the file's own bytes.

        Its location is relative to the checkpoint's folder, not to the graph's: ONNX Runtime refuses paths that leave the
        folder they are relative to, so whoever opens the graph says that folder in the session option
        `session.model_external_initializers_file_folder_path`.
        """
        entry = self.entries[name]
        begin, end = entry["data_offsets"]
        tensor = TensorProto(name=name, data_type=DATA_TYPES[entry["dtype"]], dims=entry["shape"])
        tensor.data_location = TensorProto.EXTERNAL
        for key, value in (("location", self.path.name), ("offset", self.start + begin), ("length", end - begin)):
            tensor.external_data.add(key=key, value=str(value))
        return tensor


class GraphWriter:
    """Collects nodes, inputs and outputs; every method that adds something returns its name."""

    def __init__(self, weights: Safetensors | None):
        self.weights = weights
        self.nodes, self.initializers, self.inputs, self.outputs = [], {}, [], []

    def input(self, name: str, shape: list[int | str], data_type: int = TensorProto.FLOAT) -> str:
        self.inputs.append(helper.make_tensor_value_info(name, data_type, shape))
        return name

    def output(self, name: str, shape: list[int | str] | None, data_type: int = TensorProto.FLOAT) -> str:
        self.outputs.append(helper.make_tensor_value_info(name, data_type, shape))
        return name

    def weight(self, name: str) -> str:
        """A tensor of the checkpoint in 32-bit floats."""
        if name not in self.initializers:
            self.initializers[name] = self.weights.external(name)
            if self.initializers[name].data_type != TensorProto.FLOAT:
                self.node("Cast", [name], f"{name}.float", to=TensorProto.FLOAT)
        return name if self.initializers[name].data_type == TensorProto.FLOAT else f"{name}.float"

    def constant(self, array: np.ndarray) -> str:
        name = f"constant.{array.dtype}.{'x'.join(map(str, array.shape))}.{len(self.initializers)}"
        self.initializers[name] = numpy_helper.from_array(array, name)
        return name

    def integers(self, *values: int) -> str:
        return self.constant(np.array(values, dtype=np.int64))

    def range(self, count: str, name: str) -> str:
        """0, 1, ... up to a one-number tensor."""
        zero, one = (self.constant(np.array(value, dtype=np.int64)) for value in (0, 1))
        return self.node("Range", [zero, self.node("Squeeze", [count], f"{name}.stop"), one], name)

    def reshape(self, x: str, name: str, *sizes: str | int) -> str:
        """x in a shape whose sizes are numbers or names of one-number tensors."""
        parts = [self.integers(size) if isinstance(size, int) else size for size in sizes]
        return self.node("Reshape", [x, self.node("Concat", parts, f"{name}.shape", axis=0)], name)

    def node(self, operator: str, inputs: list[str], outputs: str | list[str], domain: str = "", **attributes) -> str:
        """Adds a node and returns the name of its first output."""
        outputs = [outputs] if isinstance(outputs, str) else outputs
        self.nodes.append(helper.make_node(operator, inputs, outputs, name=outputs[0], domain=domain, **attributes))
        return outputs[0]

    def save(self, path: Path) -> None:
        path.write_bytes(self.serialize(path.stem))

    def serialize(self, name: str) -> bytes:
        graph = helper.make_graph(self.nodes, name, self.inputs, self.outputs, initializer=list(self.initializers.values()))
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, 1)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=10, producer_name="data-swarms")
        return model.SerializeToString(deterministic=True)
