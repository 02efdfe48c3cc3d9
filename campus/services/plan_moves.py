"""Announced sessions that a plan moves: their half-days freed, then planned anew; people are told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from campus.models import Account, Half, PlannedSession
from campus.queries.slots import slots_of
from campus.services import session_changes
from campus.services.course_sessions import details_of, move_session
from campus.services.slots import SlotPlan, cancel_slots, plan_slots


def of(rows: Iterable[PlannedSession]) -> list[PlannedSession]:
    """List the announced sessions that a plan has in another week, room or with another trainer."""
    return [row for row in rows if row.course_session is not None and _moves(row)]


def _moves(row: PlannedSession) -> bool:
    if row.moves_by:
        return True
    return {(each.room_id, each.trainer_id) for each in slots_of(row.course_session)} != {(row.room_id, row.trainer_id)}


def free(actor: Account, rows: Iterable[PlannedSession]) -> None:
    """Free the half-days of all of them first: one may go where another was."""
    for row in rows:
        session_changes.watch(row.course_session)
        cancel_slots(actor, row.course_session, slots_of(row.course_session))


def move(actor: Account, row: PlannedSession, half_days: tuple[tuple[date, Half], ...]) -> None:
    """Give a session its new days, room and trainer; whoever has a seat is told what changed, in one mail."""
    session, later = row.course_session, row.moves_by
    before = details_of(session)
    details = replace(
        before,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        seats_max=min(before.seats_max, row.room.capacity),
        place=row.room.place or row.room.name,
        commune_code=row.room.commune_code,
        registration_deadline=before.registration_deadline and before.registration_deadline + later,
        decides_on=before.decides_on and before.decides_on + later,
    )
    move_session(actor, session, details, version=session.version)
    plan_slots(
        actor,
        session,
        SlotPlan(row.starts_on, row.ends_on, room=row.room, trainer=row.trainer, chosen=half_days),
    )
