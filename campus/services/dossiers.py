"""Keeping what the staff type for dossiers: targets of indicators, amounts of a year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from campus import db
from campus.models import Account, IndicatorTarget, YearlyAmount
from campus.services import audit


@dataclass(frozen=True)
class Target:
    """Where an indicator started, where it should be by when, who said so, who answers for it."""

    baseline: Decimal | None
    baseline_on: date | None
    target: Decimal | None
    target_on: date | None
    source: str
    responsible: str


def set_target(actor: Account, figure: str, target: Target) -> IndicatorTarget:
    """Keep what was typed of an indicator."""
    row = db.session.scalar(select(IndicatorTarget).where(IndicatorTarget.figure == figure))
    row = row or IndicatorTarget(figure=figure)
    before = {name: getattr(row, name) for name in asdict(target)}
    for name, value in asdict(target).items():
        setattr(row, name, value)
    row.author_id = actor.id
    db.session.add(row)
    db.session.flush()
    changed = {name: [before[name], value] for name, value in asdict(target).items() if before[name] != value}
    audit.record(actor, "indicator_set", row, figure=figure, changed=changed)
    return row


def set_amounts(actor: Account, year: int, amounts: Mapping[str, Decimal | None]) -> None:
    """Keep the amounts of a year; a line left empty is not known any more."""
    rows = {each.line: each for each in db.session.scalars(select(YearlyAmount).where(YearlyAmount.year == year))}
    for line, amount in amounts.items():
        row = rows.get(line)
        before = row.amount if row else None
        if amount == before:
            continue
        if amount is None and row is not None:
            audit.record(actor, "amount_set", row, year=year, line=line, amount=[before, None])
            db.session.delete(row)
            continue
        row = row or YearlyAmount(year=year, line=line)
        row.amount, row.author_id = amount or Decimal(0), actor.id
        db.session.add(row)
        db.session.flush()
        audit.record(actor, "amount_set", row, year=year, line=line, amount=[before, amount])
    db.session.flush()
