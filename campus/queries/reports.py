"""The books of figures: today's, a past day's told again, and the frozen ones."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import defer, joinedload

from campus import clock, db
from campus.models import FrozenReport, Organisation
from campus.queries.report_delays import delays_at
from campus.queries.report_replay import cube_at
from campus.queries.report_training import training_at
from campus.reports.book import Book


def end_of(day: date) -> datetime:
    """Give the last instant of a day in Chartres."""
    return datetime.combine(day + timedelta(days=1), time.min, clock.PARIS) - timedelta(microseconds=1)


def book_at(day: date) -> Book:
    """Tell all figures again as they stood at the end of a day."""
    instant = end_of(day)
    return Book(cube_at(instant), training_at(instant), delays_at(instant))


def frozen_reports() -> Sequence[FrozenReport]:
    """List the frozen reports without their figures, the latest day first."""
    query = select(FrozenReport).options(defer(FrozenReport.figures), joinedload(FrozenReport.author))
    return db.session.scalars(query.order_by(FrozenReport.day.desc(), FrozenReport.frozen_at.desc())).all()


def frozen_report(report_id: uuid.UUID) -> FrozenReport | None:
    """Find a frozen report with its figures."""
    return db.session.get(FrozenReport, report_id)


def frozen_on(day: date, rules: str) -> bool:
    """Tell whether a day was frozen by these rules."""
    query = select(FrozenReport.id).where(FrozenReport.day == day, FrozenReport.rules == rules)
    return db.session.scalar(query) is not None


def firm_names(keys: set[str]) -> dict[str, str]:
    """Name firms by their keys; for the staff."""
    wanted = [uuid.UUID(key) for key in keys]
    rows = db.session.execute(select(Organisation.id, Organisation.name).where(Organisation.id.in_(wanted)))
    return {str(key): name for key, name in rows}
