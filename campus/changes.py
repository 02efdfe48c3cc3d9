"""What is written is noted in the same transaction, and read by each process before it uses what it holds in memory.

Transactions of PostgreSQL end in another order than they begin in, so that a number given early may be seen late. A
reader therefore knows for sure only what comes before the oldest transaction still running; what it has read beyond
that is remembered row by row, and the rest is asked for again. SQLite lets one writer in at a time: there the order
of the numbers is that of the commits.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, String, cast, func, insert, literal, select, true
from sqlalchemy.orm import Session, SessionTransaction

from campus import clock
from campus.models import (
    Change,
    ChangeKind,
    Commitment,
    Commune,
    Course,
    CourseOutcome,
    CourseSession,
    CoverageEvent,
    Enrolment,
    Need,
    NeedPost,
    NeedSkill,
    Occupation,
    OccupationSkill,
    Satisfaction,
    Skill,
)

Subject = tuple[ChangeKind, uuid.UUID | None]
EVERYTHING: Subject = (ChangeKind.EVERYTHING, None)
REPORTED: Subject = (ChangeKind.REPORTED, None)
OWNED = (
    (Course, ChangeKind.COURSE, "id"),
    (CourseOutcome, ChangeKind.COURSE, "course_id"),
    (CourseSession, ChangeKind.COURSE, "course_id"),
    (Need, ChangeKind.NEED, "id"),
    (NeedSkill, ChangeKind.NEED, "need_id"),
    (NeedPost, ChangeKind.NEED, "need_id"),
    (Commitment, ChangeKind.NEED, "need_id"),
)
COUNTED = (Commitment, CoverageEvent, NeedPost, Enrolment, Satisfaction, CourseSession, Course, Need)
LEANED_ON = (Occupation, OccupationSkill, Commune)
NOTED, AUTHOR = "changes noted", "changes author"
AT_ONCE = 400
NEVER = 1 << 62


@dataclass(frozen=True, slots=True)
class Seen:
    """How far changes were read: all before a number, and some rows beyond it; the first row there was then."""

    below: int
    beyond: frozenset[int] = frozenset()
    first: int = 1


@dataclass(frozen=True, slots=True)
class News:
    """What was written since: how far it was read, and what about; `missed` when older rows are gone already."""

    seen: Seen
    subjects: frozenset[Subject]
    missed: bool


def note(session: Session, kind: ChangeKind, ids: Iterable[uuid.UUID | None]) -> None:
    """Note in the session's transaction that things were written; the ORM's own writes are noted without this."""
    listed = sorted(set(ids), key=str)
    if not listed:
        return
    noted(session).update((kind, each) for each in listed)
    connection = session.connection()
    common = {"kind": kind, "author": author_of(session), "at": clock.now()}
    number = _transaction_number(connection.dialect.name)
    for start in range(0, len(listed), AT_ONCE):
        rows = [{**common, "subject_id": each} for each in listed[start : start + AT_ONCE]]
        connection.execute(insert(Change).values(transaction_number=number), rows)


def note_everything(session: Session) -> None:
    """Note that what all courses and needs lean on was written: skills, occupations, communes, or all of them."""
    note(session, ChangeKind.EVERYTHING, [None])


def note_flush(session: Session, _context: Any) -> None:
    """Note what a flush has just written."""
    found: dict[ChangeKind, set[uuid.UUID | None]] = {}
    for kind, subject in _written(session):
        found.setdefault(kind, set()).add(subject)
    for kind, ids in found.items():
        note(session, kind, ids)


def _written(session: Session) -> Iterator[Subject]:
    changed = [each for each in session.dirty if session.is_modified(each)]
    for each in (*session.new, *changed, *session.deleted):
        for model, kind, name in OWNED:
            if isinstance(each, model) and getattr(each, name) is not None:
                yield kind, getattr(each, name)
        if isinstance(each, COUNTED):
            yield REPORTED
        if isinstance(each, LEANED_ON):
            yield EVERYTHING
    # A new skill changes nothing until something names it.
    if any(isinstance(each, Skill) for each in (*changed, *session.deleted)):
        yield EVERYTHING


def noted(session: Session) -> set[Subject]:
    """Give what the session has written since its transaction began."""
    found: set[Subject] = session.info.setdefault(NOTED, set())
    return found


def author_of(session: Session) -> int:
    """Give the number by which the rows noted in this transaction are told from others'."""
    number: int = session.info.setdefault(AUTHOR, secrets.randbits(62) + 1)
    return number


