"""The ladder of commitment: what a firm's lines say of a need today, or said on a past day. Pure folds.

Signal, declared, confirmed, letter and contract are lines that somebody wrote, with their evidence; seats and hire
follow from the coverage ledger and are never typed. A line is never changed: a withdrawal is another line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from campus.lifecycles.coverage import PLACE, RESERVED

SIGNAL, DECLARED, CONFIRMED, LETTER, CONTRACT, SEATS, HIRE = LADDER = (
    "signal",
    "declared",
    "confirmed",
    "letter",
    "contract",
    "seats",
    "hire",
)
ABOUT_NEEDS = LADDER[1:]
COMMITTED = (LETTER, CONTRACT, SEATS)
HIRED = PLACE["hired"]

Key = TypeVar("Key")


@dataclass(frozen=True)
class Said(Generic[Key]):
    """One line: its key, the step it is about, how many posts, and the line that it withdraws."""

    key: Key
    step: str
    posts: int
    withdraws: Key | None = None


def standing(lines: Iterable[Said[Key]]) -> dict[str, Said[Key]]:
    """Give, for each step, the last line that nobody has withdrawn; lines come in the order they were written."""
    ordered = list(lines)
    withdrawn = {line.withdraws for line in ordered if line.withdraws is not None}
    return {line.step: line for line in ordered if line.withdraws is None and line.key not in withdrawn}


def from_coverage(states: Iterable[str]) -> dict[str, int]:
    """Count the posts that a seat stands behind, and those on which somebody was hired, from the states of posts."""
    places = [PLACE.get(state, 0) for state in states]
    return {SEATS: sum(place >= RESERVED for place in places), HIRE: sum(place >= HIRED for place in places)}


def posts_from(said: Mapping[str, int]) -> dict[str, int]:
    """Count the posts that have come at least to each step, from those that each step says of itself.

    A letter for three posts also confirms them; a need that now asks for two posts has no letter for three.
    """
    most = said.get(DECLARED)
    found, above = {}, 0
    for step in reversed(ABOUT_NEEDS):
        own = said.get(step, 0)
        if step in {CONFIRMED, LETTER, CONTRACT}:
            own = min(own, most or 0)
        above = max(above, own)
        found[step] = above
    return {step: found[step] for step in ABOUT_NEEDS}


def posts_at(reached: Mapping[str, int]) -> dict[str, int]:
    """Count the posts that stand at each step and no higher, from those that have come at least so far."""
    higher = [*(reached[step] for step in ABOUT_NEEDS[1:]), 0]
    return {step: reached[step] - more for step, more in zip(ABOUT_NEEDS, higher, strict=True)}
