"""What the judge answered to a need, with the rows that the answer names."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from campus import db
from campus.matching.explanation import CODES
from campus.models import (
    Course,
    CourseRequest,
    CourseRequestState,
    CourseSession,
    Match,
    MatchFeedback,
    Need,
    NeedAnswer,
    NeedState,
)
from campus.queries.judging import RULES
from campus.queries.referentials import version_in_force

MOST_FEEDBACK, SHOWN_FEEDBACK = 2000, 50


@dataclass(frozen=True)
class StoredAnswer:
    """The answer stored for a need; `whole` is what is said of the need, `matches` come best first."""

    whole: dict[str, Any]
    rules_version: str
    referential_version: str
    computed_at: Any
    matches: tuple[Match, ...]
    courses: dict[str, Course]
    sessions: dict[str, CourseSession]
    feedback: dict[uuid.UUID, MatchFeedback] = field(default_factory=dict)
    request: CourseRequest | None = None


def published_needs() -> list[uuid.UUID]:
    """List the needs that are open, the oldest first."""
    return list(db.session.scalars(select(Need.id).where(Need.state == NeedState.PUBLISHED).order_by(Need.id)))


def stale_needs() -> list[uuid.UUID]:
    """List the open needs without an answer by today's rules and referential, the oldest first."""
    fresh = select(NeedAnswer.need_id).where(
        NeedAnswer.rules_version == RULES.version,
        NeedAnswer.referential_version == version_in_force(),
        NeedAnswer.standing.is_not(None),
    )
    open_needs = select(Need.id).where(Need.state == NeedState.PUBLISHED, Need.id.not_in(fresh))
    return list(db.session.scalars(open_needs.order_by(Need.id)))


def answer_of(need: Need) -> StoredAnswer | None:
    """Find what was answered to a need, in at most six queries; None before the first judgement."""
    stored = db.session.get(NeedAnswer, need.id)
    if stored is None:
        return None
    matches = db.session.scalars(select(Match).where(Match.need_id == need.id).order_by(Match.position)).all()
    steps = (stored.answer["pathway"] or {}).get("steps", [])
    course_ids = {match.course_id for match in matches} | {uuid.UUID(step["course_id"]) for step in steps}
    session_ids = {match.course_session_id for match in matches if match.course_session_id}
    session_ids |= {uuid.UUID(step["session_id"]) for step in steps if step["session_id"]}
    return StoredAnswer(
        whole=stored.answer,
        rules_version=stored.rules_version,
        referential_version=stored.referential_version,
        computed_at=stored.computed_at,
        matches=tuple(matches),
        courses=_courses(course_ids),
        sessions=_sessions(session_ids),
        feedback=_feedback(need),
        request=open_request(need),
    )


def _courses(ids: Collection[uuid.UUID]) -> dict[str, Course]:
    rows = db.session.scalars(select(Course).where(Course.id.in_(ids)))
    return {str(row.id): row for row in rows}


def _sessions(ids: Collection[uuid.UUID]) -> dict[str, CourseSession]:
    rows = db.session.scalars(
        select(CourseSession).where(CourseSession.id.in_(ids)).options(joinedload(CourseSession.commune))
    )
    return {str(row.id): row for row in rows}


def _feedback(need: Need) -> dict[uuid.UUID, MatchFeedback]:
    rows = db.session.scalars(
        select(MatchFeedback).where(MatchFeedback.need_id == need.id, MatchFeedback.withdrawn_at.is_(None))
    )
    return {row.course_id: row for row in rows}


def open_request(need: Need) -> CourseRequest | None:
    """Find the request for a course that waits for an answer, if there is one."""
    return db.session.scalar(
        select(CourseRequest).where(CourseRequest.need_id == need.id, CourseRequest.state == CourseRequestState.OPEN)
    )


def match_of(need: Need, course_id: uuid.UUID) -> Match | None:
    """Find the match of a need and a course."""
    return db.session.scalar(
        select(Match).where(Match.need_id == need.id, Match.course_id == course_id).options(joinedload(Match.course))
    )


@dataclass(frozen=True)
class Feedback:
    """What firms said against courses: how often, by reason, by course and by what was true of the match that day."""

    by_reason: dict[str, int]
    by_fact: dict[str, int]
    rows: tuple[MatchFeedback, ...]
    total: int


def feedback_of_firms(reason: str = "") -> Feedback:
    """Gather what firms say against courses, the latest first; a reason narrows all but the counts by reason."""
    said = select(MatchFeedback).where(MatchFeedback.withdrawn_at.is_(None))
    rows = db.session.scalars(
        said.options(joinedload(MatchFeedback.course), joinedload(MatchFeedback.need).joinedload(Need.organisation))
        .order_by(MatchFeedback.created_at.desc(), MatchFeedback.id)
        .limit(MOST_FEEDBACK)
    ).all()
    chosen = [row for row in rows if not reason or row.reason == reason]
    return Feedback(
        by_reason=dict(Counter(row.reason.value for row in rows).most_common()),
        by_fact=dict(Counter(fact for row in chosen for fact in facts_said(row.features)).most_common()),
        rows=tuple(chosen[:SHOWN_FEEDBACK]),
        total=len(chosen),
    )


def facts_said(features: Mapping[str, Any]) -> list[str]:
    """Name what was true of a match on the day a firm said that it was no answer."""
    gates = features.get("gates") or {}
    shut = [f"gate.{name}" for name, code in gates.items() if code in CODES and CODES[code].sign == "-"]
    essential = [features.get(f"essential_{each}") or 0 for each in ("met", "partial", "missing")]
    covered = "coverage.full" if essential[0] and not any(essential[1:]) else "coverage.part"
    close = {"macro", "sheet", "wording"} & set(features.get("closeness") or ())
    trade = features.get("occupation")
    return [
        *shut,
        covered,
        *(["closeness.only_close"] if close else []),
        *([f"occupation.{trade}"] if trade else []),
        *(["position.first"] if features.get("position") == 1 else []),
    ]


def feedback_counts() -> list[tuple[Course, str, int]]:
    """Count, by course and reason, how often firms said that it was not an answer."""
    rows = db.session.execute(
        select(MatchFeedback.course_id, MatchFeedback.reason, func.count())
        .where(MatchFeedback.withdrawn_at.is_(None))
        .group_by(MatchFeedback.course_id, MatchFeedback.reason)
        .order_by(func.count().desc(), MatchFeedback.course_id)
    ).all()
    courses = _courses({course_id for course_id, _, _ in rows})
    return [(courses[str(course_id)], reason.value, count) for course_id, reason, count in rows]
