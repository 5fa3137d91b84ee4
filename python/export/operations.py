"""Shorthands for adding nodes to a graph, each named by its operator and number."""

import numpy as np
from export.graph import GraphWriter
from onnx import TensorProto, helper


class Operations:
    """Adds nodes to a graph; every method gives the names of what its node gives."""

    def __init__(self, writer: GraphWriter):
        self.writer = writer
        self._constants: dict[tuple, str] = {}

    def op(self, operator: str, *inputs: str, outputs: int = 1, **attributes):
        """Adds a node and returns the name of its output, or the names where there are several."""
        name = f"{operator}.{len(self.writer.nodes)}"
        names = [name] if outputs == 1 else [f"{name}.{index}" for index in range(outputs)]
        self.writer.node(operator, list(inputs), names, **attributes)
        return names[0] if outputs == 1 else names

    def constant(self, value, kind=np.float32) -> str:
        array = np.array(value, dtype=kind)
        key = (array.dtype, array.shape, array.tobytes())
        if key not in self._constants:
            self._constants[key] = self.writer.constant(array)
        return self._constants[key]

    def integers(self, *values: int) -> str:
        return self.constant(values, np.int64)

    def filled(self, shape: str, value: float | int) -> str:
        kind = TensorProto.FLOAT if isinstance(value, float) else TensorProto.INT64
        return self.op("ConstantOfShape", shape, value=helper.make_tensor("value", kind, [1], [value]))

    def split(self, value: str, sizes: list[int], axis: int) -> list[str]:
        return [value] if len(sizes) == 1 else self.op("Split", value, self.integers(*sizes), outputs=len(sizes), axis=axis)

    def join(self, values: list[str], axis: int) -> str:
        return values[0] if len(values) == 1 else self.op("Concat", *values, axis=axis)

    def product(self, left: str, right: str, add: str | None = None, **attributes) -> str:
        return self.op("Gemm", left, right, *([add] if add else []), **attributes)
