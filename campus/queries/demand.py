"""Demand: posts by skill or occupation, level and quarter, beside the seats planned. Computed, never stored."""

from __future__ import annotations

import enum
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

import numpy as np
from sqlalchemy import ColumnElement, and_, func, literal_column, or_, select
from sqlalchemy.orm import joinedload

from campus import clock, db
from campus.models import (
    Course,
    CourseOccupation,
    CourseOutcome,
    CourseSession,
    CourseState,
    Need,
    NeedSkill,
    Occupation,
    Skill,
)
from campus.planning.facts import (
    LEVELS,
    Numbers,
    posts_by_occupation,
    posts_by_skill,
    seats_by_occupation,
    seats_by_skill,
)
from campus.queries.demand_facts import COUNTED_NEEDS, DEADLINE, PLANNED, facts

QUARTERS_SHOWN = 4
NO_LEVEL = 0
FEWEST_POSTS, FEWEST_FIRMS = 5, 3


class By(enum.StrEnum):
    """What the rows of the table are."""

    SKILL = "skill"
    OCCUPATION = "occupation"


class Quarter(NamedTuple):
    """Three months of a year; year 0 stands for "no date", year 9999 for all that comes later."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date | None) -> Quarter:
        """Give the quarter of a day."""
        return UNDATED if day is None else cls(day.year, (day.month + 2) // 3)

    def following(self) -> Quarter:
        """Give the quarter after this one."""
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)

    @property
    def first_day(self) -> date:
        """Give the day the quarter begins."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def code(self) -> str:
        """Write the quarter for an address: 2027-T1, sans-date, plus-tard."""
        return {UNDATED: "sans-date", LATER: "plus-tard"}.get(self, f"{self.year}-T{self.number}")


UNDATED = Quarter(0, 1)
LATER = Quarter(9999, 4)


def quarters(today: date) -> tuple[Quarter, ...]:
    """List the columns: this quarter and the next, then later, then undated."""
    shown = [Quarter.of(today)]
    while len(shown) < QUARTERS_SHOWN:
        shown.append(shown[-1].following())
    return (*shown, LATER, UNDATED)


class Figures(dict[Quarter, int]):
    """One figure by quarter, 0 where there is none; thousands of them are made for one page, so it is a bare dict."""

    __slots__ = ()

    def __missing__(self, quarter: Quarter) -> int:
        """Answer 0 for a quarter without a figure."""
        return 0


