"""The frozen figures as sponsors and everybody may read them: small ones hidden, and those that would reveal them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import defer

from campus import db
from campus.models import FrozenReport
from campus.queries.firms import firms_of_sites
from campus.queries.reports import frozen_report
from campus.reports.book import read
from campus.reports.funnel import STEPS, Group, by_firm, grouped, total
from campus.reports.hiding import Line, Published, publish_together

KEPT = 16


@dataclass(frozen=True)
class PublishedReport:
    """A frozen day as it is published: by family and by cohort, with one total."""

    id: uuid.UUID
    day: date
    rules: str
    families: Published
    cohorts: Published
    firms: int


def latest_report() -> FrozenReport | None:
    """Find the last day that was frozen, without its figures."""
    query = select(FrozenReport).options(defer(FrozenReport.figures))
    return db.session.scalar(query.order_by(FrozenReport.day.desc(), FrozenReport.frozen_at.desc()).limit(1))


def published_report(report_id: uuid.UUID) -> PublishedReport | None:
    """Give a frozen day as it is published; worked out once a process, for it never changes."""
    try:
        return _published(report_id)
    except LookupError:
        return None


@lru_cache(maxsize=KEPT)
def _published(report_id: uuid.UUID) -> PublishedReport:
    report = frozen_report(report_id)
    if report is None:
        raise LookupError
    cube = by_firm(read(report.figures).funnel, firms_of_sites())
    whole = total(cube)
    tables = [_lines(grouped(cube, lambda where: where.family)), _lines(grouped(cube, lambda where: where.quarter))]
    families, cohorts = publish_together(tables, _line(whole))
    return PublishedReport(report.id, report.day, report.rules, families, cohorts, whole.firms_behind("declared"))


def _lines(groups: Mapping[str, Group]) -> dict[str, Line]:
    return {key: _line(group) for key, group in groups.items()}


def _line(group: Group) -> Line:
    return Line(tuple(group[step] for step in STEPS), tuple(group.firms_behind(step) for step in STEPS))
