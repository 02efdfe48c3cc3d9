"""The readable order of matches: one lexicographic key, the same question always in the same order."""

from collections.abc import Sequence
from typing import NamedTuple

from campus.matching import units
from campus.matching.answers import OccupationCloseness, Status
from campus.matching.coverage import Claim, Claims, mean
from campus.matching.values import Rules

OCCUPATION_RANK = {kind: rank for rank, kind in enumerate(OccupationCloseness)}
FAR_SLACK = 10**6


class Standing(NamedTuple):
    """Where a course stands for a need: of two, the smaller is the better answer.

    The only place where the order of answers is decided: the first difference does. Where more is better,
    the count is negative.
    """

    not_rejected: bool
    gates_closed: int
    essential_met: int
    essential_sure: int
    essential_hoped: int
    essential_missing: int
    desired_sure: int
    occupation: int
    wording: int
    gates_unknown: int
    slack: int
    seats: int
    id: tuple[int, int, str]


# The page that explains the order is written from these names.
CRITERIA = Standing._fields


def merit(claims: Claims, best: Sequence[Claim], rules: Rules) -> tuple[int, int, int, int, int]:
    """Count and band what the best claim on each needed skill gives: the five criteria about skills, in order.

    Coverages count by bands, so that a hair's breadth does not outweigh the criteria that follow.
    """
    essential = [best[position] for position in claims.essential]
    statuses = [one.status for one in essential]
    return (
        -statuses.count(Status.MET),
        -band(mean([one.low for one in essential]), rules),
        -band(mean([one.high for one in essential]), rules),
        statuses.count(Status.MISSING),
        -band(mean([best[position].low for position in claims.desired]), rules),
    )


def band(fraction: float, rules: Rules) -> int:
    """Cut a fraction (0 to 1, four digits) into the band it fills (tenths, unless the rules say otherwise)."""
    return int(units.band(round(fraction * units.WHOLE), rules.band))
