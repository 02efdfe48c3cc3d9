"""One open pool of the demo: firms that look for line operators, one of which has joined."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from sqlalchemy import select

from campus import clock, db
from campus.models import Account, Course, Need
from campus.queries.pools import posts_without_seat
from campus.services.pools import PoolPlan, agree_to_be_named, compose, join

LINE = "H3301"


def open_pool(staff: Account, needs: list[Need]) -> None:
    """Announce a pool on the course for line operators, and let the first firm join."""
    alike = [need for need in needs if need.occupation is not None and need.occupation.code == LINE]
    leads = Course.occupations.any(code=LINE)
    course = db.session.scalars(select(Course).where(leads).order_by(Course.hours.desc(), Course.title)).first()
    if course is None or len(alike) < 2:
        return
    today = clock.today()
    announced = PoolPlan(
        minimum=8,
        seats_max=12,
        deadline=today + timedelta(days=30),
        starts_on=today + timedelta(days=60),
        ends_on=today + timedelta(days=116),
        place="Campus industriel de Chartres",
        cost=Decimal(24_000),
    )
    pool = compose(staff, course, announced, needs=alike)
    wanting = posts_without_seat([each.need_id for each in pool.members])
    first = max(pool.members, key=lambda each: wanting[each.need_id])
    agree_to_be_named(first.author, join(first.author, first, wanting[first.need_id]), agreed=True)
