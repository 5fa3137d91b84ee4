"""Opens an exported graph in ONNX Runtime, as models/onnx/session.ts does in Node."""

from pathlib import Path

import numpy as np
import onnxruntime


def open_session(folder: Path, graph: str) -> onnxruntime.InferenceSession:
    """A session over `onnx/<graph>` of a bundle, with one thread."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.model_external_initializers_file_folder_path", str(folder.resolve()))
    return onnxruntime.InferenceSession((folder / "onnx" / graph).read_bytes(), options)


def run(session: onnxruntime.InferenceSession, feeds: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Outputs by name."""
    names = [output.name for output in session.get_outputs()]
    return dict(zip(names, session.run(names, feeds)))
