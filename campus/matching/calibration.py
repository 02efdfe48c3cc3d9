"""How often a proposal is right that claims a share of the probability: a rising curve, learnt from judged titles.

A reading is too sure of its first occupations and too modest about the others, of which more than one may be right.
The curve is isotonic: proposals in bands of one size by their share, neighbours put together until what is true
rises (pool adjacent violators, Ayer and others 1955), straight lines between.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

BANDS = 16
Knot = tuple[float, float]
# (share claimed, share true): the first three proposals for each title of the development sets titles-to-occupation
# and adverts-to-occupation, ROME version 460; printed by `campus learn --confidences`.
KNOTS: tuple[Knot, ...] = (
    (0.0, 0.04),
    (0.028, 0.131),
    (0.082, 0.146),
    (0.104, 0.246),
    (0.14, 0.271),
    (0.197, 0.298),
    (0.295, 0.517),
    (0.534, 0.693),
    (0.954, 0.833),
    (0.991, 0.914),
    (1.0, 0.914),
)


def calibrated(share: float, knots: Sequence[Knot] = KNOTS) -> float:
    """Turn the share of the probability that a proposal claims (0 to 1) into how often such proposals are right."""
    place = min(max(bisect_right(knots, (share, 2.0)), 1), len(knots) - 1)
    (low, least), (high, most) = knots[place - 1], knots[place]
    part = min(max((share - low) / (high - low), 0.0), 1.0)
    return least + (most - least) * part


def learn_calibration(claims: Sequence[tuple[float, bool]], bands: int = BANDS) -> tuple[Knot, ...]:
    """Learn the knots of the curve from (share claimed, whether right), `bands` bands of one size at most."""
    ordered = sorted(claims)
    size = max(1, -(-len(ordered) // bands))
    pools: list[tuple[int, float, float]] = []
    for start in range(0, len(ordered), size):
        band = ordered[start : start + size]
        pools.append((len(band), sum(share for share, _ in band), float(sum(right for _, right in band))))
        while len(pools) > 1 and pools[-2][2] / pools[-2][0] >= pools[-1][2] / pools[-1][0]:
            last, before = pools.pop(), pools.pop()
            pools.append((last[0] + before[0], last[1] + before[1], last[2] + before[2]))
    told = [(round(claimed / count, 3), round(right / count, 3)) for count, claimed, right in pools]
    ends = [(0.0, told[0][1]), *told, (1.0, told[-1][1])]
    return (ends[0], *(after for before, after in pairwise(ends) if after[0] > before[0]))
