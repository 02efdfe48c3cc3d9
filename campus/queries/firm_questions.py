"""Questions that firms are asked about their posts, and what is new for them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from campus import db
from campus.models import (
    Account,
    Course,
    CourseSession,
    CoverageEvent,
    CoverageKind,
    Match,
    Need,
    NeedPost,
    NeedState,
    PostState,
    ToldFact,
)

LIVING = (NeedState.PUBLISHED, NeedState.TO_CLARIFY)
TRAINED = (PostState.COMPLETED, PostState.PRESENTED)
BEST = 10
ASKED_FOR = timedelta(days=90)


def needs_with_trained_people(today: date) -> Sequence[Need]:
    """List the needs whose window has ended lately, with a post for which somebody is trained and nobody hired."""
    trained = select(NeedPost.need_id).where(NeedPost.state.in_(TRAINED))
    return db.session.scalars(
        select(Need)
        .options(joinedload(Need.author))
        .where(Need.id.in_(trained), Need.latest < today, Need.latest > today - ASKED_FOR)
        .order_by(Need.latest, Need.id)
    ).all()


def hires_before(instant: datetime) -> Sequence[CoverageEvent]:
    """List the lines that say "hired" from before an instant, on posts of which nothing newer is known."""
    return db.session.scalars(
        select(CoverageEvent)
        .join(CoverageEvent.need_post)
        .options(joinedload(CoverageEvent.need_post))
        .where(
            CoverageEvent.kind == CoverageKind.HIRED,
            CoverageEvent.at < instant,
            NeedPost.state == PostState.HIRED,
        )
        .order_by(CoverageEvent.at, CoverageEvent.id)
    ).all()


@dataclass(frozen=True)
class NewCoverage:
    """A course that answers a need, and its session, that were not there when the need was published."""

    need: Need
    course: Course
    course_session: CourseSession | None

    @property
    def fact(self) -> str:
        """Name the fact, so that it is told once."""
        session_id = self.course_session.id if self.course_session else ""
        return f"coverage:{self.need.id}:{self.course.id}:{session_id}"


def authors_of_living_needs() -> Sequence[uuid.UUID]:
    """List who has a need that stands."""
    return db.session.scalars(select(Need.author_id).where(Need.state.in_(LIVING)).distinct()).all()


def new_coverage_for(account: Account) -> list[NewCoverage]:
    """List what has come to answer a person's needs since they were published, and that the person was not told."""
    rows = db.session.execute(
        select(Need, Course, CourseSession)
        .select_from(Match)
        .join(Need, Need.id == Match.need_id)
        .join(Course, Course.id == Match.course_id)
        .outerjoin(CourseSession, CourseSession.id == Match.course_session_id)
        .where(
            Need.author_id == account.id,
            Need.state.in_(LIVING),
            Match.gates_open,
            Match.position <= BEST,
            or_(Course.published_at > Need.published_at, CourseSession.created_at > Need.published_at),
        )
        .order_by(Need.reference, Match.position)
    )
    told = set(db.session.scalars(select(ToldFact.fact).where(ToldFact.account_id == account.id)))
    found = [NewCoverage(*row) for row in rows]
    return [each for each in found if each.fact not in told]
