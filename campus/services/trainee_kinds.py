"""Keeping what staff say of the kind of each trainee, for the year's pedagogical and financial report."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from sqlalchemy import select

from campus import db
from campus.models import Account, Enrolment, TraineeKind
from campus.services import audit


def set_kinds(actor: Account, kinds: Mapping[uuid.UUID, TraineeKind | None]) -> int:
    """Keep the kind of several trainees, None for not said; count those that changed."""
    query = select(Enrolment).where(Enrolment.id.in_(kinds)).order_by(Enrolment.id).with_for_update()
    changed = 0
    for each in db.session.scalars(query).all():
        before, after = each.trainee_kind, kinds[each.id]
        if before != after:
            each.trainee_kind = after
            audit.record(actor, "enrolment.kind_set", each, kind=[before, after])
            changed += 1
    db.session.flush()
    return changed
