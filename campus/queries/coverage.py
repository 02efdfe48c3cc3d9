"""Questions to the coverage ledger: of a post, of a need, of a past day."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import joinedload

from campus import db
from campus.lifecycles.coverage import Line, PostCoverage, figures, need_coverage, post_coverage
from campus.models import CourseSession, CoverageEvent, Enrolment, Need, NeedPost, NeedState, PostState, SeatReservation


@dataclass(frozen=True)
class CoveredPost:
    """A post, what the ledger knows of it, and its lines, the oldest first."""

    post: NeedPost
    coverage: PostCoverage
    events: Sequence[CoverageEvent]


def as_line(event: CoverageEvent | Row[Any]) -> Line:
    """Give a row of the ledger as the fold reads it."""
    return Line(
        key=str(event.id),
        kind=event.kind.value,
        number=event.number,
        source=event.source.value,
        candidate=str(event.enrolment_id) if event.enrolment_id else event.evidence.get("reservation"),
        about=str(event.about_id) if event.about_id else None,
    )


def coverage_of(events: Iterable[CoverageEvent]) -> PostCoverage:
    """Fold the lines of one post."""
    return post_coverage(map(as_line, events))


def events_of_post(post_id: uuid.UUID) -> Sequence[CoverageEvent]:
    """List the lines of one post, the oldest first."""
    return db.session.scalars(
        select(CoverageEvent).where(CoverageEvent.need_post_id == post_id).order_by(CoverageEvent.number)
    ).all()


def covered_posts(need: Need) -> list[CoveredPost]:
    """List the posts of a need with what the ledger knows of each."""
    posts = db.session.scalars(select(NeedPost).where(NeedPost.need_id == need.id).order_by(NeedPost.number)).all()
    found = db.session.scalars(
        select(CoverageEvent)
        .join(CoverageEvent.need_post)
        .where(NeedPost.need_id == need.id)
        .options(
            joinedload(CoverageEvent.actor),
            joinedload(CoverageEvent.enrolment).joinedload(Enrolment.account),
            joinedload(CoverageEvent.enrolment).joinedload(Enrolment.course_session),
        )
        .order_by(CoverageEvent.number)
    )
    lines = _by_post(found)
    return [CoveredPost(post, coverage_of(lines[post.id]), lines[post.id]) for post in posts]


def coverage_of_need(need: Need) -> str:
    """Tell how far a need is covered, from the states of its posts."""
    states = db.session.scalars(select(NeedPost.state).where(NeedPost.need_id == need.id))
    return need_coverage([state.value for state in states])


def figures_at(instant: datetime) -> Mapping[str, int]:
    """Give the figures of the ledger as they stood at an instant: what was written after it is left out."""
    found = db.session.scalars(select(CoverageEvent).where(CoverageEvent.at <= instant).order_by(CoverageEvent.number))
    return figures(coverage_of(events) for events in _by_post(found).values())


def post_of(need: Need, post_id: uuid.UUID) -> NeedPost | None:
    """Find a post of a need."""
    return db.session.scalar(select(NeedPost).where(NeedPost.id == post_id, NeedPost.need_id == need.id))


def event_of(need: Need, event_id: uuid.UUID) -> CoverageEvent | None:
    """Find a line about a post of a need."""
    return db.session.scalar(
        select(CoverageEvent)
        .join(CoverageEvent.need_post)
        .where(CoverageEvent.id == event_id, NeedPost.need_id == need.id)
    )


def candidate_of(post: NeedPost, enrolment_id: uuid.UUID) -> Enrolment | None:
    """Find somebody who is or was a candidate for a post."""
    known = select(CoverageEvent.enrolment_id).where(CoverageEvent.need_post_id == post.id)
    return db.session.scalar(select(Enrolment).where(Enrolment.id == enrolment_id, Enrolment.id.in_(known)))


def candidate_for(need: Need, enrolment_id: uuid.UUID) -> Enrolment | None:
    """Find somebody who is or was a candidate for a post of a need, with their account and course."""
    known = select(CoverageEvent.enrolment_id).join(CoverageEvent.need_post).where(NeedPost.need_id == need.id)
    return db.session.scalar(
        select(Enrolment)
        .options(joinedload(Enrolment.account), joinedload(Enrolment.course_session).joinedload(CourseSession.course))
        .where(Enrolment.id == enrolment_id, Enrolment.id.in_(known))
    )


def posts_reserved_by(reservation: SeatReservation) -> list[uuid.UUID]:
    """List the posts for which a firm's reserved seat still stands without a name, in their order."""
    posts = db.session.scalars(
        select(NeedPost.id).where(NeedPost.need_id == reservation.need_id).order_by(NeedPost.number)
    )
    key = str(reservation.id)
    return [each for each in posts if coverage_of(events_of_post(each)).candidates.get(key) == "reserved"]


def posts_to_fill(most: int = 200) -> Sequence[tuple[NeedPost, Need]]:
    """List the posts of published needs on which nobody is hired yet, for the staff."""
    filled = (PostState.HIRED, PostState.STAYED, PostState.LOST)
    rows = db.session.execute(
        select(NeedPost, Need)
        .join(Need, Need.id == NeedPost.need_id)
        .options(joinedload(Need.organisation))
        .where(Need.state == NeedState.PUBLISHED, NeedPost.state.not_in(filled))
        .order_by(Need.reference, NeedPost.number)
        .limit(most)
    )
    return [(post, need) for post, need in rows]


def _by_post(events: Iterable[CoverageEvent]) -> Mapping[uuid.UUID, list[CoverageEvent]]:
    found: dict[uuid.UUID, list[CoverageEvent]] = defaultdict(list)
    for event in events:
        found[event.need_post_id].append(event)
    return found
