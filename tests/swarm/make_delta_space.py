"""Writes tests/swarm/delta-space.golden.json: updates of weight changes, computed with numpy on the full matrices.

    python tests/swarm/make_delta_space.py

Each case holds five random adapters (x, v, p, g, w; B is out x rank, A rank x in), Algorithm 1's v' and x' of the products B A,
formed in full, and numpy.linalg.svd of both: all singular values, and the factors of the best approximation of that rank,
B' = U sqrt(S) and A' = sqrt(S) V^T, with the largest component of each column of U positive.
"""

import json
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
COEFFICIENTS = {"velocity": 0.21, "personalBest": 0.33, "globalBest": 0.4, "globalWorst": 0.06, "stepLength": 0.8}


def truncated(matrix: np.ndarray, rank: int) -> dict:
    u, s, vt = np.linalg.svd(matrix, full_matrices=False)
    signs = np.sign(u[np.abs(u).argmax(axis=0), np.arange(len(s))])
    left = (u * signs * np.sqrt(s))[:, :rank]
    right = (vt * (signs * np.sqrt(s))[:, None])[:rank]
    error = np.linalg.norm(matrix - left @ right) / np.linalg.norm(matrix)
    rounded = {"left": left.ravel().round(12).tolist(), "right": right.ravel().round(12).tolist()}
    return {**rounded, "singularValues": s.tolist(), "error": float(error)}


def case(seed: int, rows: int, columns: int, rank: int) -> dict:
    random = np.random.default_rng(seed)
    adapters = {
        role: {"left": random.normal(0, 1, (rows, rank)).round(2), "right": random.normal(0, 1, (rank, columns)).round(2)}
        for role in ("position", "velocity", "personalBest", "globalBest", "globalWorst")
    }
    x, v, p, g, w = (adapter["left"] @ adapter["right"] for adapter in adapters.values())
    c = COEFFICIENTS
    velocity = c["velocity"] * v + c["personalBest"] * (p - x) + c["globalBest"] * (g - x) - c["globalWorst"] * (w - x)
    position = x + c["stepLength"] * velocity
    return {
        "rows": rows,
        "columns": columns,
        "rank": rank,
        "adapters": {
            role: {side: matrix.ravel().tolist() for side, matrix in adapter.items()} for role, adapter in adapters.items()
        },
        "velocity": truncated(velocity, rank),
        "position": truncated(position, rank),
    }


if __name__ == "__main__":
    # Tall and wide beside the stacked rank of 5 r; smaller than it on both sides; and on one of them.
    cases = [case(1, 14, 12, 2), case(2, 7, 6, 2), case(3, 6, 13, 2)]
    content = {"versions": {"numpy": np.__version__}, "coefficients": COEFFICIENTS, "cases": cases}
    (HERE / "delta-space.golden.json").write_text(json.dumps(content) + "\n")
