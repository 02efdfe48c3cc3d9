"""The journey of an application in time, as the macro `timeline` draws it."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _

from campus.models import ACTIVE, EnrolmentState
from campus.queries.enrolments import Standing
from campus.web import filters

Step = dict[str, Any]


def steps_of(standing: Standing) -> list[Step]:
    """List what happened and what comes, in order."""
    enrolment = standing.enrolment
    session = enrolment.course_session
    steps = [_step(_("Candidature envoyée"), enrolment.created_at.date())]
    if enrolment.state not in ACTIVE:
        ended = enrolment.decided_at or enrolment.updated_at
        return [*steps, _step(_ended(enrolment.state), ended.date(), state="here")]
    if enrolment.state == EnrolmentState.WAITLISTED:
        steps.append(_step(_("En liste d'attente"), None, _("depuis votre candidature"), state="here"))
    if enrolment.state == EnrolmentState.ADMITTED:
        steps.append(_step(_("Candidature acceptée"), (enrolment.decided_at or enrolment.updated_at).date()))
    else:
        awaited = standing.position is None
        steps.append(_step(_("Réponse du campus"), standing.answer_due if awaited else None, state=_mark(awaited)))
    first = "here" if enrolment.state == EnrolmentState.ADMITTED else "todo"
    steps.append(_step(_("Premier jour"), session.starts_on, state=first))
    return [*steps, _step(_("Dernier jour"), session.ends_on, state="todo")]


def _mark(awaited: bool) -> str:
    return "here" if awaited else "todo"


def _ended(state: EnrolmentState) -> str:
    return {
        EnrolmentState.REFUSED: _("Candidature non retenue"),
        EnrolmentState.WITHDRAWN: _("Candidature retirée"),
        EnrolmentState.REDIRECTED: _("Déplacée vers une autre session"),
    }[state]


def _step(title: str, day: date | None, text: str = "", *, state: str = "") -> Step:
    when = filters.day(day) if day else (text or _("date à fixer"))
    return {"when": when, "iso": day.isoformat() if day else "", "title": title, "text": "", "state": state}
