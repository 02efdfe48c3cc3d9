"""Questions about documents: each limited to what the asker may see."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, CompoundSelect, false, func, select, true, union
from sqlalchemy.orm import joinedload, undefer

from campus import clock, db
from campus.models import (
    THERE,
    Account,
    Attendance,
    CourseSession,
    Document,
    DocumentKind,
    Enrolment,
    Need,
    Role,
    SeatReservation,
    SkillResult,
    Slot,
)
from campus.queries.needs import granted_organisation_ids

TO_THE_PERSON = (DocumentKind.CONTRACT, DocumentKind.CALL_UP, DocumentKind.CERTIFICATE, DocumentKind.ATTESTATION)


def visible_to(account: Account) -> ColumnElement[bool]:
    """Say which documents a person may open: staff all, a trainee their own, a firm what it signs."""
    if account.role is Role.STAFF:
        return true()
    if account.role is Role.TRAINEE:
        mine = select(Enrolment.id).where(Enrolment.account_id == account.id)
        return Document.kind.in_(TO_THE_PERSON) & Document.enrolment_id.in_(mine)
    if account.role is Role.EMPLOYER:
        sites = granted_organisation_ids(account)
        seats = select(SeatReservation.id).where(SeatReservation.organisation_id.in_(sites))
        needs = select(Need.id).where(Need.organisation_id.in_(sites))
        return Document.reservation_id.in_(seats) | Document.need_id.in_(needs)
    return false()


def document_of(account: Account, document_id: uuid.UUID) -> Document | None:
    """Find a document that the person may open, with its bytes."""
    query = select(Document).options(undefer(Document.content))
    return db.session.scalar(query.where(Document.id == document_id, visible_to(account)))


def documents_of(account: Account) -> Sequence[Document]:
    """List the current documents that concern a person, the newest first."""
    return db.session.scalars(
        select(Document)
        .where(Document.current, visible_to(account))
        .order_by(Document.issued_at.desc(), Document.id)
        .limit(200)
    ).all()


def documents_in(course_session_id: uuid.UUID) -> Sequence[Document]:
    """List the current documents of a course session, those of its people and of its firms included; for the staff."""
    return db.session.scalars(
        select(Document)
        .where(Document.current, Document.course_session_id == course_session_id)
        .order_by(Document.number)
    ).all()


def current_document(kind: DocumentKind, subject: str, locale: str) -> Document | None:
    """Find the version of a document that counts."""
    return db.session.scalar(
        select(Document).where(
            Document.kind == kind, Document.subject == subject, Document.locale == locale, Document.current
        )
    )


def programme_of(course_id: uuid.UUID) -> Document | None:
    """Find the programme of a course, with its bytes; the public may read it."""
    return db.session.scalar(
        select(Document)
        .options(undefer(Document.content))
        .where(Document.kind == DocumentKind.PROGRAMME, Document.course_id == course_id, Document.current)
    )


def has_programme(course_id: uuid.UUID) -> bool:
    """Tell whether the programme of a course was issued."""
    query = select(Document.id).where(
        Document.kind == DocumentKind.PROGRAMME, Document.course_id == course_id, Document.current
    )
    return db.session.scalar(query) is not None


@dataclass(frozen=True)
class Verified:
    """A document that bears this number and this code, and the number of the version that counts today."""

    document: Document
    latest: int


def verified(number: str, code: str) -> Verified | None:
    """Find the document that bears a number and a code; a number without its code finds nothing."""
    document = db.session.scalar(select(Document).where(Document.number == number, Document.code == code))
    if document is None:
        return None
    latest = db.session.scalar(select(func.max(Document.version)).where(Document.number == number))
    return Verified(document, latest or document.version)


def minutes_attended(enrolment: Enrolment) -> int:
    """Add up the minutes that somebody was there."""
    return (
        db.session.scalar(
            select(func.sum(Attendance.minutes)).where(
                Attendance.enrolment_id == enrolment.id, Attendance.state.in_(THERE)
            )
        )
        or 0
    )


def results_of(enrolment: Enrolment) -> dict[int, SkillResult]:
    """Give what somebody reached, by the key of the skill."""
    found = db.session.scalars(
        select(SkillResult).options(joinedload(SkillResult.assessor)).where(SkillResult.enrolment_id == enrolment.id)
    )
    return {each.skill_id: each for each in found}


def half_days_of(course_session_id: uuid.UUID) -> Sequence[Slot]:
    """List the half-days of a session that were not cancelled, in the order of time."""
    return db.session.scalars(
        select(Slot)
        .options(joinedload(Slot.room), joinedload(Slot.trainer))
        .where(Slot.course_session_id == course_session_id, Slot.cancelled_at.is_(None))
        .order_by(Slot.day, Slot.begins, Slot.id)
    ).all()


def subjects_kept_since(day: date) -> CompoundSelect[tuple[str]]:
    """Name the subjects whose session ended, or whose last letter was issued, before a day."""
    ends = func.coalesce(CourseSession.ends_on, CourseSession.starts_on)
    issued = func.max(Document.issued_at) < datetime.combine(day, time(), clock.PARIS)
    letters = select(Document.subject).where(Document.need_id.is_not(None)).group_by(Document.subject).having(issued)
    return union(select(Document.subject).join(Document.course_session).where(ends < day), letters)
