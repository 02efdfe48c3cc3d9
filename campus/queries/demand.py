"""Demand: posts step by step, by skill, occupation, family or area, beside seats. Computed, never stored."""

from __future__ import annotations

import enum
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import select

from campus import clock, db
from campus.models import Commune, Occupation, Skill
from campus.planning import facts as sums
from campus.planning.facts import LEVELS, STEPS, Facts, Lines, Numbers
from campus.planning.quarters import Quarter, ends_of, quarters
from campus.planning.ranges import Range, Shares, at_step, learnt, ranges
from campus.queries.demand_facts import facts, people_in_training
from campus.queries.report_cube import family_labels
from campus.reports.hiding import FEWEST_FIRMS, FEWEST_POSTS

NO_LEVEL = 0
SMALL_WORDS = re.compile(r"(?<=[ -])(?:Le|La|Les|De|Du|Des|Sur|En|Et)(?=[ -])")
NOTHING_MISSING = Range(0, 0, 0)


class By(enum.StrEnum):
    """What the rows of the table are; the two last are named by codes."""

    SKILL = "skill"
    OCCUPATION = "occupation"
    FAMILY = "family"
    AREA = "area"

    @property
    def coded(self) -> bool:
        """Tell whether the rows are named by codes and not by numbers."""
        return self in {By.FAMILY, By.AREA}


class Step(enum.StrEnum):
    """Which posts are counted: those that have come at least to this step of the ladder of commitment."""

    DECLARED = "declared"
    CONFIRMED = "confirmed"
    COMMITTED = "committed"
    OBSERVED = "hired"


class Figures(dict[Quarter, int]):
    """One figure by quarter, 0 where there is none; thousands of them are made for one page, so it is a bare dict."""

    __slots__ = ()

    def __missing__(self, quarter: Quarter) -> int:
        """Answer 0 for a quarter without a figure."""
        return 0


@dataclass(slots=True)
class DemandRow:
    """One skill at one level, an occupation, a family or an area, and its figures by quarter.

    `posts` are those of the step that the table was asked for; `steps` gives the sum of each step, those with a seat
    included; `missing` tells how many seats are missing over all quarters, as a range. Firms are not counted by skill.
    """

    key: int | str
    level: int
    label: str
    posts: Figures = field(default_factory=Figures)
    seats: Figures = field(default_factory=Figures)
    firms: Figures = field(default_factory=Figures)
    people: int = 0
    steps: Mapping[str, int] = field(default_factory=dict)
    missing: Range = NOTHING_MISSING

    def small(self, quarter: Quarter) -> bool:
        """Tell whether so few posts or firms stand behind a figure that a firm's plans could be read off it."""
        return 0 < self.posts[quarter] < FEWEST_POSTS or 0 < self.firms[quarter] < FEWEST_FIRMS

    @property
    def total_posts(self) -> int:
        """Sum the posts of all quarters."""
        return sum(self.posts.values())

    @property
    def total_seats(self) -> int:
        """Sum the seats of all quarters."""
        return sum(self.seats.values())

    @property
    def gap(self) -> int:
        """Count the posts without a seat over all quarters; negative when seats are left over."""
        return self.total_posts - self.total_seats


@dataclass(frozen=True)
class Asked:
    """What the table is asked for; `level`, `quarter` (its code) and `area` narrow it."""

    by: By
    step: Step = Step.DECLARED
    level: int | None = None
    quarter: str = ""
    area: str = ""
    search: str = ""