@dataclass(slots=True)
class DemandRow:
    """One skill at one level, or one occupation, and its figures by quarter; firms are counted by occupation only."""

    key: int
    level: int
    label: str
    posts: Figures = field(default_factory=Figures)
    seats: Figures = field(default_factory=Figures)
    firms: Figures = field(default_factory=Figures)

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
class DemandTable:
    """The whole table as arrays, one line per skill and level or per occupation, the largest gap first.

    A page makes rows of the few lines that it shows. `firms` is there by occupation only: the public table hides what
    fewer than three of them stand behind; by skill nothing is published.
    """

    by: By
    columns: tuple[Quarter, ...]
    numbers: Numbers
    posts: Numbers
    seats: Numbers
    firms: Numbers | None

    def __len__(self) -> int:
        """Count the lines."""
        return len(self.numbers)

    def lines(self, kept: Numbers | slice) -> DemandTable:
        """Give some of the lines, in this order."""
        firms = self.firms[kept] if self.firms is not None else None
        return replace(self, numbers=self.numbers[kept], posts=self.posts[kept], seats=self.seats[kept], firms=firms)

    def rows(self) -> list[DemandRow]:
        """Make a row of each line, with its label."""
        keys, levels = (self.numbers // LEVELS).tolist(), (self.numbers % LEVELS).tolist()
        labels = _labels(self.by, keys)
        figures = [self._figures(each) for each in (self.posts, self.seats, self.firms)]
        return [DemandRow(*row) for row in zip(keys, levels, [labels[key] for key in keys], *figures, strict=True)]

    def _figures(self, table: Numbers | None) -> list[Figures]:
        if table is None:
            return [Figures() for _ in range(len(self))]
        return [Figures({q: n for q, n in zip(self.columns, line, strict=True) if n}) for line in table.tolist()]


def demand_table(by: By, *, today: date | None = None, search: str = "") -> DemandTable:
    """Compute the whole table, the largest gap first."""
    columns = quarters(today or clock.today())
    known, ends = facts(), np.array([each.following().first_day.toordinal() for each in columns[:QUARTERS_SHOWN]])
    if by is By.SKILL:
        posts, firms = posts_by_skill(known, ends), None
        seats = seats_by_skill(known, ends, posts.numbers)
    else:
        posts, counted = posts_by_occupation(known, ends)
        firms, seats = counted.table, seats_by_occupation(known, ends, posts.numbers)
    table = DemandTable(by, columns, posts.numbers, posts.table, seats, firms)
    table = _searched(table, search.casefold()) if search else table
    asked = table.posts.sum(axis=1)
    return table.lines(np.lexsort((table.numbers, -asked, table.seats.sum(axis=1) - asked)))


def demand(by: By, *, today: date | None = None, search: str = "") -> list[DemandRow]:
    """Compute the whole table, row by row, the largest gap first."""
    return demand_table(by, today=today, search=search).rows()


def _searched(table: DemandTable, words: str) -> DemandTable:
    keys = table.numbers // LEVELS
    named = {key for key, label in _labels(table.by, keys.tolist()).items() if words in label.casefold()}
    return table.lines(np.isin(keys, list(named)))


def _labels(by: By, keys: Collection[int]) -> dict[int, str]:
    model = Occupation if by is By.OCCUPATION else Skill
    return dict(db.session.execute(select(model.id, model.label).where(model.id.in_(set(keys)))).all())


def _asked_level() -> ColumnElement[int]:
    return func.coalesce(NeedSkill.level, literal_column(str(NO_LEVEL)))


@dataclass(frozen=True)
class Behind:
    """Which rows a figure opens: a key, perhaps a level, perhaps a quarter."""

    by: By
    key: int
    level: int | None = None
    quarter: str = ""


def needs_behind(behind: Behind, *, today: date | None = None) -> list[Need]:
    """List the needs whose posts a figure adds up, the nearest date first."""
    columns = quarters(today or clock.today())
    query = select(Need).options(joinedload(Need.organisation)).where(Need.state.in_(COUNTED_NEEDS))
    if behind.by is By.OCCUPATION:
        query = query.where(Need.occupation_id == behind.key)
    else:
        query = query.join(NeedSkill, NeedSkill.need_id == Need.id).where(NeedSkill.skill_id == behind.key)
        if behind.level is not None:
            query = query.where(_asked_level() == behind.level)
    return list(
        db.session.scalars(
            query.where(_in_column(columns, behind.quarter, DEADLINE)).order_by(DEADLINE, Need.reference)
        )
    )


def sessions_behind(behind: Behind, *, today: date | None = None) -> list[CourseSession]:
    """List the course sessions whose seats a figure adds up, the nearest date first."""
    columns = quarters(today or clock.today())
    query = (
        select(CourseSession)
        .join(Course, Course.id == CourseSession.course_id)
        .options(joinedload(CourseSession.course))
        .where(Course.state == CourseState.PUBLISHED, CourseSession.state.in_(PLANNED))
    )
    if behind.by is By.OCCUPATION:
        query = query.join(CourseOccupation, CourseOccupation.course_id == Course.id).where(
            CourseOccupation.occupation_id == behind.key
        )
    else:
        query = query.join(CourseOutcome, CourseOutcome.course_id == Course.id).where(
            CourseOutcome.skill_id == behind.key, CourseOutcome.exit_level >= (behind.level or NO_LEVEL)
        )
    wanted = _in_column(columns, behind.quarter, CourseSession.ends_on)
    return list(db.session.scalars(query.where(wanted).order_by(CourseSession.ends_on, CourseSession.id)))


def _in_column(columns: tuple[Quarter, ...], code: str, day: ColumnElement[date]) -> ColumnElement[bool]:
    """Keep the rows of one column; the first holds the past too, an unknown code keeps all."""
    quarter = next((each for each in columns if each.code == code), None)
    if quarter is None:
        return or_(day.is_(None), day.is_not(None))
    if quarter == UNDATED:
        return day.is_(None)
    if quarter == LATER:
        return day >= columns[QUARTERS_SHOWN - 1].following().first_day
    end = day < quarter.following().first_day
    return end if quarter == columns[0] else and_(day >= quarter.first_day, end)


def label_of(behind: Behind) -> str | None:
    """Name what a figure is about; None when there is no such thing."""
    model = Occupation if behind.by is By.OCCUPATION else Skill
    return db.session.scalar(select(model.label).where(model.id == behind.key))
