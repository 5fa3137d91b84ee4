"""Writes the golden files of tests/metrics and tests/swarm/statistics: k-means by scikit-learn, statistics by scipy and numpy.

    python tests/metrics/make_golden.py

Needs numpy, scipy and scikit-learn; their versions are in the files.
"""

import json
from pathlib import Path

import numpy
import scipy
import sklearn
from scipy import stats
from sklearn.cluster import KMeans, kmeans_plusplus

TESTS = Path(__file__).resolve().parent.parent
STARTS = 8


def write(path: str, content: dict) -> None:
    versions = {module.__name__: module.__version__ for module in (numpy, scipy, sklearn)}
    (TESTS / path).write_text(json.dumps({"versions": versions, **content}) + "\n")


def k_means() -> dict:
    random = numpy.random.default_rng(7)
    cases = []
    for points, dimensions, clusters, spread in ((60, 2, 4, 0.6), (90, 8, 4, 1.5), (40, 3, 5, 3.0), (50, 6, 3, 0.05)):
        centres = random.normal(size=(clusters, dimensions)) * 2
        data = centres[random.integers(clusters, size=points)] + random.normal(size=(points, dimensions)) * spread
        data = data.round(4)
        starts = [kmeans_plusplus(data, clusters, random_state=start)[0] for start in range(STARTS)]
        runs = [KMeans(clusters, init=start, n_init=1, max_iter=300, tol=0, algorithm="lloyd").fit(data) for start in starts]
        cases.append(
            {
                "embeddings": data.tolist(),
                "clusters": clusters,
                "starts": [{"centroids": start.tolist(), "inertia": run.inertia_} for start, run in zip(starts, runs)],
                "best": min(run.inertia_ for run in runs),
            }
        )
    return {"cases": cases}


def statistics() -> dict:
    random = numpy.random.default_rng(11)
    z = [-37, -9, -6, -3.5, -3.0001, -3, -2.9999, -1.5, -0.3, -1e-9, 0, 1e-9, 0.5, 1, 1.6448536269514722, 2.326, 2.9999, 3, 3.0001, 4, 5, 6, 8, 12, 30]
    proportions = []
    for a, n, b, m in ((260, 400, 200, 400), (45, 50, 30, 60), (10, 400, 12, 380), (400, 400, 395, 400), (120, 200, 120, 200)):
        pooled = (a + b) / (n + m)
        statistic = (a / n - b / m) / numpy.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
        # The two-sided test is the chi-squared test of the 2 x 2 table without correction.
        chi_squared = stats.chi2_contingency([[a, n - a], [b, m - b]], correction=False)
        assert abs(chi_squared.statistic - statistic**2) < 1e-9
        proportions.append({"larger": [a, n], "smaller": [b, m], "z": float(statistic), "pValue": float(stats.norm.sf(statistic))})
    ranked = []
    for size, levels in ((4, 100), (6, 3), (12, 5), (5, 2)):
        one, other = random.integers(levels, size=size), random.integers(levels, size=size)
        ranked.append({"one": one.tolist(), "other": other.tolist(), "correlation": float(stats.spearmanr(one, other).statistic)})
    values = random.normal(size=23)
    probabilities = [0, 0.025, 0.05, 0.31, 0.5, 0.975, 1]
    divergences = []
    for size in (2, 4, 6):
        seed, generated = random.uniform(0.1, 1, size), random.uniform(0.1, 1, size)
        divergences.append({"seed": seed.tolist(), "generated": generated.tolist(), "divergence": float(stats.entropy(seed, generated))})
    return {
        "normal": [{"z": value, "upper": float(stats.norm.sf(value)), "cumulative": float(stats.norm.cdf(value))} for value in z],
        "proportions": proportions,
        "ranked": ranked,
        "quantiles": {"values": values.tolist(), "probabilities": probabilities, "quantiles": numpy.quantile(values, probabilities).tolist()},
        "summary": {"values": values.tolist(), "mean": float(values.mean()), "standardDeviation": float(values.std(ddof=1))},
        "divergences": divergences,
    }


if __name__ == "__main__":
    write("metrics/k-means.golden.json", k_means())
    write("swarm/statistics/statistics.golden.json", statistics())
