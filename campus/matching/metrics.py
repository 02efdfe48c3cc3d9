"""How well a ranking answers what a publisher judged right: the usual measures, and how sure they are."""

import math
import random
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import TypeAlias

CUT = 10
NAMES = {
    "hit_1": "hit@1",
    "hit_5": "hit@5",
    "hit_10": "hit@10",
    "mrr_10": "MRR@10",
    "ndcg_10": "nDCG@10",
    "recall_10": "recall@10",
    "map": "MAP",
}
Gold: TypeAlias = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Measures:
    """The measures of one ranking, or their means over many; each from 0 to 1."""

    hit_1: float
    hit_5: float
    hit_10: float
    mrr_10: float
    ndcg_10: float
    recall_10: float
    map: float

    def named(self) -> dict[str, float]:
        """Give the measures by the names that everybody knows."""
        return {NAMES[name]: value for name, value in asdict(self).items()}


def measure(ranked: Sequence[str], gold: Gold) -> Measures:
    """Measure one ranking (best first, what stands twice counted once) against gold gains (id -> gain above 0).

    hit@k: one right answer among the first k. MRR@10: 1 over the rank of the first right one, 0 beyond 10.
    nDCG@10: gains discounted by log2(rank + 1), over the best order possible (Jarvelin and Kekalainen 2002).
    recall@10: the share of the right answers among the first 10. MAP: the precision at each right answer,
    averaged over all right answers, those never ranked counting 0. Raise ValueError where nothing is right.
    """
    if not gold:
        raise ValueError("a query without a right answer measures nothing")
    order = list(dict.fromkeys(ranked))
    ranks = [rank for rank, found in enumerate(order, start=1) if found in gold]
    near = [rank for rank in ranks if rank <= CUT]
    first = ranks[0] if ranks else math.inf
    ideal = _discounted(dict(enumerate(sorted(gold.values(), reverse=True)[:CUT], start=1)))
    return Measures(
        hit_1=float(first <= 1),
        hit_5=float(first <= 5),
        hit_10=float(first <= 10),
        mrr_10=1 / first if first <= CUT else 0.0,
        ndcg_10=_discounted({rank: gold[order[rank - 1]] for rank in near}) / ideal,
        recall_10=len(near) / len(gold),
        map=sum(count / rank for count, rank in enumerate(ranks, start=1)) / len(gold),
    )


def _discounted(gains: Mapping[int, float]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in gains.items())


def mean(measured: Sequence[Measures]) -> Measures:
    """Average the measures of many rankings (at least one)."""
    return Measures(**{each.name: statistics.fmean(getattr(one, each.name) for one in measured) for each in _FIELDS})


_FIELDS = fields(Measures)


def spread(values: Sequence[float], *, draws: int = 1000, seed: int = 1) -> tuple[float, float]:
    """Give the interval that holds the mean in 95 % of draws with replacement (percentile bootstrap, Efron 1979).

    `values` is one measure of each query (at least one); the same seed gives the same interval.
    """
    chance = random.Random(seed)  # noqa: S311 (statistics, not secrets)
    means = sorted(statistics.fmean(chance.choices(values, k=len(values))) for _ in range(draws))
    return means[int(0.025 * draws)], means[int(0.975 * draws)]


def percentile(values: Sequence[float], share: float) -> float:
    """Give the value that a share (0 to 1) of the values (at least one) does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
