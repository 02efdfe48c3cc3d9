"""The two editions of a dossier: the sponsors' one hides what the pages of observers hide, the internal one nothing."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from campus.queries.report_published import PublishedReport
from campus.reports.funnel import STEPS, Cube, Group, grouped, narrowed, total

Counts = tuple[int | None, ...]


class Edition(enum.StrEnum):
    """Who a dossier is for; the word stands in the address."""

    SPONSORS = "financeurs"
    INTERNAL = "interne"


@dataclass(frozen=True)
class Funnel:
    """The funnel of a year, or of all, as an edition tells it: by step, None for a hidden figure.

    The sponsors' edition says what is published of a frozen day and nothing beside: the needs and the firms behind a
    figure are not told, and families are those of all years, as one year would be left if others were subtracted.
    """

    whole: Counts
    cohorts: Mapping[str, Counts]
    families: Mapping[str, Counts]
    firms: Counts = ()
    needs: Mapping[str, int] | None = None

    def figures(self, step: str) -> int | None:
        """Give the posts of a step."""
        return self.whole[STEPS.index(step)]


def everything(cube: Cube, year: str) -> Funnel:
    """Tell all figures of a year, or of all without one."""
    kept = narrowed(cube, lambda where: where.quarter.startswith(year))
    whole = total(kept)
    cohorts, families = (grouped(kept, key) for key in (lambda where: where.quarter, lambda where: where.family))
    return Funnel(
        _posts(whole),
        {key: _posts(group) for key, group in cohorts.items()},
        {key: _posts(group) for key, group in families.items()},
        tuple(whole.firms_behind(step) for step in STEPS),
        {key: group["needs"] for key, group in (*cohorts.items(), *families.items())},
    )


def _posts(group: Group) -> Counts:
    return tuple(group[step] for step in STEPS)


def published(report: PublishedReport, year: str) -> Funnel:
    """Tell what is published of a year: its cohorts, and their sum under each step that none of them hides."""
    cohorts = {key: posts for key, posts in report.cohorts.rows.items() if key.startswith(year)}
    sums = tuple(_sum([posts[place] for posts in cohorts.values()]) for place in range(len(STEPS)))
    return Funnel(sums if year else report.cohorts.total, cohorts, report.families.rows)


def _sum(counts: list[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None


def said(count: int | None) -> int | str:
    """Say a figure; a hidden one says so."""
    return _("caché") if count is None else count
