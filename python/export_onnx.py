"""Writes the graphs of a model bundle into a Hugging Face checkpoint's folder, and checks them against torch.

    python python/export_onnx.py CHECKPOINT_DIR --rank 8 --alpha 16

Any Llama- or Qwen2-style checkpoint in one `model.safetensors` can be exported. Its weights stay where they are: the
graphs in `onnx/` read them from there.
"""

import argparse
from pathlib import Path

from export.bundle import write_bundle
from export.llama import Llama
from export.verify import TOLERANCE, largest_differences
from export.verify_train import train_differences


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path, help="folder with config.json, tokenizer.json and model.safetensors")
    parser.add_argument("--rank", type=int, default=8, help="rank of the LoRA adapters")
    parser.add_argument("--alpha", type=float, default=16.0, help="their scale is alpha / rank")
    arguments = parser.parse_args()
    try:
        llama = Llama.load(arguments.checkpoint, arguments.rank, arguments.alpha)
    except (OSError, ValueError) as error:
        parser.exit(2, f"{error}\n")
    folder = write_bundle(arguments.checkpoint, llama)
    differences = largest_differences(arguments.checkpoint, llama) | train_differences(arguments.checkpoint, llama)
    for name, difference in differences.items():
        print(f"{name}: largest difference {difference:.1e} of the largest value")
    if max(differences.values()) > TOLERANCE:
        (folder / "manifest.json").unlink()
        parser.exit(1, f"a graph differs from torch by more than {TOLERANCE:.0e}: the manifest was removed\n")
    print(f"wrote {folder}: {sum(file.stat().st_size for file in folder.iterdir()):,} bytes beside the weights")


if __name__ == "__main__":
    main()
