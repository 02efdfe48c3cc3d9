"""Requests for courses that firms have sent."""

from __future__ import annotations

import uuid

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from campus import db
from campus.models import CourseRequest, CourseRequestSkill, CourseRequestState, Need

SHOWN = 100


def course_requests() -> list[CourseRequest]:
    """List the requests, open ones first, each kind oldest first."""
    query = (
        select(CourseRequest)
        .options(joinedload(CourseRequest.need).joinedload(Need.organisation), selectinload(CourseRequest.skills))
        .order_by(CourseRequest.state != CourseRequestState.OPEN, CourseRequest.created_at)
    )
    return list(db.session.scalars(query.limit(SHOWN)))


def course_request(request_id: uuid.UUID) -> CourseRequest | None:
    """Find one request with its need and its skills."""
    return db.session.scalar(
        select(CourseRequest)
        .where(CourseRequest.id == request_id)
        .options(
            joinedload(CourseRequest.need).joinedload(Need.organisation),
            selectinload(CourseRequest.skills).joinedload(CourseRequestSkill.skill),
        )
    )
