"""Freezing the figures of a day, and counting them again later."""

from __future__ import annotations

from datetime import date

from campus import clock, db
from campus.errors import Refused
from campus.models import Account, FrozenReport
from campus.queries.reports import book_at, frozen_on
from campus.reports.book import digest_of
from campus.reports.funnel import RULES
from campus.services import audit


class DayIsNotOver(Refused):
    """Figures are frozen at the end of a day that has passed."""


class DayIsFrozen(Refused):
    """The figures of this day were frozen by the same rules already."""


def freeze(actor: Account, day: date) -> FrozenReport:
    """Keep all figures as they stood at the end of a day; nobody can change them afterwards."""
    if day >= clock.today():
        raise DayIsNotOver
    if frozen_on(day, RULES):
        raise DayIsFrozen
    figures = book_at(day).written()
    made = FrozenReport(day=day, rules=RULES, figures=figures, digest=digest_of(figures), author=actor)
    db.session.add(made)
    db.session.flush()
    audit.record(actor, "report_frozen", made, day=day, rules=RULES, digest=made.digest)
    return made


def comes_out_again(report: FrozenReport) -> bool:
    """Count a frozen day again from the ledger, by its own rules, and tell whether every figure is the same."""
    return digest_of(book_at(report.day).written(report.rules)) == report.digest == digest_of(report.figures)
