"""The readable order of matches: one lexicographic key, the same question always in the same order."""

from math import floor
from typing import Any

from campus.matching.answers import Match, OccupationCloseness
from campus.matching.values import Rules, id_key

OCCUPATION_RANK = {kind: rank for rank, kind in enumerate(OccupationCloseness)}
FAR_SLACK = 10**6


def ranking_key(match: Match, rules: Rules) -> tuple[Any, ...]:
    """Give the key that puts the best match first.

    In order: not rejected, fewest closed gates, most essential skills met, essential coverage by bands
    (sure, then possible), fewest essential skills missing, desired coverage by bands, closeness of
    occupation, of wording by bands, fewest unknown gates, slack in days, seats, then id.
    """
    coverage = match.coverage
    return (
        match.rejected,
        len(match.closed_gates),
        -coverage.essential_met,
        -band(coverage.essential_low, rules),
        -band(coverage.essential_high, rules),
        coverage.essential_missing,
        -band(coverage.desired_low, rules),
        OCCUPATION_RANK[match.occupation],
        -band(match.wording, rules),
        len(match.unknown_gates),
        FAR_SLACK if match.slack_days is None else -match.slack_days,
        -(match.seats_left or 0),
        id_key(match.course_id),
    )


def band(fraction: float, rules: Rules) -> int:
    """Cut a fraction (0 to 1) into the band it fills (tenths, unless the rules say otherwise)."""
    return floor(fraction * rules.band + 1e-9)
