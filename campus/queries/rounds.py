"""Questions about admission rounds: their sessions, who takes part, who is ranked before whom, who prefers a seat."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from campus import db
from campus.models import (
    ACTIVE,
    WAITING,
    Account,
    AdmissionRound,
    AuditEvent,
    Course,
    CourseSession,
    CourseSessionState,
    CourseState,
    Criterion,
    Enrolment,
    EnrolmentState,
    NeedPost,
    PostState,
    RoundEntry,
    RoundSession,
    RoundState,
    RoundWish,
)
from campus.queries.offers import GOT_IN, HOLDERS

SHOWN = 100
WITH_PLACE = (
    joinedload(RoundSession.course_session).joinedload(CourseSession.course),
    joinedload(RoundSession.course_session).joinedload(CourseSession.commune),
)
STILL_TO_FILL = tuple(each for each in PostState if each not in {PostState.HIRED, PostState.STAYED, PostState.LOST})


@dataclass(frozen=True)
class Figures:
    """What a list of rounds shows: how many sessions, and how many people take part."""

    sessions: int
    people: int


@dataclass(frozen=True)
class Wanted:
    """How a session of a round is wanted: wishes in all, first wishes, people who hold a place."""

    wishes: int
    first: int
    met: int


@dataclass(frozen=True)
class Facts:
    """What the criteria look at: who is expected on a post, who waited in vain for a course, who has had a seat."""

    expected: frozenset[uuid.UUID]
    waited: frozenset[tuple[uuid.UUID, uuid.UUID]]
    had_seat: frozenset[uuid.UUID]

    def meets(self, criterion: Criterion, person: uuid.UUID, course: uuid.UUID) -> bool:
        """Tell whether a person meets a criterion for a course."""
        if criterion is Criterion.EXPECTED_ON_POST:
            return person in self.expected
        if criterion is Criterion.WAITED_BEFORE:
            return (person, course) in self.waited
        return person not in self.had_seat


def live_round_of(course_session: CourseSession) -> AdmissionRound | None:
    """Find the round that decides who gets the seats of a course session."""
    return db.session.scalar(
        select(AdmissionRound)
        .join(RoundSession, RoundSession.round_id == AdmissionRound.id)
        .where(RoundSession.course_session_id == course_session.id, RoundSession.live)
        .execution_options(populate_existing=True)
    )


def rounds_of(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, AdmissionRound]:
    """Give the round of each of these course sessions that is in one."""
    found = db.session.scalars(
        select(RoundSession)
        .options(joinedload(RoundSession.round))
        .where(RoundSession.course_session_id.in_(ids), RoundSession.live)
    )
    return {each.course_session_id: each.round for each in found}


def rounds_to_close(today: date) -> Sequence[AdmissionRound]:
    """List the open rounds whose last day for wishes is past, always in the same order."""
    late = (AdmissionRound.state == RoundState.OPEN, AdmissionRound.closes_on < today)
    return db.session.scalars(select(AdmissionRound).where(*late).order_by(AdmissionRound.id)).all()


def rounds(*, prepared: bool) -> Sequence[AdmissionRound]:
    """List the rounds, the last to decide first; those in preparation or cancelled only for the staff."""
    query = select(AdmissionRound).order_by(AdmissionRound.decides_on.desc(), AdmissionRound.id).limit(SHOWN)
    hidden = (RoundState.PREPARATION, RoundState.CANCELLED)
    return db.session.scalars(query if prepared else query.where(AdmissionRound.state.not_in(hidden))).all()


def figures_by_round(found: Sequence[AdmissionRound]) -> dict[uuid.UUID, Figures]:
    """Count the sessions and the people of rounds."""
    ids = [each.id for each in found]
    sessions = _counted(select(RoundSession.round_id, func.count()).group_by(RoundSession.round_id), RoundSession, ids)
    people = select(RoundEntry.round_id, func.count()).where(RoundEntry.left_at.is_(None)).group_by(RoundEntry.round_id)
    taking_part = _counted(people, RoundEntry, ids)
    return {each: Figures(sessions.get(each, 0), taking_part.get(each, 0)) for each in ids}


def _counted(
    query: Select[tuple[uuid.UUID, int]], model: type[RoundSession | RoundEntry], ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, int]:
    return {row[0]: row[1] for row in db.session.execute(query.where(model.round_id.in_(ids)))}


def round_by_id(round_id: uuid.UUID) -> AdmissionRound | None:
    """Find a round."""
    return db.session.get(AdmissionRound, round_id)


def sessions_of(found: AdmissionRound) -> list[RoundSession]:
    """List the sessions of a round, by course and date."""
    rows = db.session.scalars(
        select(RoundSession)
        .join(RoundSession.course_session)
        .join(CourseSession.course)
        .options(*WITH_PLACE)
        .where(RoundSession.round_id == found.id)
        .order_by(Course.title, CourseSession.starts_on, CourseSession.id)
    )
    return list(rows)


def sessions_to_decide(within: AdmissionRound | None = None) -> Sequence[CourseSession]:
    """List the sessions that may come into a round: open, dated, nobody waits, in no other round."""
    waits = select(Enrolment.course_session_id).where(Enrolment.state.in_(WAITING))
    taken = select(RoundSession.course_session_id).where(RoundSession.live)
    if within is not None:
        taken = taken.where(RoundSession.round_id != within.id)
    return db.session.scalars(
        select(CourseSession)
        .join(CourseSession.course)
        .options(joinedload(CourseSession.course), joinedload(CourseSession.commune))
        .where(
            CourseSession.state.in_((CourseSessionState.OPEN, CourseSessionState.CONFIRMED)),
            Course.state == CourseState.PUBLISHED,
            CourseSession.starts_on.is_not(None),
            CourseSession.id.not_in(waits),
            CourseSession.id.not_in(taken),
        )
        .order_by(CourseSession.starts_on, CourseSession.id)
        .limit(200)
    ).all()


def wanted_by_session(found: AdmissionRound) -> dict[uuid.UUID, Wanted]:
    """Count the wishes for each session of a round, and the people who hold a place there."""
    first = func.count().filter(RoundWish.position == 1)
    met = func.count().filter(RoundWish.position == RoundEntry.met)
    rows = db.session.execute(
        select(RoundWish.course_session_id, func.count(), first, met)
        .join(RoundEntry, RoundEntry.id == RoundWish.entry_id)
        .where(RoundEntry.round_id == found.id, RoundEntry.left_at.is_(None))
        .group_by(RoundWish.course_session_id)
    )
    return {key: Wanted(*counts) for key, *counts in rows}


def entry_of(account: Account, found: AdmissionRound) -> RoundEntry | None:
    """Find what a person asked of a round, with their wishes."""
    return db.session.scalar(
        select(RoundEntry)
        .options(
            joinedload(RoundEntry.enrolment),
            selectinload(RoundEntry.wishes).joinedload(RoundWish.course_session).joinedload(CourseSession.course),
            selectinload(RoundEntry.wishes).joinedload(RoundWish.course_session).joinedload(CourseSession.commune),
        )
        .where(RoundEntry.round_id == found.id, RoundEntry.account_id == account.id)
    )


def entries_of_person(account: Account) -> Sequence[RoundEntry]:
    """List the rounds in which a person takes part, the next to decide first."""
    return db.session.scalars(
        select(RoundEntry)
        .join(RoundEntry.round)
        .options(joinedload(RoundEntry.round), selectinload(RoundEntry.wishes))
        .where(RoundEntry.account_id == account.id, RoundEntry.left_at.is_(None))
        .order_by(AdmissionRound.decides_on, RoundEntry.id)
    ).all()


def taking_part(found: AdmissionRound) -> Sequence[RoundEntry]:
    """List all who take part in a round, in the order of their coming, with their wishes."""
    return db.session.scalars(
        select(RoundEntry)
        .options(joinedload(RoundEntry.account), selectinload(RoundEntry.wishes))
        .where(RoundEntry.round_id == found.id, RoundEntry.left_at.is_(None))
        .order_by(RoundEntry.id)
        .execution_options(populate_existing=True)
    ).all()


def first_entries(found: AdmissionRound) -> Sequence[RoundEntry]:
    """List the first who take part, by name, for the staff."""
    return db.session.scalars(
        select(RoundEntry)
        .join(RoundEntry.account)
        .options(
            joinedload(RoundEntry.account),
            selectinload(RoundEntry.wishes).joinedload(RoundWish.course_session).joinedload(CourseSession.course),
        )
        .where(RoundEntry.round_id == found.id, RoundEntry.left_at.is_(None))
        .order_by(Account.display_name, RoundEntry.id)
        .limit(SHOWN)
    ).all()


def first_who_prefers(found: AdmissionRound, course_session_id: uuid.UUID) -> tuple[RoundWish, RoundEntry] | None:
    """Find the best ranked person who would rather have a seat of this session than what they hold.

    Who has confirmed a seat keeps it; who left, or gave their seat up, takes no part any more.
    """
    other = aliased(Enrolment)
    there = exists().where(
        other.course_session_id == course_session_id,
        other.account_id == RoundEntry.account_id,
        other.state.in_(ACTIVE),
    )
    may_still_move = or_(RoundEntry.enrolment_id.is_(None), Enrolment.state == EnrolmentState.OFFERED)
    prefers = or_(RoundEntry.met.is_(None), and_(may_still_move, RoundWish.position < RoundEntry.met))
    row = db.session.execute(
        select(RoundWish, RoundEntry)
        .join(RoundEntry, RoundEntry.id == RoundWish.entry_id)
        .outerjoin(Enrolment, Enrolment.id == RoundEntry.enrolment_id)
        .where(
            RoundEntry.round_id == found.id,
            RoundEntry.left_at.is_(None),
            RoundWish.course_session_id == course_session_id,
            RoundWish.rank.is_not(None),
            prefers,
            ~there,
        )
        .order_by(RoundWish.rank)
        .limit(1)
        .execution_options(populate_existing=True)
    ).first()
    return (row[0], row[1]) if row else None


def facts_about_people(found: AdmissionRound) -> Facts:
    """Tell what the criteria of a round look at, for all who take part."""
    people = select(RoundEntry.account_id).where(RoundEntry.round_id == found.id)
    theirs = select(Enrolment.account_id).where(Enrolment.account_id.in_(people))
    posts = theirs.join(NeedPost, NeedPost.id == Enrolment.need_post_id).where(NeedPost.state.in_(STILL_TO_FILL))
    lists = theirs.join(Enrolment.course_session).add_columns(CourseSession.course_id)
    waited = lists.where(Enrolment.rank.is_not(None), Enrolment.state.not_in(HOLDERS))
    return Facts(
        expected=frozenset(db.session.scalars(posts)),
        waited=frozenset((person, course) for person, course in db.session.execute(waited)),
        had_seat=frozenset(db.session.scalars(theirs.where(Enrolment.state.in_(GOT_IN)))),
    )


def already_there(found: AdmissionRound) -> set[tuple[uuid.UUID, uuid.UUID]]:
    """List who has an application to a session of a round by another way: pairs of a person and a session."""
    ids = select(RoundSession.course_session_id).where(RoundSession.round_id == found.id)
    rows = db.session.execute(
        select(Enrolment.account_id, Enrolment.course_session_id).where(
            Enrolment.course_session_id.in_(ids), Enrolment.state.in_(ACTIVE)
        )
    )
    return {(person, course_session) for person, course_session in rows}


def history_of(found: AdmissionRound) -> Sequence[AuditEvent]:
    """List what happened to a round, oldest first."""
    return db.session.scalars(
        select(AuditEvent)
        .options(joinedload(AuditEvent.actor))
        .where(AuditEvent.subject_kind == AdmissionRound.__tablename__, AuditEvent.subject_id == str(found.id))
        .order_by(AuditEvent.at, AuditEvent.id)
    ).all()
