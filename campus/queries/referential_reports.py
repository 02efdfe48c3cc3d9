"""Questions about the versions in force, and what was written with sheets that are no longer in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Subquery, func, or_, select

from campus import db
from campus.models import CourseOccupation, Need, NeedState, Occupation, ReferentialVersion

OVER = (NeedState.WITHDRAWN, NeedState.COVERED, NeedState.REFUSED)


@dataclass(frozen=True)
class ToFile:
    """A retired sheet, with the open needs and the courses that still name it."""

    code: str
    label: str
    needs: int
    courses: int


def versions_in_force() -> Sequence[ReferentialVersion]:
    """List the version imported last of each list, the latest first."""
    latest = select(ReferentialVersion.source, func.max(ReferentialVersion.imported_at).label("at"))
    last = latest.group_by(ReferentialVersion.source).subquery()
    same = (last.c.source == ReferentialVersion.source) & (last.c.at == ReferentialVersion.imported_at)
    query = select(ReferentialVersion).join(last, same).order_by(ReferentialVersion.imported_at.desc())
    return db.session.scalars(query).all()


def sheets_to_file_again() -> list[ToFile]:
    """List the retired sheets that open needs or courses still name."""
    needs = counted(Need.occupation_id, Need.state.not_in(OVER))
    courses = counted(CourseOccupation.occupation_id)
    asked, taught = func.coalesce(needs.c.n, 0), func.coalesce(courses.c.n, 0)
    query = (
        select(Occupation.code, Occupation.label, asked, taught)
        .outerjoin(needs, needs.c.occupation_id == Occupation.id)
        .outerjoin(courses, courses.c.occupation_id == Occupation.id)
        .where(Occupation.retired_in_id.is_not(None), or_(asked > 0, taught > 0))
        .order_by(Occupation.code)
    )
    return [ToFile(*row) for row in db.session.execute(query)]


def counted(column: Any, *conditions: Any) -> Subquery:
    """Count the rows of each value of a column, as `n`."""
    return select(column, func.count().label("n")).where(*conditions).group_by(column).subquery()
