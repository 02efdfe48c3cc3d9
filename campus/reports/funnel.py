"""The funnel of a cohort: posts declared, committed, with a seat, enrolled, trained, hired, there at six months.

A cohort is the quarter in which a need was first declared. Figures are kept by cohort, family of trades and firm, in
a cube of which every table is a sum. RULES names these definitions: a frozen report says by which it was counted.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from campus.lifecycles.commitment import DECLARED, HIRE, LETTER, SEATS, posts_from
from campus.lifecycles.coverage import PLACE

RULES = "2"
STEPS = ("declared", "committed", "seats", "enrolled", "completed", "hired", "stayed")
PROOFS = {
    "declared": "declared",
    "committed": "engaged",
    "seats": "engaged",
    "enrolled": "seen",
    "completed": "seen",
    "hired": "seen",
    "stayed": "seen",
}
COVERED = {"seats": "reserved", "enrolled": "enrolled", "completed": "completed", "hired": "hired", "stayed": "stayed"}
COUNTS = ("needs", *STEPS, "withdrawn", "due")
SIX_MONTHS_DAYS = 182
Counts = tuple[int, ...]
NOTHING: Counts = (0,) * len(COUNTS)


class Where(NamedTuple):
    """Where a need is counted: the quarter it was declared in, the family of its trade ("" if none), its firm."""

    quarter: str
    family: str
    firm: str


Cube = Mapping[Where, Counts]


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one need: the most posts it ever declared, what each line that stands says, its covered posts.

    `said` holds the posts of declared, letter and contract; `covered` those that have come at least to each step of
    COVERED, and under "due" those hired at least six months ago.
    """

    ever: int
    said: Mapping[str, int]
    covered: Mapping[str, int]


def counts_of(told: Told) -> Counts:
    """Count one need: a step never counts more posts than the one before it, and what was taken back is told."""
    covered = told.covered
    reached = posts_from({**told.said, SEATS: covered["seats"], HIRE: covered["hired"]})
    declared = max(told.ever, reached[DECLARED])
    ledger = (covered[step] for step in STEPS[2:])
    return (1, declared, reached[LETTER], *ledger, declared - reached[DECLARED], covered["due"])


def covered_from(states: Iterable[str]) -> dict[str, int]:
    """Count the posts that have come at least to each step, from their states in the ledger."""
    places = [PLACE.get(state, 0) for state in states]
    return {step: sum(place >= PLACE[kind] for place in places) for step, kind in COVERED.items()}


def add(some: Counts, more: Counts) -> Counts:
    """Add figures up, one by one."""
    return tuple(map(operator.add, some, more))


@dataclass
class Group:
    """The figures of several needs, and which firms stand behind each of them."""

    counts: Counts = NOTHING
    firms: dict[str, Counts] = field(default_factory=dict)

    def take(self, firm: str, counts: Counts) -> None:
        """Count one firm's figures in."""
        self.counts = add(self.counts, counts)
        self.firms[firm] = add(self.firms.get(firm, NOTHING), counts)

    def __getitem__(self, name: str) -> int:
        """Give one figure by its name."""
        return self.counts[COUNTS.index(name)]

    def firms_behind(self, name: str) -> int:
        """Count the firms that have a part in a figure."""
        place = COUNTS.index(name)
        return sum(bool(counts[place]) for counts in self.firms.values())


def narrowed(cube: Cube, keep: Callable[[Where], bool]) -> Cube:
    """Keep a part of a cube."""
    return {where: counts for where, counts in cube.items() if keep(where)}


def by_firm(cube: Cube, firms: Mapping[str, str]) -> Cube:
    """Put all sites of a firm together, under the firm that is given for each; another site counts for itself."""
    found: dict[Where, Counts] = {}
    for where, counts in cube.items():
        one = where._replace(firm=firms.get(where.firm, where.firm))
        found[one] = add(found.get(one, NOTHING), counts)
    return found


def total(cube: Cube) -> Group:
    """Add up a whole cube."""
    return grouped(cube, lambda _where: "").get("", Group())


def grouped(cube: Cube, key: Callable[[Where], str]) -> dict[str, Group]:
    """Add up a cube by cohort, by family or by firm, in the order of the keys."""
    found: dict[str, Group] = {}
    for where, counts in cube.items():
        found.setdefault(key(where), Group()).take(where.firm, counts)
    return dict(sorted(found.items()))
