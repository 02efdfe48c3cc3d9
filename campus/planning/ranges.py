"""How many places are really missing, as a range: what became of posts in the past says what may become of these. Pure.

A post that somebody declared, confirmed or committed comes to a seat or a hire, or does not. For each of these steps
the share that comes so far has a Beta distribution: a prior, written below and worth four posts, and then each post of
the campus's own needs that have ended (conjugate prior of the binomial: Gelman et al., Bayesian Data Analysis, 3rd
edition, section 2.4). Posts ahead are drawn from it: first the shares, the same for all rows, then the posts of a row,
binomial (posterior predictive simulation, ibid. section 1.9). The seed is fixed and a row's draws depend on its own
numbers of posts alone, so that the same figures always give the same range, in any order.

Shapes: `posts` is (rows, steps of CLASSES), whole posts that stand at a step and no higher; shares are (DRAWS, steps).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]

CLASSES = ("declared", "confirmed", "committed")
SEED, DRAWS = 28085, 2000
SURE = 0.8
TAIL = (1 - SURE) / 2


@dataclass(frozen=True)
class Share:
    """A Beta distribution of the share of posts that come to a seat or a hire; `came` and `lost` are posts."""

    came: float
    lost: float

    @property
    def mean(self) -> float:
        """Give the expected share, between 0 and 1."""
        return self.came / (self.came + self.lost)

    def learnt(self, came: float, lost: float) -> Share:
        """Give the distribution after so many posts more (a + conversions, b + failures)."""
        return Share(self.came + came, self.lost + lost)


Shares = tuple[Share, ...]
PRIORS: Shares = (Share(1, 3), Share(2, 2), Share(3, 1))


@dataclass(frozen=True)
class Range:
    """Posts or places: at least, on average, at most; what comes lies between with the probability SURE or more."""

    low: int
    mean: float
    high: int

    def less(self, seats: int) -> Range:
        """Take seats away: what is left is what is missing, or too much when negative."""
        return Range(self.low - seats, self.mean - seats, self.high - seats)


def learnt(past: Any) -> tuple[Shares, Numbers]:
    """Learn from needs that have ended (rows of the sheet PAST): the shares, and the posts behind each: (steps, 2).

    Of a need's posts that got a seat or a hire, those with the highest commitment come first.
    """
    below = {"declared": past["declared"], "confirmed": past["confirmed"], "committed": past["committed"]}
    posts = at_step(below).astype(np.int64)
    left, came = np.asarray(past["converted"], np.int64), np.zeros_like(posts)
    for place in reversed(range(len(CLASSES))):
        came[:, place] = np.minimum(left, posts[:, place])
        left = left - came[:, place]
    evidence = np.stack([came.sum(axis=0), (posts - came).sum(axis=0)], axis=1)
    shares = tuple(prior.learnt(*map(int, seen)) for prior, seen in zip(PRIORS, evidence, strict=True))
    return shares, evidence


def at_step(reached: Mapping[str, Any]) -> Numbers:
    """Count the posts that stand at each step and no higher, from those that came at least so far; no seated ones."""
    seated = np.asarray(reached.get("seated", 0))
    declared, confirmed, committed = (np.asarray(reached[step], np.int64) for step in CLASSES)
    return np.stack([declared - confirmed, confirmed - committed, committed - seated], axis=-1)


def ranges(posts: Numbers, sure: Numbers, shares: Shares) -> list[Range]:
    """Give, for each row, how many of its posts will come to a seat; `sure` are counted as they are: shape (rows,)."""
    drawn = [_range(tuple(row), shares) for row in posts.tolist()]
    return [each.less(-certain) for each, certain in zip(drawn, sure.tolist(), strict=True)]


@lru_cache(maxsize=20_000)
def _range(posts: tuple[int, ...], shares: Shares) -> Range:
    """Draw what becomes of one row's posts: the middle SURE of the draws, widened to whole posts around the mean."""
    luck = np.random.default_rng([SEED, *posts])
    drawn = np.zeros(DRAWS, np.int64)
    for place, count in enumerate(posts):
        if count:
            drawn += luck.binomial(count, drawn_shares(shares)[:, place])
    mean = sum(count * share.mean for count, share in zip(posts, shares, strict=True))
    low, high = np.quantile(drawn, [TAIL, 1 - TAIL])
    return Range(int(np.floor(min(low, mean))), mean, int(np.ceil(max(high, mean))))


@lru_cache(maxsize=8)
def drawn_shares(shares: Shares) -> NDArray[np.float64]:
    """Draw the shares once for all rows: shape (DRAWS, steps), between 0 and 1."""
    luck = np.random.default_rng(SEED)
    return np.stack([luck.beta(each.came, each.lost, DRAWS) for each in shares], axis=1)
