"""What the staff decide about a session: open, go, put off, no go, call up, close."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from campus.models import Account, CourseSession
from campus.queries.course_sessions import people_waiting
from campus.services import session_calls
from campus.services import session_lives as lives
from campus.services.steps import ReasonIsMissing
from campus.web.notices import tell
from campus.web.refusals import sentence
from campus.web.staff.cockpit import DecisionForm, PostponingForm, cockpit
from campus.web.staff.course_sessions import session_or_404
from campus.web.transaction import commits

blueprint = Blueprint("session_lives", __name__, url_prefix="/sessions/<uuid:course_session_id>")
Answer = str | tuple[str, int] | Response


@blueprint.post("/ouvrir")
@commits
def open_registrations(course_session_id: uuid.UUID) -> Response:
    """Let people ask for a seat."""
    return _turn(course_session_id, lives.open_session, _("Les inscriptions sont ouvertes."))


@blueprint.post("/confirmer")
@commits
def confirm(course_session_id: uuid.UUID) -> Answer:
    """Say that the session will take place, by the rule or with a reason."""
    course_session, form = session_or_404(course_session_id), DecisionForm()
    if not form.validate():
        return cockpit(course_session, form), 422
    try:
        lives.confirm_session(current_user.account, course_session, reason=form.reason.data or "")
    except lives.TooFewPeople as refusal:
        form.reason.errors = (sentence(refusal),)
        return cockpit(course_session, form), 422
    return _back(course_session, _("La session est confirmée : tout le monde est prévenu."))


@blueprint.post("/demarrer")
@commits
def start(course_session_id: uuid.UUID) -> Response:
    """Let the session run."""
    return _turn(course_session_id, lives.start_session, _("La session est en cours."))


@blueprint.post("/terminer")
@commits
def finish(course_session_id: uuid.UUID) -> Response:
    """Say that the session is over."""
    return _turn(course_session_id, lives.finish_session, _("La session est terminée."))


@blueprint.post("/cloturer")
@commits
def close(course_session_id: uuid.UUID) -> Response:
    """Put away a session that is over."""
    return _turn(course_session_id, lives.close_session, _("La session est clôturée."))


@blueprint.post("/convoquer")
@commits
def call_up(course_session_id: uuid.UUID) -> Response:
    """Call everybody whose seat is sure to the first day, in ten minutes."""
    course_session = session_or_404(course_session_id)
    prepared = session_calls.prepare_call_ups(current_user.account, course_session)
    said = ngettext(
        "%(num)s convocation part dans dix minutes.", "%(num)s convocations partent dans dix minutes.", prepared
    )
    if not prepared:
        return _back(course_session, _("Personne n'est à convoquer pour l'instant."))
    undo = url_for(".take_call_ups_back", course_session_id=course_session.id)
    return _back(course_session, said, undo_url=undo, undo_label=_("Annuler l'envoi"))


@blueprint.post("/convoquer/annuler")
@commits
def take_call_ups_back(course_session_id: uuid.UUID) -> Response:
    """Take the call-ups back that have not left."""
    course_session = session_or_404(course_session_id)
    kept = session_calls.take_call_ups_back(current_user.account, course_session)
    said = ngettext("%(num)s convocation ne partira pas.", "%(num)s convocations ne partiront pas.", kept)
    return _back(course_session, said)


@blueprint.post("/accepter")
@commits
def admit(course_session_id: uuid.UUID) -> Response:
    """Accept the applications that are ticked, in ten minutes."""
    course_session = session_or_404(course_session_id)
    prepared = session_calls.prepare_admissions(current_user.account, course_session, chosen(request.form))
    if not prepared:
        return _back(course_session, _("Cochez les candidatures que vous acceptez."))
    said = ngettext("%(num)s réponse part dans dix minutes.", "%(num)s réponses partent dans dix minutes.", prepared)
    undo = url_for(".take_admissions_back", course_session_id=course_session.id)
    return _back(course_session, said, undo_url=undo, undo_label=_("Annuler l'envoi"))


@blueprint.post("/accepter/annuler")
@commits
def take_admissions_back(course_session_id: uuid.UUID) -> Response:
    """Take the answers back that have not left."""
    course_session = session_or_404(course_session_id)
    kept = session_calls.take_admissions_back(current_user.account, course_session)
    said = ngettext("%(num)s réponse ne partira pas.", "%(num)s réponses ne partiront pas.", kept)
    return _back(course_session, said)


def chosen(sent: MultiDict[str, str]) -> set[uuid.UUID]:
    """Read which people are ticked; what is no key is left out."""
    return {found for each in sent.getlist("people") if (found := _key(each)) is not None}


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


@blueprint.get("/reporter")
def postponing(course_session_id: uuid.UUID) -> str:
    """Ask why the session is put off, and to when."""
    return _decide(session_or_404(course_session_id), PostponingForm())


@blueprint.post("/reporter")
@commits
def postpone(course_session_id: uuid.UUID) -> Answer:
    """Put the session off."""
    form = PostponingForm()
    verb = partial(lives.postpone_session, starts_on=form.starts_on.data, ends_on=form.ends_on.data)
    return _end(course_session_id, form, verb=verb, told=_("La session est reportée : tout le monde est prévenu."))


@blueprint.get("/annuler")
def cancelling(course_session_id: uuid.UUID) -> str:
    """Say what giving the session up does, and ask why."""
    return _decide(session_or_404(course_session_id), DecisionForm())


@blueprint.post("/annuler")
@commits
def cancel(course_session_id: uuid.UUID) -> Answer:
    """Give the session up."""
    told = _("La session est annulée : tout le monde est prévenu.")
    return _end(course_session_id, DecisionForm(), verb=lives.cancel_session, told=told)


def _end(course_session_id: uuid.UUID, form: DecisionForm, *, verb: Callable[..., CourseSession], told: str) -> Answer:
    """Put a session off or give it up, once the form says why."""
    course_session = session_or_404(course_session_id)
    if not form.validate():
        return _decide(course_session, form), 422
    try:
        verb(current_user.account, course_session, reason=form.reason.data or "")
    except ReasonIsMissing as refusal:
        form.reason.errors = (sentence(refusal),)
        return _decide(course_session, form), 422
    return _back(course_session, told)


def _decide(course_session: CourseSession, form: DecisionForm) -> str:
    return render_template(
        "staff/session_lives/decide.html",
        course_session=course_session,
        form=form,
        postponing=isinstance(form, PostponingForm),
        waiting=people_waiting(course_session),
    )


def _turn(course_session_id: uuid.UUID, verb: Callable[[Account, CourseSession], CourseSession], told: str) -> Response:
    return _back(verb(current_user.account, session_or_404(course_session_id)), told)


def _back(course_session: CourseSession, told: str, *, undo_url: str = "", undo_label: str = "") -> Response:
    tell(told, undo_url=undo_url, undo_label=undo_label)
    return redirect(url_for("staff.course_sessions.show", course_session_id=course_session.id), 303)
