"""What stands behind a figure of the funnel: needs with their posts."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from campus import db
from campus.models import Need
from campus.queries.report_cube import CountedNeed, needs_today
from campus.queries.report_replay import needs_at
from campus.reports.funnel import COUNTS, Where


@dataclass(frozen=True)
class Behind:
    """Which figure is opened: its step, and the cohort (or its year), the family and the firm it is narrowed to."""

    step: str
    quarter: str | None = None
    family: str | None = None
    firm: str | None = None
    year: str = ""

    def holds(self, where: Where) -> bool:
        """Tell whether a need is counted there."""
        asked = (self.quarter, self.family, self.firm)
        alike = all(wanted in (None, found) for wanted, found in zip(asked, where, strict=True))
        return alike and where.quarter.startswith(self.year)


def needs_behind(behind: Behind, instant: datetime | None = None) -> list[tuple[uuid.UUID, int]]:
    """List the needs that a figure adds up, each with its part, the largest first; today's or a past day's."""
    known: Iterable[CountedNeed] = needs_at(instant) if instant else needs_today()
    place = COUNTS.index(behind.step)
    found = [(key, counts[place]) for key, where, counts in known if counts[place] and behind.holds(where)]
    return sorted(found, key=lambda pair: (-pair[1], str(pair[0])))


def needs_by_id(keys: Sequence[uuid.UUID]) -> dict[uuid.UUID, Need]:
    """Load needs with their firm and trade."""
    query = select(Need).options(joinedload(Need.organisation), joinedload(Need.occupation)).where(Need.id.in_(keys))
    return {each.id: each for each in db.session.scalars(query)}
