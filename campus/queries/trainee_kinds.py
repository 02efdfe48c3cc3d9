"""What kind of trainee each person of a year is: what staff said, else what the campus can tell by itself."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, null, select

from campus import db
from campus.models import (
    Account,
    Contract,
    Course,
    CourseSession,
    Enrolment,
    EnrolmentState,
    Need,
    NeedPost,
    TraineeKind,
)
from campus.queries.paging import page_size
from campus.reports.training import BEGAN

INFERRED: ColumnElement[str | None] = case(
    (Need.contract == Contract.APPRENTICESHIP, TraineeKind.APPRENTICE.value),
    (Enrolment.reservation_id.is_not(None), TraineeKind.PRIVATE.value),
    else_=null(),
).label("inferred")
UNKNOWN = and_(
    Enrolment.trainee_kind.is_(None),
    Enrolment.reservation_id.is_(None),
    func.coalesce(Need.contract, Contract.NOT_KNOWN.value) != Contract.APPRENTICESHIP.value,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody who began a session: what staff said of their kind, and what their post or their seat tells."""

    enrolment_id: uuid.UUID
    name: str
    course: str
    starts_on: date
    said: TraineeKind | None
    inferred: TraineeKind | None


@dataclass(frozen=True, slots=True)
class Entries:
    """One page of those who began a session in a year, how many there are, and of how many the kind is not known."""

    rows: Sequence[Entry]
    total: int
    unknown: int


def with_need(query: Select[Any]) -> Select[Any]:
    """Add to a query of enrolments the need whose post the person is expected on."""
    return query.outerjoin(NeedPost, NeedPost.id == Enrolment.need_post_id).outerjoin(Need, Need.id == NeedPost.need_id)


def began_in(year: int) -> ColumnElement[bool]:
    """Say in SQL that a session began in a year and that the person came."""
    days = CourseSession.starts_on.between(date(year, 1, 1), date(year, 12, 31))
    return and_(days, Enrolment.state.in_(map(EnrolmentState, BEGAN)))


def entries_of(year: int, page: int, *, unknown: bool) -> Entries:
    """List one page of those who began a session in a year, or only those of whom no kind is known."""
    told = select(func.count().label("total"), func.count().filter(UNKNOWN).label("unknown"))
    counts = db.session.execute(_in_year(told.select_from(Enrolment), year)).one()
    size = page_size()
    query = _entries(year).order_by(Course.title, CourseSession.starts_on, Account.display_name, Enrolment.id)
    found = query.where(UNKNOWN) if unknown else query
    return Entries(_read(found.limit(size).offset(size * (page - 1))), counts.total, counts.unknown)


def entries_among(year: int, keys: Collection[uuid.UUID]) -> dict[uuid.UUID, Entry]:
    """Give those of some enrolments that count in a year."""
    return {each.enrolment_id: each for each in _read(_entries(year).where(Enrolment.id.in_(keys)))}


def inferred_kind(enrolment: Enrolment) -> TraineeKind | None:
    """Tell what kind of trainee somebody is by their post or their seat, whatever staff said."""
    found = db.session.scalar(with_need(select(INFERRED).select_from(Enrolment)).where(Enrolment.id == enrolment.id))
    return TraineeKind(found) if found else None


def _in_year(query: Select[Any], year: int) -> Select[Any]:
    joined = query.join(CourseSession, CourseSession.id == Enrolment.course_session_id)
    return with_need(joined).where(began_in(year))


def _entries(year: int) -> Select[Any]:
    person = (Enrolment.id, Account.display_name, Course.title, CourseSession.starts_on)
    query = _in_year(select(*person, Enrolment.trainee_kind, INFERRED).select_from(Enrolment), year)
    return query.join(Course, Course.id == CourseSession.course_id).join(Account, Account.id == Enrolment.account_id)


def _read(query: Select[Any]) -> list[Entry]:
    return [
        Entry(*known, inferred=TraineeKind(inferred) if inferred else None)
        for *known, inferred in db.session.execute(query)
    ]
