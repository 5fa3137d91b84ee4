#!/usr/bin/env bash
# pyswarms 1.3.0: optimize() called again goes on with the swarm but not with its bests, and may return a cost and a position that do not belong together.
#
# Needs Python 3.10 or later with venv.
# Guess: optimize(f, 50) and then optimize(f, 1) is 51 iterations: positions, velocities and bests go on (cost_history does), and the two values
#   that it returns are a position and the cost at it.
# Seen: the personal bests' costs are forgotten at every call (the positions and the history are kept). GlobalBestPSO keeps the swarm's best
#   cost but returns the position of the best personal best since the last call: the cost of the first call with a worse position of the second.
#   LocalBestPSO forgets that cost too, so its best gets worse from call to call. A checkpoint after every few iterations loses the best position.
# Output seen:
#   GlobalBestPSO: 50 iterations: cost 2.14e-05, at the position 2.14e-05
#   GlobalBestPSO: 1 more: cost 2.14e-05, at the position 0.000245
#   LocalBestPSO: 50 iterations: cost 2.48e-06, at the position 2.48e-06
#   LocalBestPSO: 1 more: cost 0.00032, at the position 0.00032
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
# Without the plotting libraries that pyswarms asks for and this does not use.
python/bin/pip install --quiet --disable-pip-version-check --no-deps pyswarms==1.3.0 numpy==2.4.6 scipy==1.17.1 attrs==26.1.0 tqdm==4.70.1 pyyaml==6.0.4 future==1.0.0 matplotlib==3.11.2
cat > run.py <<'END'
import logging

import numpy
from pyswarms.single import GlobalBestPSO, LocalBestPSO

logging.disable(logging.CRITICAL)


def cost(positions):
    """Squared distance from (2, 2)."""
    return ((positions - 2) ** 2).sum(axis=1)


def twice(kind, **topology):
    numpy.random.seed(3)
    swarm = kind(n_particles=10, dimensions=2, options={"c1": 0.5, "c2": 0.3, "w": 0.9, **topology})
    found = []
    for iterations, name in ((50, "50 iterations"), (1, "1 more")):
        best, position = swarm.optimize(cost, iterations, verbose=False)
        there = float(cost(position[None])[0])
        print(f"{kind.__name__}: {name}: cost {best:.3g}, at the position {there:.3g}")
        found.append((float(best), there))
    assert len(swarm.cost_history) == 51
    return found


(first, there), (second, there_again) = twice(GlobalBestPSO)
assert abs(first - there) < 1e-12
assert second <= first and there_again > 2 * second
(first, there), (second, there_again) = twice(LocalBestPSO, k=2, p=2)
assert abs(first - there) < 1e-12
assert second > 2 * first and abs(second - there_again) < 1e-12
END
python/bin/python run.py
