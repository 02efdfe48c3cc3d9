"""Demand: posts by skill or occupation, level and quarter, beside the seats planned. Computed, never stored."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, literal_column, or_, select
from sqlalchemy.orm import joinedload

from campus import clock, db
from campus.models import (
    Course,
    CourseOccupation,
    CourseOutcome,
    CourseSession,
    CourseSessionState,
    CourseState,
    Need,
    NeedSkill,
    NeedState,
    Occupation,
    Skill,
)

COUNTED_NEEDS = (NeedState.PUBLISHED,)
PLANNED = (
    CourseSessionState.PREPARATION,
    CourseSessionState.OPEN,
    CourseSessionState.CONFIRMED,
    CourseSessionState.RUNNING,
)
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
    label: str = ""
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


def demand(by: By, *, today: date | None = None, search: str = "") -> list[DemandRow]:
    """Compute the whole table, the largest gap first."""
    columns = quarters(today or clock.today())
    rows: dict[tuple[int, int], DemandRow] = {}
    for key, level, number, posts, firms in db.session.execute(_posts(by, columns)):
        row = rows.get((key, level)) or rows.setdefault((key, level), DemandRow(key, level))
        row.posts[columns[number]] = posts
        row.firms[columns[number]] = firms
    for key, level, number, seats in db.session.execute(_seats(by, columns)):
        for row in _served(rows, key, level):
            row.seats[columns[number]] += seats
    _label(by, rows.values())
    kept = [row for row in rows.values() if search.casefold() in row.label.casefold()]
    return sorted(kept, key=lambda row: (-row.gap, -row.total_posts, row.label, row.level))


def _served(rows: dict[tuple[int, int], DemandRow], key: int, level: int) -> Iterable[DemandRow]:
    """Give the rows that a seat serves: the same key, at the level reached or below."""
    return [row for asked in range(level + 1) if (row := rows.get((key, asked))) is not None]


def _column(columns: tuple[Quarter, ...], day: ColumnElement[date | None]) -> ColumnElement[int]:
    """Give the place of a day among the columns: the past counts with the current one, for it is still to be covered.

    Dates and places are written into the statement, for PostgreSQL groups only by what it sees to be the same.
    """
    ends = [literal(each.following().first_day, literal_execute=True) for each in columns[:QUARTERS_SHOWN]]
    places = [literal_column(str(place)) for place in range(len(columns))]
    later, undated = columns.index(LATER), columns.index(UNDATED)
    before = [(day < end, place) for end, place in zip(ends, places, strict=False)]
    return case((day.is_(None), places[undated]), *before, else_=places[later])


def _posts(by: By, columns: tuple[Quarter, ...]) -> Select[tuple[int, int, int, int, int]]:
    """Sum the posts of open needs; the quarter is that of the latest date.

    Firms are counted by occupation, for the public table hides what fewer than three of them stand behind; by skill
    nothing is published, and counting them apart would double the time.
    """
    column = _column(columns, func.coalesce(Need.latest, Need.earliest))
    trade = (Need.occupation_id, literal_column(str(NO_LEVEL)))
    key, level = trade if by is By.OCCUPATION else (NeedSkill.skill_id, _asked_level())
    firms = func.count(Need.organisation_id.distinct()) if by is By.OCCUPATION else literal_column("0")
    query = select(key, level, column, func.sum(Need.posts), firms).where(Need.state.in_(COUNTED_NEEDS))
    if by is By.OCCUPATION:
        return query.where(Need.occupation_id.is_not(None)).group_by(key, column)
    return query.join(NeedSkill, NeedSkill.need_id == Need.id).group_by(key, _asked_level(), column)


def _asked_level() -> ColumnElement[int]:
    return func.coalesce(NeedSkill.level, literal_column(str(NO_LEVEL)))


def _seats(by: By, columns: tuple[Quarter, ...]) -> Select[tuple[int, int, int, int]]:
    """Sum the seats of the sessions planned; the quarter is that of the end."""
    column = _column(columns, CourseSession.ends_on)
    if by is By.OCCUPATION:
        key, level, link = CourseOccupation.occupation_id, literal_column(str(NO_LEVEL)), CourseOccupation.course_id
    else:
        key, level, link = CourseOutcome.skill_id, CourseOutcome.exit_level, CourseOutcome.course_id
    grouped = [key, column] if by is By.OCCUPATION else [key, level, column]
    return (
        select(key, level, column, func.sum(CourseSession.seats_max))
        .join(Course, Course.id == CourseSession.course_id)
        .join_from(Course, CourseOccupation if by is By.OCCUPATION else CourseOutcome, link == Course.id)
        .where(Course.state == CourseState.PUBLISHED, CourseSession.state.in_(PLANNED))
        .group_by(*grouped)
    )


def _label(by: By, rows: Iterable[DemandRow]) -> None:
    model = Occupation if by is By.OCCUPATION else Skill
    keys = {row.key for row in rows}
    labels = dict(db.session.execute(select(model.id, model.label).where(model.id.in_(keys))).all())
    for row in rows:
        row.label = labels[row.key]


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
    day = func.coalesce(Need.latest, Need.earliest)
    return list(db.session.scalars(query.where(_in_column(columns, behind.quarter, day)).order_by(day, Need.reference)))


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
