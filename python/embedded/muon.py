"""Muon, with the matrices of one shape orthogonalised together.

``torch.optim.Muon`` takes them one by one in bfloat16: 0.26 s a step on 2 CPU cores for the embedded model, against 0.09 s here.
"""

from collections import defaultdict

import torch

# Coefficients of the quintic Newton-Schulz iteration (https://kellerjordan.github.io/posts/muon/).
COEFFICIENTS = (3.4445, -4.7750, 2.0315)
ITERATIONS = 5


class Muon(torch.optim.Optimizer):
    """Momentum whose updates are orthogonalised, scaled to the root mean square of AdamW's (https://arxiv.org/abs/2502.16982, equation 4).

    Takes matrices only. Learning rate and weight decay are those that AdamW would take.
    """

    def __init__(self, parameters, lr: float, momentum: float = 0.95, weight_decay: float = 0.0) -> None:
        super().__init__(parameters, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure=None) -> None:
        if closure is not None:
            raise ValueError("closures are not supported")
        for group in self.param_groups:
            by_shape = defaultdict(list)
            for parameter in group["params"]:
                if parameter.grad is not None:
                    by_shape[tuple(sorted(parameter.shape))].append(parameter)
            for (_, longest), parameters in by_shape.items():
                updates = orthogonalised(torch.stack([_wide(self._momentum(one, group["momentum"])) for one in parameters]))
                for parameter, update in zip(parameters, updates):
                    parameter.mul_(1 - group["lr"] * group["weight_decay"])
                    parameter.add_(_like(update, parameter), alpha=-group["lr"] * 0.2 * longest**0.5)

    def _momentum(self, parameter: torch.Tensor, momentum: float) -> torch.Tensor:
        """The gradient after Nesterov momentum."""
        state = self.state[parameter]
        average = state.setdefault("average", torch.zeros_like(parameter))
        average.lerp_(parameter.grad, 1 - momentum)
        return parameter.grad.lerp(average, momentum)


def orthogonalised(matrices: torch.Tensor) -> torch.Tensor:
    """Roughly the nearest semi-orthogonal matrices; shape (matrices, rows, columns), with no more rows than columns."""
    a, b, c = COEFFICIENTS
    x = matrices / (matrices.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    for _ in range(ITERATIONS):
        gram = x @ x.mT
        x = torch.baddbmm(x, torch.baddbmm(gram, gram, gram, beta=b, alpha=c), x, beta=a)
    return x


def _wide(matrix: torch.Tensor) -> torch.Tensor:
    return matrix if matrix.shape[0] <= matrix.shape[1] else matrix.T


def _like(update: torch.Tensor, parameter: torch.Tensor) -> torch.Tensor:
    return update if update.shape == parameter.shape else update.T
