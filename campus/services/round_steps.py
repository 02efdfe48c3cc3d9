"""One step of a round, looked up in its table; who takes it holds the round."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from campus import clock, db
from campus.lifecycles import ADMISSION_ROUND
from campus.lifecycles.machine import SAME
from campus.models import Account, AdmissionRound, RoundState
from campus.services import audit


def lock(within: AdmissionRound) -> AdmissionRound:
    """Let nobody else change a round until the transaction ends; read it as it stands now."""
    query = select(AdmissionRound).where(AdmissionRound.id == within.id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def step(actor: Account | None, verb: str, within: AdmissionRound, **details: Any) -> AdmissionRound:
    """Take a step that the table allows, and write it down."""
    row = ADMISSION_ROUND.step(verb, within.state.value, "service" if actor is None else actor.role.value)
    before = within.state.value
    if row.ends != SAME:
        within.state = RoundState(row.ends)
    within.updated_at = clock.now()
    db.session.flush()
    audit.record(actor, f"round.{row.audit}", within, before=before, **details)
    return within
