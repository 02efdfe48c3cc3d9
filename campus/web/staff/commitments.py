"""The ladder of commitment for the staff: sums per step on any day, signals, each firm's record with its n."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from campus import clock
from campus.lifecycles.commitment import ABOUT_NEEDS, posts_at
from campus.models import Organisation
from campus.queries import commitments as asked
from campus.queries.organisations import organisation_by_id
from campus.queries.signed_copies import copies_to_check, posts_signed
from campus.services import commitments as services
from campus.services.commitments import Heard
from campus.web import commitment_words, copy_words
from campus.web.forms import Form
from campus.web.notices import tell
from campus.web.transaction import commits
from campus.web.typed import Day, WholeNumber

blueprint = Blueprint("commitments", __name__, url_prefix="/engagements")
Answer = str | tuple[str, int] | Response


class SignalForm(Form):
    """What somebody heard of a firm."""

    words = TextAreaField(
        _l("Qu'avez-vous entendu, et de qui ?"), [DataRequired(_l("Écrivez ce qui a été dit.")), Length(max=1000)]
    )
    posts = WholeNumber(
        _l("Nombre de postes"),
        [InputRequired(_l("Indiquez le nombre de postes.")), NumberRange(1, 500, _l("Indiquez au moins un poste."))],
    )
    heard_on = Day(_l("Entendu le"), [InputRequired(_l("Indiquez un jour."))])


@blueprint.get("/")
def index() -> Answer:
    """Add up the posts per step, today or at the end of a day in the address; list the signals."""
    day = _asked_day()
    end = _end_of(day) if day else None
    reached = asked.sums_at(end)
    split = posts_at(reached)
    return render_template(
        "staff/commitments/index.html",
        day=day,
        rows=[(step, reached[step], split[step]) for step in ABOUT_NEEDS],
        signed=posts_signed(end),
        signals=asked.signals(),
        signalled=asked.posts_signalled(),
        copies=copies_to_check(),
        copy_words=copy_words,
        words=commitment_words,
    )


@blueprint.get("/entreprises/<uuid:organisation_id>")
def firm(organisation_id: uuid.UUID) -> Answer:
    """Show what became of a firm's commitments, and note a signal."""
    return _page(_find(organisation_id), SignalForm(formdata=None))


@blueprint.post("/entreprises/<uuid:organisation_id>")
@commits
def note_signal(organisation_id: uuid.UUID) -> Answer:
    """Write down what was heard."""
    organisation, form = _find(organisation_id), SignalForm()
    if not form.validate():
        return _page(organisation, form), 422
    heard = Heard(form.words.data or "", form.posts.data or 1, form.heard_on.data or clock.today())
    services.note_signal(current_user.account, organisation, heard)
    tell(_("Le signal est noté, à votre nom."))
    return redirect(url_for(".index"), 303)


@blueprint.post("/signaux/<uuid:signal_id>/retirer")
@commits
def forget_signal(signal_id: uuid.UUID) -> Answer:
    """Take a signal back, once a need is declared or when it was nothing."""
    signal = asked.signal_by_id(signal_id) or abort(404)
    services.forget_signal(current_user.account, signal, _("Classé par le campus"))
    tell(_("Le signal ne compte plus. Sa ligne reste au journal."))
    return redirect(url_for(".index"), 303)


def _asked_day() -> date | None:
    try:
        return date.fromisoformat(request.args.get("le", ""))
    except ValueError:
        return None


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time.max, clock.PARIS)


def _find(organisation_id: uuid.UUID) -> Organisation:
    return organisation_by_id(organisation_id) or abort(404)


def _page(organisation: Organisation, form: SignalForm) -> str:
    return render_template(
        "staff/commitments/firm.html",
        organisation=organisation,
        record=asked.record_of(organisation.id),
        comment=asked.comment_on(organisation.id),
        words=commitment_words,
        form=form,
    )
