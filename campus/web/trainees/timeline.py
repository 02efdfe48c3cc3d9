"""The journey of an application in time, as the macro `timeline` draws it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _

from campus.models import ACTIVE, EnrolmentState
from campus.queries.enrolments import Standing
from campus.queries.results import LEARNT
from campus.web import filters
from campus.web.enrolment_words import enrolment_state

Step = dict[str, Any]
S = EnrolmentState
STAGE = {
    S.APPLIED: 0,
    S.POSITIONING: 0,
    S.ADMITTED: 1,
    S.OFFERED: 1,
    S.CONFIRMED: 2,
    S.CALLED_UP: 2,
    S.ATTENDED: 3,
}
NOT_YET = -1


def steps_of(standing: Standing) -> list[Step]:
    """List what happened and what comes, in order."""
    enrolment = standing.enrolment
    session = enrolment.course_session
    steps = [_step(_("Candidature envoyée"), enrolment.created_at.date())]
    if enrolment.state in LEARNT:
        begun = _step(_("Premier jour"), session.starts_on)
        return [*steps, begun, _step(enrolment_state(enrolment.state), session.ends_on, state="here")]
    if enrolment.state not in ACTIVE:
        ended = enrolment.decided_at or enrolment.updated_at
        return [*steps, _step(enrolment_state(enrolment.state), ended.date(), state="here")]
    here = STAGE.get(enrolment.state, NOT_YET)
    if standing.position is not None:
        steps.append(_step(_("En liste d'attente"), None, _("depuis votre candidature"), state="here"))
        steps.append(_step(_("Place proposée"), None, _("à votre tour"), state="todo"))
    elif enrolment.offered_at is None:
        steps.append(_step(_("Réponse du campus"), standing.answer_due, state=_mark(here, 0)))
    else:
        steps.append(_step(_("Place proposée"), enrolment.offered_at.date()))
        steps.append(_step(_("Votre réponse"), _day_of(enrolment.offer_until), state=_mark(here, 1)))
    steps.append(_step(_("Premier jour"), session.starts_on, state=_mark(here, 2)))
    return [*steps, _step(_("Dernier jour"), session.ends_on, state=_mark(here, 3))]


def _day_of(instant: datetime | None) -> date | None:
    return instant.date() if instant else None


def _mark(here: int, place: int) -> str:
    return "todo" if place > here else "here" if place == here else ""


def _step(title: str, day: date | None, text: str = "", *, state: str = "") -> Step:
    when = filters.day(day) if day else (text or _("date à fixer"))
    return {"when": when, "iso": day.isoformat() if day else "", "title": title, "text": "", "state": state}
