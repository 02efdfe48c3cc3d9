"""What is drawn by lot for a generated campus: trades, places, times; the same for the same seed."""

from __future__ import annotations

import random
import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from campus import clock, db
from campus.models import Account, Base, Occupation, OccupationSkill, Role, random_id
from campus.models.territory import Commune
from campus.queries.referentials import latest_version

Row = dict[str, Any]
Table = tuple[str, type[Base], list[Row]]
KINDS_OF_TRADE = 240
YEARS_BACK = 3
DAYS_BACK = 365 * YEARS_BACK
LATEST = timedelta(minutes=5)


@dataclass(frozen=True)
class Trade:
    """An occupation, its title and the skills of its sheet."""

    id: int
    code: str
    label: str
    skills: tuple[int, ...]


class Draw:
    """Draws from what the database holds."""

    def __init__(self, seed: int) -> None:
        self.luck = random.Random(seed)  # noqa: S311 (made-up data, the same for the same seed)
        self.now, self.today = clock.now() - LATEST, clock.today()
        self.trades = self._trades()
        self.communes = list(db.session.scalars(select(Commune.code).order_by(Commune.code).limit(400)))
        self.version = getattr(latest_version(), "id", None)
        self.staff: uuid.UUID | None = db.session.scalar(
            select(Account.id).where(Account.role == Role.STAFF).order_by(Account.email)
        )

    def _trades(self) -> list[Trade]:
        """Take the trades whose sheet has enough skills; the first are the most asked."""
        sheets: dict[int, list[int]] = defaultdict(list)
        core = select(OccupationSkill.occupation_id, OccupationSkill.skill_id).order_by(
            OccupationSkill.occupation_id, OccupationSkill.core.desc(), OccupationSkill.skill_id
        )
        for occupation_id, skill_id in db.session.execute(core):
            sheets[occupation_id].append(skill_id)
        columns = (Occupation.id, Occupation.code, Occupation.label)
        trades = db.session.execute(select(*columns).order_by(Occupation.code)).all()
        found = [Trade(*each, tuple(sheets[each.id][:20])) for each in trades if len(sheets[each.id]) >= 6]
        self.luck.shuffle(found)
        return found[:KINDS_OF_TRADE]

    def trade(self) -> Trade:
        """Choose a trade; a few are asked often, many seldom."""
        return self.trades[min(int(self.luck.paretovariate(0.8)) - 1, len(self.trades) - 1)]

    def stamps(self, days: int = 60) -> Row:
        """Give the times of a row made in the last days."""
        at = self.now - timedelta(minutes=self.luck.randrange(days * 1440))
        return {"created_at": at, "updated_at": at}

    def happens(self, share: float) -> bool:
        """Tell whether something that happens so often happens now."""
        return self.luck.random() < share

    def later(self, day: date, fewest: int, most: int) -> date:
        """Give a day some days after another."""
        return day + timedelta(days=self.luck.randint(fewest, most))

    def within(self, day: date) -> datetime:
        """Give a moment of a day's working hours; of today, one that has passed."""
        at = datetime.combine(day, time(7), UTC) + timedelta(minutes=self.luck.randrange(540))
        return min(at, self.now)


def logged(
    kind: str, key: uuid.UUID, action: str, *, at: datetime, actor: uuid.UUID | None, details: Row | None = None
) -> Row:
    """Give one line of the audit log."""
    subject = {"subject_kind": kind, "subject_id": str(key)}
    return {"id": random_id(), "at": at, "actor_id": actor, **subject, "action": action, "details": details or {}}
