"""The checklist of a session: what has to be done by which day, and who holds it."""

from __future__ import annotations

from campus import clock, db
from campus.models import Account, Anchor, ChecklistItem, ChecklistKind, CourseSession
from campus.queries.checklists import checklist_of
from campus.services import audit

K = ChecklistKind
# Days from the first or the last day; negative is before.
DUE = {
    K.AGREEMENTS: (Anchor.START, -21),
    K.ROOM: (Anchor.START, -15),
    K.CALL_UP: (Anchor.START, -15),
    K.MATERIALS: (Anchor.START, -7),
    K.SHEETS: (Anchor.START, -1),
    K.RESULTS: (Anchor.END, 0),
    K.ATTENDANCE: (Anchor.END, 1),
    K.CERTIFICATES: (Anchor.END, 7),
    K.INVOICES: (Anchor.END, 15),
}


def make_checklist(course_session: CourseSession) -> list[ChecklistItem]:
    """Give a session the things to do that it does not have yet."""
    there = {each.kind for each in checklist_of(course_session)}
    made = [
        ChecklistItem(course_session=course_session, kind=kind, anchor=anchor, due_offset=days)
        for kind, (anchor, days) in DUE.items()
        if kind not in there
    ]
    db.session.add_all(made)
    db.session.flush()
    return made


def tick(actor: Account, item: ChecklistItem) -> ChecklistItem:
    """Say that something is done."""
    if item.done_at is None:
        item.done_at, item.done_by_id = clock.now(), actor.id
        _write(actor, item, "checklist_done")
    return item


def untick(actor: Account, item: ChecklistItem) -> ChecklistItem:
    """Say that something is not done after all."""
    if item.done_at is not None:
        item.done_at = item.done_by_id = None
        _write(actor, item, "checklist_undone")
    return item


def hold(actor: Account, item: ChecklistItem) -> ChecklistItem:
    """Take something on oneself, or leave it to the others again."""
    item.holder = None if item.holder_id == actor.id else actor
    _write(actor, item, "checklist_held" if item.holder else "checklist_left")
    return item


def give(actor: Account, item: ChecklistItem, holder: Account | None) -> ChecklistItem:
    """Give something to a member of the team, or leave it to nobody."""
    item.holder = holder
    _write(actor, item, "checklist_held" if holder else "checklist_left")
    return item


def _write(actor: Account, item: ChecklistItem, action: str) -> None:
    db.session.flush()
    audit.record(actor, action, item.course_session, kind=item.kind.value)
