"""What is behind a published figure of the demand, as far as a sponsor may see: other published figures, sessions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from campus import db
from campus.models import CourseSession, CourseSessionState, Occupation
from campus.planning.quarters import Quarter
from campus.queries.demand import By
from campus.queries.demand_behind import Behind, sessions_behind, sessions_with
from campus.queries.demand_published import FAMILY, PublishedRow, published_demand


@dataclass(frozen=True)
class Opened:
    """A published figure: the posts of a row and a quarter, the occupations that they add up, the sessions beside.

    `sessions` are those that are announced, each with the seats it counts for; `prepared` adds up the seats of others.
    """

    label: str
    quarter: Quarter
    posts: int
    seats: int
    partial: bool
    occupations: Sequence[tuple[PublishedRow, int]]
    sessions: Sequence[CourseSession]
    prepared: int


def opened(by: By, key: int | str, code: str) -> Opened | None:
    """Open a figure; None when there is no such figure, or when it is hidden."""
    columns, rows = published_demand(by)
    place = next((place for place, each in enumerate(columns) if each.code == code), None)
    row = next((each for each in rows if each.key == key), None)
    if place is None or row is None:
        return None
    posts, seats = row.posts[place], row.seats[place]
    if posts is None or not (posts or seats):
        return None
    found = sessions_behind(Behind(by, key, quarter=code))
    listed = [each for each in sessions_with(list(found)) if each.state is not CourseSessionState.PREPARATION]
    return Opened(
        label=row.label,
        quarter=columns[place],
        posts=posts,
        seats=seats,
        partial=row.partial[place],
        occupations=_occupations(str(key), place) if by is By.FAMILY else (),
        sessions=listed,
        prepared=seats - sum(each.seats_max for each in listed),
    )


def _occupations(family: str, place: int) -> list[tuple[PublishedRow, int]]:
    """Give the occupations of a family whose figure is shown, which the figure of the family adds up."""
    within = set(db.session.scalars(select(Occupation.id).where(family == FAMILY)))
    _columns, rows = published_demand(By.OCCUPATION)
    told = [(row, row.posts[place]) for row in rows if row.key in within]
    return [(row, posts) for row, posts in told if posts]
