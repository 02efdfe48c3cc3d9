"""Telling the people of a session that its days, its place or its half-days have changed: one mail for several changes.

The first change remembers how the session stood, in a job due ten minutes later; that job compares. What was changed
and changed back is told to nobody. What has a mail of its own (put off, given up) is not told here as well.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from campus import clock, db
from campus.models import WAITING, Account, CourseSession, CourseSessionState, Enrolment, Role, Slot
from campus.queries.accounts import account_by_id
from campus.queries.calendars import place_of
from campus.queries.jobs import jobs_to_come
from campus.queries.session_people import partners_of, still_active
from campus.queries.slots import slots_of
from campus.services import audit, jobs, seats, session_mails
from campus.services.calendars import session_files
from campus.services.undoing import UNDO_WITHIN

TELL_CHANGES = "sessions.tell_changes"
TOLD = frozenset({CourseSessionState.OPEN, CourseSessionState.CONFIRMED, CourseSessionState.RUNNING})
MOST = 20


@dataclass(frozen=True)
class HalfDay:
    """A half-day as people were told of it."""

    day: date
    begins: time
    ends: time
    room: str = ""
    trainer: str = ""


@dataclass(frozen=True)
class HalfDayChange:
    """A half-day before and after; None where there is none."""

    before: HalfDay | None
    after: HalfDay | None

    @property
    def last_day(self) -> date:
        """Give the later of its days."""
        return max(each.day for each in (self.before, self.after) if each is not None)


Standing = dict[str, Any]
Trainers = dict[uuid.UUID, Account]


def watch(course_session: CourseSession) -> None:
    """Remember how a session stands before it is changed, for those who must hear of the difference; once at a time."""
    seats.lock(course_session.id)
    if course_session.state in TOLD and not jobs_to_come(TELL_CHANGES, course_session.id):
        due_at = clock.now() + UNDO_WITHIN
        key = jobs.key_of(TELL_CHANGES, course_session.id, due_at)
        before = _standing(course_session)
        jobs.enqueue(TELL_CHANGES, due_at=due_at, once_key=key, course_session_id=course_session.id, before=before)


def _standing(course_session: CourseSession) -> Standing:
    return {
        "days": [course_session.starts_on, course_session.ends_on],
        "place": place_of(course_session),
        "half_days": {str(each.id): _said(each) for each in slots_of(course_session)},
    }


def _said(slot: Slot) -> list[object]:
    """Say a half-day in values that a job can keep: the trainer by key, not by name."""
    room = slot.room.name if slot.room else ""
    return [slot.day, f"{slot.begins:%H:%M}", f"{slot.ends:%H:%M}", room, str(slot.trainer_id or "")]


def tell_changes(course_session_id: str, before: Standing) -> None:
    """Tell everybody concerned what is different from before: people with a place, firms, trainers then and now."""
    course_session = db.session.get_one(CourseSession, uuid.UUID(course_session_id))
    if course_session.state not in TOLD:
        return
    after = audit.plain(_standing(course_session))
    values = {
        **session_mails.about(course_session),
        "days_changed": before["days"][0] is not None and before["days"] != after["days"],
        "place_changed": before["place"] != after["place"],
        "place": after["place"],
    }
    changes, people = _changes(before, after), still_active(course_session)
    partners = partners_of(course_session, clock.today())
    firms = [each for each in partners if each.role is not Role.TRAINER]
    trainers = {each.id: each for each in (*partners, *_trainers(before)) if each.role is Role.TRAINER}
    _tell(course_session, [each for each in people if each.state not in WAITING], {**values, "changes": changes})
    _tell(course_session, [each for each in people if each.state in WAITING], {**values, "changes": []})
    _tell(course_session, firms, {**values, "changes": changes})
    _tell(course_session, list(trainers.values()), {**values, "changes": _changes(before, after, trainers)})


def _trainers(standing: Standing) -> list[Account]:
    keys = sorted({said[-1] for said in standing["half_days"].values() if said[-1]})
    found = (account_by_id(uuid.UUID(key)) for key in keys)
    return [each for each in found if each is not None]


def _changes(before: Standing, after: Standing, trainers: Trainers | None = None) -> list[HalfDayChange]:
    """List the half-days to come that differ; a first timetable is no change, nor for people a first room."""
    was, now = (
        {key: _half_day(said, trainers or {}) for key, said in each["half_days"].items()} for each in (before, after)
    )
    pairs = [(was.get(key), now.get(key)) for key in {**was, **now}] if was else []
    found = [HalfDayChange(one, two) for one, two in pairs if not _same(one, two, strictly=trainers is not None)]
    return sorted((each for each in found if each.last_day >= clock.today()), key=lambda each: each.last_day)


def _same(one: HalfDay | None, two: HalfDay | None, *, strictly: bool) -> bool:
    if one is not None and two is not None and not strictly and not one.room:
        return one == replace(two, room="")
    return one == two


def _half_day(said: Sequence[str], trainers: Trainers) -> HalfDay:
    day, begins, ends, room, key = said
    trainer = trainers.get(uuid.UUID(key)) if key else None
    name = trainer.display_name if trainer else ""
    return HalfDay(date.fromisoformat(day), time.fromisoformat(begins), time.fromisoformat(ends), room, name)


def _tell(course_session: CourseSession, people: Sequence[Enrolment | Account], values: dict[str, Any]) -> None:
    if not (values["days_changed"] or values["place_changed"] or values["changes"]):
        return
    shown = {**values, "changes": values["changes"][:MOST], "more": max(0, len(values["changes"]) - MOST)}
    for each in people:
        account = each.account if isinstance(each, Enrolment) else each
        key = f"session_changed:{course_session.id}:{clock.now():%Y%m%d%H%M}:{account.id}"
        files = session_files(course_session, account.locale)
        enrolment = each if isinstance(each, Enrolment) else None
        session_mails.write(account, "session_changed", files, once_key=key, **shown, enrolment=enrolment)