def forget_noted(session: Session, transaction: SessionTransaction) -> None:
    """Forget what was kept for a transaction at its end, whether it was committed or not."""
    if transaction.parent is None:
        session.info.clear()


def news(session: Session, seen: Seen, *, own: bool = False) -> News:
    """Read what others (or, with `own`, everybody) have written since, in one query."""
    dialect = session.connection().dialect.name
    position = _position(dialect)
    columns = (Change.id, Change.kind, Change.subject_id, position.label("position"))
    ends, theirs = _ends(dialect).subquery(), Change.author != (0 if own else author_of(session))
    rows = session.execute(
        select(ends, *columns).select_from(ends).outerjoin(Change, (position >= seen.below) & theirs)
    ).all()
    found = [row for row in rows if row.id is not None]
    below = min(rows[0].running, max([seen.below, *(row.position + 1 for row in found)]))
    first, first_at = rows[0].first_id or seen.first, rows[0].first_at or seen.below
    return News(
        seen=Seen(below, frozenset(row.id for row in found if row.position >= below), first),
        subjects=frozenset((row.kind, row.subject_id) for row in found if row.id not in seen.beyond),
        missed=first > seen.first and seen.below < first_at,
    )


def up_to_now(session: Session, *, own: bool = False) -> Seen:
    """Tell how far somebody has read who reads everything from now on."""
    dialect = session.connection().dialect.name
    ends = session.execute(_ends(dialect)).one()
    theirs = Change.author != (0 if own else author_of(session))
    last = session.scalar(select(func.max(_position(dialect))).where(theirs)) or 0
    return news(session, Seen(min(ends.running, last + 1), first=ends.first_id or 1), own=own).seen


def _ends(dialect: str) -> Select[Any]:
    """Ask for the number below which every transaction has ended, and for the first row that is kept."""
    position = _position(dialect)
    first = select(Change.id, position.label("at")).order_by(position, Change.id).limit(1).subquery()
    running = select(_oldest_running(dialect).label("running")).subquery()
    return (
        select(running.c.running, first.c.id.label("first_id"), first.c.at.label("first_at"))
        .select_from(running)
        .outerjoin(first, true())
    )


def ids_of(subjects: Collection[Subject], kind: ChangeKind) -> set[uuid.UUID]:
    """Give the ids of what is of one kind."""
    return {each for one, each in subjects if one == kind and each is not None}


def _position(dialect: str) -> Any:
    """Give what orders changes as readers come to see them."""
    return Change.transaction_number if dialect == "postgresql" else Change.id


def _transaction_number(dialect: str) -> Any:
    return _number(func.pg_current_xact_id()) if dialect == "postgresql" else 0


def _oldest_running(dialect: str) -> ColumnElement[int]:
    """Give a number below which every transaction has ended."""
    if dialect == "postgresql":
        return _number(func.pg_snapshot_xmin(func.pg_current_snapshot()))
    return literal(NEVER)


def _number(transaction_id: ColumnElement[Any]) -> ColumnElement[int]:
    return cast(cast(transaction_id, String), BigInteger)


def prunable(session: Session, before: Any) -> Select[tuple[int]]:
    """Ask for the rows written before an instant that may go: the last of them stays, to tell that others went."""
    position = _position(session.connection().dialect.name)
    oldest_kept = select(func.max(position)).where(Change.at < before).scalar_subquery()
    return select(Change.id).where(position < oldest_kept)
