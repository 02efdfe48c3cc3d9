"""The needs that wait for a course, in words, for the staff."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from campus.matching.answers import Coverage
from campus.models import Course
from campus.queries.waiting import NeedLine, WaitingNeed, WaitingNeeds, needs_waiting
from campus.web.reasons import essentials_met, sentence_of


@dataclass(frozen=True)
class WaitingLine:
    """A need that waits for the course: what it would cover, and the conditions that are closed."""

    need: NeedLine
    covered: str
    full: bool
    shut: tuple[str, ...]


@dataclass(frozen=True)
class WaitingPage:
    """What the page of a course says of the needs that wait for it."""

    found: WaitingNeeds
    lines: tuple[WaitingLine, ...]


def waiting_page(course: Course) -> WaitingPage:
    """Put the needs that wait for a course into words."""
    found = needs_waiting(course)
    return WaitingPage(found, tuple(_line(each) for each in found.lines))


def _line(waiting: WaitingNeed) -> WaitingLine:
    coverage = waiting.match.coverage
    return WaitingLine(
        need=waiting.need,
        covered=_covered(coverage),
        full=coverage.essential_met == coverage.essential_total > 0,
        shut=tuple(sentence_of(gate.reason) for gate in waiting.match.closed_gates),
    )


def _covered(coverage: Coverage) -> str:
    met, total = coverage.essential_met, coverage.essential_total
    covered = essentials_met(met, total)
    if not coverage.essential_partial:
        return covered
    return _("%(covered)s, et %(partly)s en partie", covered=covered, partly=coverage.essential_partial)
