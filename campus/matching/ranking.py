"""The readable order of matches: one lexicographic key, the same question always in the same order."""

from collections.abc import Callable
from math import floor
from typing import Any, NamedTuple

from campus.matching.answers import Match, OccupationCloseness
from campus.matching.values import Rules, id_key

OCCUPATION_RANK = {kind: rank for rank, kind in enumerate(OccupationCloseness)}
FAR_SLACK = 10**6


class Criterion(NamedTuple):
    """One place of the key: what it looks at, and its value, the lower the better."""

    name: str
    value: Callable[[Match, Rules], Any]


# The only place where the order of answers is decided; the page that explains it is written from these names.
CRITERIA = (
    Criterion("not_rejected", lambda match, _: match.rejected),
    Criterion("gates_closed", lambda match, _: len(match.closed_gates)),
    Criterion("essential_met", lambda match, _: -match.coverage.essential_met),
    Criterion("essential_sure", lambda match, rules: -band(match.coverage.essential_low, rules)),
    Criterion("essential_hoped", lambda match, rules: -band(match.coverage.essential_high, rules)),
    Criterion("essential_missing", lambda match, _: match.coverage.essential_missing),
    Criterion("desired_sure", lambda match, rules: -band(match.coverage.desired_low, rules)),
    Criterion("occupation", lambda match, _: OCCUPATION_RANK[match.occupation]),
    Criterion("wording", lambda match, rules: -band(match.wording, rules)),
    Criterion("gates_unknown", lambda match, _: len(match.unknown_gates)),
    Criterion("slack", lambda match, _: FAR_SLACK if match.slack_days is None else -match.slack_days),
    Criterion("seats", lambda match, _: -(match.seats_left or 0)),
    Criterion("id", lambda match, _: id_key(match.course_id)),
)


def ranking_key(match: Match, rules: Rules) -> tuple[Any, ...]:
    """Give the key that puts the best match first: the values of `CRITERIA`, in their order."""
    return tuple(criterion.value(match, rules) for criterion in CRITERIA)


def band(fraction: float, rules: Rules) -> int:
    """Cut a fraction (0 to 1) into the band it fills (tenths, unless the rules say otherwise)."""
    return floor(fraction * rules.band + 1e-9)
