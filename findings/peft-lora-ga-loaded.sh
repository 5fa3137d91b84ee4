#!/usr/bin/env bash
# PEFT 0.21.2: a saved LoRA-GA adapter that is loaded on its base model is another model, without a word.
#
# Needs Python 3.10 or later with venv; PyTorch is several gigabytes.
# Guess: an adapter with init_lora_weights="lora_ga" that save_pretrained wrote gives, loaded on the same base by from_pretrained, the model that
#   was saved, as adapters do; or, since LoRA-GA takes B A out of the base's weights when it begins, loading does that again, as
#   with PiSSA.
# Seen: loading takes the gradients that LoRA-GA began with for missing, leaves the base as it is and puts the saved A and B on top, so the
#   B A of the beginning is added without having been taken out. A fresh adapter, which changes nothing where it was made, changes outputs of size 1.2 by 19 once
#   loaded. There is no warning.
# Output seen:
#   torch 2.15.0, peft 0.21.2
#   outputs up to 1.23; changed by the fresh adapter: 2.0e-06; by the same adapter saved and loaded: 19.0
#   warnings on loading: 0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check torch==2.15.0 transformers==5.23.0 accelerate==1.15.0 peft==0.21.2
cat > run.py <<'END'
import warnings

import peft
import torch
from peft import LoraConfig, LoraGAConfig, PeftModel, get_peft_model
from peft.tuners.lora import preprocess_loraga


class Base(torch.nn.Module):
    def __init__(self):
        super().__init__()
        torch.manual_seed(0)
        self.layer = torch.nn.Linear(16, 16, bias=False)

    def forward(self, inputs):
        return self.layer(inputs)


base = Base()
inputs = torch.randn(4, 16)
plain = base(inputs).detach()
config = LoraConfig(
    r=2, lora_alpha=4, target_modules=["layer"], init_lora_weights="lora_ga", lora_ga_config=LoraGAConfig()
)
preprocess_loraga(base, config, lambda: base(inputs).pow(2).sum().backward())
made = get_peft_model(base, config).eval()
made.save_pretrained("adapter")
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    loaded = PeftModel.from_pretrained(Base(), "adapter").eval()
largest = plain.abs().max().item()
fresh = (made(inputs) - plain).abs().max().item()
again = (loaded(inputs) - made(inputs)).abs().max().item()
print(f"torch {torch.__version__.split('+')[0]}, peft {peft.__version__}")
print(f"outputs up to {largest:.2f}; changed by the fresh adapter: {fresh:.1e}; by the same adapter saved and loaded: {again:.1f}")
print(f"warnings on loading: {len(caught)}")
assert fresh < 1e-4 and again > largest and not caught
END
env/bin/python run.py