@dataclass(frozen=True)
class DemandTable:
    """The whole table as arrays, one line per row, the largest gap first. Figures have the shape (lines, columns).

    A page makes rows of the few lines that it shows. `firms` is not there by skill: nothing of that is published.
    `shares` says how posts of each step become seats, and `evidence` from how many that was learnt.
    """

    asked: Asked
    columns: tuple[Quarter, ...]
    about: Lines
    steps: Mapping[str, Numbers]
    seats: Numbers
    people: Numbers
    firms: Numbers | None
    shares: Shares
    evidence: Numbers

    def __len__(self) -> int:
        """Count the lines."""
        return len(self.about)

    @property
    def posts(self) -> Numbers:
        """Give the posts of the step asked for."""
        return self.steps[self.asked.step]

    @property
    def keys(self) -> list[Any]:
        """Name what each line is about: a number, or a code."""
        if self.asked.by.coded:
            return [code.decode(errors="replace") for code in self.about.tolist()]
        return (self.about // LEVELS).tolist()  # type: ignore[no-any-return]

    def lines(self, kept: Any) -> DemandTable:
        """Give some of the lines, in this order."""
        steps = {step: each[kept] for step, each in self.steps.items()}
        firms = self.firms[kept] if self.firms is not None else None
        return replace(
            self, about=self.about[kept], steps=steps, seats=self.seats[kept], people=self.people[kept], firms=firms
        )

    def rows(self) -> list[DemandRow]:
        """Make a row of each line, with its label."""
        keys = self.keys
        levels = [NO_LEVEL] * len(self) if self.asked.by.coded else (self.about % LEVELS).tolist()
        labels = labels_of(self.asked.by, keys)
        figures = [self._figures(each) for each in (self.posts, self.seats, self.firms)]
        totals = [self.steps[step].sum(axis=1).tolist() for step in STEPS]
        steps = [dict(zip(STEPS, each, strict=True)) for each in zip(*totals, strict=True)]
        rest = (self.people.sum(axis=1).tolist(), steps, missing(steps, self.seats.sum(axis=1), self.shares))
        return [
            DemandRow(*row) for row in zip(keys, levels, [labels[key] for key in keys], *figures, *rest, strict=True)
        ]

    def _figures(self, table: Numbers | None) -> list[Figures]:
        if table is None:
            return [Figures() for _ in range(len(self))]
        return [Figures({q: n for q, n in zip(self.columns, line, strict=True) if n}) for line in table.tolist()]


def demand_table(asked: Asked, *, today: date | None = None) -> DemandTable:
    """Compute the whole table, the largest gap first."""
    columns = quarters(today or clock.today())
    known, ends = facts(), ends_of(columns)
    if asked.area:
        known = known.within(asked.area)
    table = _narrowed(_table(asked, columns, known=known, ends=ends))
    gap = table.seats.sum(axis=1) - table.posts.sum(axis=1)
    return table.lines(np.lexsort((table.about, -table.posts.sum(axis=1), gap)))


def demand(by: By, *, today: date | None = None, search: str = "") -> list[DemandRow]:
    """Compute the whole table of declared posts, row by row, the largest gap first."""
    return demand_table(Asked(by, search=search), today=today).rows()


def _table(asked: Asked, columns: tuple[Quarter, ...], *, known: Facts, ends: Numbers) -> DemandTable:
    firms: Numbers | None = None
    if asked.by is By.SKILL:
        posts = sums.posts_by_skill(known, ends)
    else:
        posts, firms = sums.posts_by(known, asked.by, ends)
    seats = _served(asked.by, known, known.courses.parts["sessions"]["seats"], ends=ends, lines=posts.lines)
    people = sums.amounts_of(known, people_in_training())
    trained = _served(asked.by, known, people, ends=ends, lines=posts.lines)
    return DemandTable(asked, columns, posts.lines, posts.steps, seats, trained, firms, *learnt(known.past.head))


def missing(steps: Sequence[Mapping[str, int]], seats: Numbers, shares: Shares) -> list[Range]:
    """Tell how many seats are missing, row by row: the posts that will come to a seat, less the seats planned.

    A post with a seat counts as it is; one on which somebody was trained or hired asks for no seat any more.
    """
    reached = {step: np.array([each[step] for each in steps], np.int64) for step in STEPS}
    expected = ranges(at_step(reached), reached["seated"] - reached["trained"], shares)
    return [each.less(int(here)) for each, here in zip(expected, seats, strict=True)]


def _served(by: By, known: Facts, amounts: Numbers, *, ends: Numbers, lines: Lines) -> Numbers:
    """Add up an amount of each session (seats, people) for what the lines are about."""
    if by is By.AREA:
        return sums.by_area(known, amounts, ends, asked=lines)
    courses = sums.by_course(known, amounts, ends)
    if by is By.SKILL:
        return sums.seats_by_skill(known, courses, lines)
    return sums.seats_by(known, by, courses, asked=lines)


def _narrowed(table: DemandTable) -> DemandTable:
    """Keep the level, the quarter and the words asked for; lines without any post of the step are left out."""
    asked = table.asked
    place = next((n for n, each in enumerate(table.columns) if each.code == asked.quarter), None)
    if place is not None:
        table = _column(table, place)
    kept = table.posts.sum(axis=1) > 0
    if asked.level is not None and asked.by is By.SKILL:
        kept &= table.about % LEVELS == asked.level
    if asked.search:
        words = asked.search.casefold()
        named = {key for key, label in labels_of(asked.by, table.keys).items() if words in label.casefold()}
        kept &= np.array([key in named for key in table.keys], bool)
    return table.lines(kept)


def _column(table: DemandTable, place: int) -> DemandTable:
    one = slice(place, place + 1)
    steps = {step: each[:, one] for step, each in table.steps.items()}
    firms = table.firms[:, one] if table.firms is not None else None
    seats, people = table.seats[:, one], table.people[:, one]
    return replace(table, columns=(table.columns[place],), steps=steps, seats=seats, people=people, firms=firms)


def labels_of(by: By, keys: Collection[Any]) -> dict[Any, str]:
    """Name what rows are about; a code that nobody knows names itself."""
    if not set(keys):
        return {}
    if by is By.AREA:
        return area_labels(set(keys))
    if by is By.FAMILY:
        return {code: f"{code} {label}" if label != code else code for code, label in family_labels(set(keys)).items()}
    model = Occupation if by is By.OCCUPATION else Skill
    return dict(db.session.execute(select(model.id, model.label).where(model.id.in_(set(keys)))).all())


def area_labels(codes: Collection[str] | None = None) -> dict[str, str]:
    """Name employment areas, all that communes carry or some; one that nobody knows keeps its code."""
    query = select(Commune.area_code, Commune.area_name).where(Commune.area_code != "").distinct()
    found = dict(db.session.execute(query if codes is None else query.where(Commune.area_code.in_(codes))).all())
    return {code: _written(found.get(code, code)) for code in (found if codes is None else codes)}


def _written(name: str) -> str:
    """Write an area's name as people do: the lists have capitals only."""
    if not name.isupper():
        return name
    return SMALL_WORDS.sub(lambda found: found[0].lower(), name.title())
