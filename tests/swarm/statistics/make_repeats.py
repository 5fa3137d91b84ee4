"""Writes tests/swarm/statistics/repeats.golden.json: tests and intervals of repeated experiments, by scipy and numpy.

    python tests/swarm/statistics/make_repeats.py

An experiment is a list of repeats; a repeat holds, of one test taker, how many of its questions it got wrong. The score of a repeat
is the share wrong (`difficult` of one taker). The bootstraps draw 400,000 times, so that their own error is below 0.001.
"""

import json
from pathlib import Path

import numpy as np
import scipy
from scipy import stats

HERE = Path(__file__).resolve().parent
DRAWS = 400_000


def student() -> list:
    points = [(t, degrees) for degrees in (1, 1.5, 2, 4, 7.3, 30, 400.25) for t in (-8, -2, -0.4, 0, 0.01, 0.7, 2.132, 5, 40)]
    return [{"t": t, "degrees": degrees, "upper": float(stats.t.sf(t, degrees))} for t, degrees in points]


def welch() -> list:
    random = np.random.default_rng(3)
    cases = []
    for n, m, shift in ((5, 5, 0.3), (5, 5, 2.0), (2, 2, 1.0), (3, 8, -0.5), (6, 2, 4.0)):
        one, other = (random.normal(shift, 1, n).round(3), random.normal(0, 2, m).round(3))
        test = stats.ttest_ind(one, other, equal_var=False, alternative="greater")
        cases.append({"one": one.tolist(), "other": other.tolist(), "t": float(test.statistic), "degrees": float(test.df), "pValue": float(test.pvalue)})
    return cases


def pooled() -> list:
    cases = []
    for candidate, reference in (([(52, 100), (61, 100), (40, 90)], [(45, 100), (50, 100)]), ([(10, 50)], [(11, 50), (9, 60), (8, 55)])):
        (a, n), (b, m) = (np.sum(side, axis=0) for side in (candidate, reference))
        pooled_rate = (a + b) / (n + m)
        z = (a / n - b / m) / np.sqrt(pooled_rate * (1 - pooled_rate) * (1 / n + 1 / m))
        chi_squared = stats.chi2_contingency([[a, n - a], [b, m - b]], correction=False)
        assert abs(chi_squared.statistic - z**2) < 1e-9
        cases.append({"candidate": candidate, "reference": reference, "z": float(z), "pValue": float(stats.norm.sf(z))})
    return cases


def two_levels(random: np.random.Generator, wrong: list, questions: int) -> dict:
    rates = np.array(wrong) / questions
    drawn = rates[random.integers(len(rates), size=(DRAWS, len(rates)))]
    means = (random.binomial(questions, drawn) / questions).mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return {"wrong": wrong, "questions": questions, "low": float(low), "high": float(high), "deviation": float(means.std())}


def within_repeats(random: np.random.Generator, candidate: list, reference: list, questions: int) -> dict:
    def means(wrong: list) -> np.ndarray:
        return (random.binomial(questions, np.array(wrong) / questions, size=(DRAWS, len(wrong))) / questions).mean(axis=1)

    p_value = float((means(candidate) <= means(reference)).mean())
    return {"candidate": candidate, "reference": reference, "questions": questions, "pValue": p_value}


if __name__ == "__main__":
    random = np.random.default_rng(11)
    content = {
        "versions": {"numpy": np.__version__, "scipy": scipy.__version__},
        "student": student(),
        "welch": welch(),
        "pooled": pooled(),
        "twoLevels": [two_levels(random, wrong, 100) for wrong in ([30], [28, 30, 33], [10, 35, 22, 60, 41])],
        "withinRepeats": [
            within_repeats(random, candidate, reference, 100)
            for candidate, reference in (([34, 30, 38], [30, 29, 28]), ([33], [30]), ([50, 20], [30, 31]))
        ],
    }
    (HERE / "repeats.golden.json").write_text(json.dumps(content) + "\n")
