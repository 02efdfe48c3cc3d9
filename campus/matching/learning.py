"""How what speaks for an occupation is weighed: weights learnt from questions that a publisher has answered.

The chance that an occupation is right is its score's share among all occupations, scores being weighted sums of
the evidence (the conditional logit of McFadden 1974, with a ridge). Newton's method finds the weights.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from campus.matching.title_index import Evidence
from campus.matching.vocabulary import Floats

RIDGE = 0.02
STEPS = 12
CANDIDATES = 80
SMALLEST = 1e-6
Matrix = NDArray[np.float64]


class Example(NamedTuple):
    """A question: the evidence (candidates by measures), which candidates are right, and what it counts."""

    evidence: Floats
    right: NDArray[np.bool_]
    weight: float = 1.0


def candidates(found: Evidence) -> NDArray[np.int64]:
    """Choose the occupations that are worth weighing: the first by each of several measures, summed."""
    scores = found["title"] + found["meaning"] + found["characters"] / 2 + found["bm25_titles_share"] / 2
    scores = scores + found["kept_family"] / 4
    return np.argsort(-scores, kind="stable")[:CANDIDATES]


def learn(examples: Sequence[Example], *, ridge: float = RIDGE) -> Floats:
    """Learn what each measure weighs; examples without a right candidate teach nothing.

    Several right candidates share the chance equally. Measures are brought to a spread of one before the ridge
    (weight of the squares of the weights) applies, and the weights back to the measures as they are.
    """
    taught = _Taught([one for one in examples if one.right.any()])
    weights = np.zeros(taught.measures.shape[1])
    best = taught.loss(weights, ridge)
    for _ in range(STEPS):
        step = taught.step(weights, ridge)
        while (loss := taught.loss(weights + step, ridge)) > best:
            step /= 2
            if np.abs(step).max() < SMALLEST:
                return (weights / taught.scale).astype(np.float32)
        best, weights = loss, weights + step
    return (weights / taught.scale).astype(np.float32)


class _Taught:
    """The examples in flat arrays: one row for each candidate, those of an example together."""

    def __init__(self, examples: Sequence[Example]) -> None:
        sizes = np.array([len(one.right) for one in examples])
        self._first = np.cumsum(sizes) - sizes
        self._example = np.repeat(np.arange(len(examples)), sizes)
        counts = np.array([one.weight for one in examples])
        self._weight = counts / counts.sum()
        measures = np.concatenate([one.evidence for one in examples]).astype(np.float64)
        self.scale = measures.std(axis=0) + SMALLEST
        self.measures = measures / self.scale
        right = np.concatenate([one.right for one in examples]).astype(np.float64)
        self._target = right / np.add.reduceat(right, self._first)[self._example]

    def loss(self, weights: Matrix, ridge: float) -> float:
        """Give the mean of the negative log-likelihood, plus the ridge."""
        logs = np.log(np.maximum(self._chances(weights), 1e-300))
        row_weights = self._target * self._weight[self._example]
        return float(-(row_weights @ logs) + ridge / 2 * weights @ weights)

    def step(self, weights: Matrix, ridge: float) -> Matrix:
        """Give Newton's step: the slope over the curve."""
        chances = self._chances(weights)
        row_weights = self._weight[self._example]
        slope = ((self._target - chances) * row_weights) @ self.measures - ridge * weights
        spread = self.measures * chances[:, np.newaxis]
        means = np.add.reduceat(spread, self._first)
        curve = (spread * row_weights[:, np.newaxis]).T @ self.measures
        curve -= (means * self._weight[:, np.newaxis]).T @ means
        found: Matrix = np.linalg.solve(curve + ridge * np.eye(len(weights)), slope)
        return found

    def _chances(self, weights: Matrix) -> Matrix:
        scores = self.measures @ weights
        powers = np.exp(scores - np.maximum.reduceat(scores, self._first)[self._example])
        found: Matrix = powers / np.add.reduceat(powers, self._first)[self._example]
        return found
