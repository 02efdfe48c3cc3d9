"""Admission rounds, as the staff lead them."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from campus.lifecycles import ADMISSION_ROUND
from campus.models import AdmissionRound
from campus.queries import rounds as asked
from campus.services import rounds
from campus.web.forms import Form
from campus.web.notices import tell
from campus.web.refusals import sentence
from campus.web.staff.round_form import RoundForm, values_of
from campus.web.transaction import commits

blueprint = Blueprint("rounds", __name__, url_prefix="/tours")
Answer = str | tuple[str, int] | Response
VERBS = {
    "ouvrir": (rounds.open_round, _l("Les vœux sont ouverts.")),
    "clore": (rounds.close_round, _l("Les vœux sont clos.")),
    "decider": (rounds.decide, _l("Le tour est décidé : relisez, puis annoncez.")),
    "annoncer": (rounds.announce, _l("Le résultat est annoncé, chaque personne reçoit un message.")),
    "terminer": (rounds.finish_round, _l("Le tour est terminé : ses sessions prennent les candidatures à l'arrivée.")),
}


class CancelForm(Form):
    """Why a round is given up."""

    why = TextAreaField(
        _l("Motif de l'annulation"),
        [DataRequired(_l("Indiquez le motif : chaque personne le lit.")), Length(max=2000)],
    )


def round_or_404(round_id: uuid.UUID) -> AdmissionRound:
    """Give a round, or answer 404."""
    return asked.round_by_id(round_id) or abort(404)


@blueprint.get("/")
def index() -> str:
    """List the rounds, the last to decide first."""
    found = asked.rounds(prepared=True)
    return render_template("staff/rounds/index.html", rounds=found, figures=asked.figures_by_round(found))


@blueprint.get("/nouveau")
def new() -> str:
    """Show an empty form."""
    return _form(RoundForm.offering(asked.sessions_to_decide()), None)


@blueprint.post("/nouveau")
@commits
def create() -> Answer:
    """Prepare a round."""
    form = RoundForm.offering(asked.sessions_to_decide())
    if not form.validate():
        return _form(form, None), 422
    made = rounds.create_round(current_user.account, form.details(), form.chosen())
    tell(_("Tour préparé. Relisez-le, puis ouvrez les vœux."))
    return redirect(url_for(".show", round_id=made.id), 303)


@blueprint.get("/<uuid:round_id>")
def show(round_id: uuid.UUID) -> str:
    """Show a round with what can be done now."""
    return page(round_or_404(round_id), CancelForm(formdata=None))


def page(found: AdmissionRound, form: CancelForm) -> str:
    """Render the page of a round."""
    return render_template(
        "staff/rounds/show.html",
        round=found,
        form=form,
        sessions=asked.sessions_of(found),
        wanted=asked.wanted_by_session(found),
        entries=asked.first_entries(found),
        figures=asked.figures_by_round([found])[found.id],
        history=asked.history_of(found),
        verbs=ADMISSION_ROUND.verbs_from(found.state.value, "staff"),
    )


@blueprint.get("/<uuid:round_id>/modifier")
def edit(round_id: uuid.UUID) -> str:
    """Show the form with what is stored."""
    found = round_or_404(round_id)
    chosen = [each.course_session_id for each in asked.sessions_of(found)]
    return _form(RoundForm.offering(asked.sessions_to_decide(found), data=values_of(found, chosen)), found)


@blueprint.post("/<uuid:round_id>/modifier")
@commits
def update(round_id: uuid.UUID) -> Answer:
    """Change a round that is not open yet."""
    found = round_or_404(round_id)
    form = RoundForm.offering(asked.sessions_to_decide(found))
    if not form.validate():
        return _form(form, found), 422
    try:
        rounds.revise_round(current_user.account, found, form.details(), sessions=form.chosen())
    except rounds.SessionNotForRound as refusal:
        form.sessions.errors = (*form.sessions.errors, sentence(refusal))
        return _form(form, found), 409
    tell(_("Tour enregistré."))
    return redirect(url_for(".show", round_id=found.id), 303)


@blueprint.post("/<uuid:round_id>/annuler")
@commits
def cancel(round_id: uuid.UUID) -> Answer:
    """Give a round up, with a reason."""
    found, form = round_or_404(round_id), CancelForm()
    if not form.validate():
        return page(found, form), 422
    rounds.cancel_round(current_user.account, found, form.why.data or "")
    tell(_("Le tour est annulé, les personnes sont prévenues."))
    return redirect(url_for(".show", round_id=found.id), 303)


@blueprint.post("/<uuid:round_id>/etape/<turn>")
@commits
def take(round_id: uuid.UUID, turn: str) -> Response:
    """Take the next step of a round."""
    act, told = VERBS.get(turn) or abort(404)
    found = round_or_404(round_id)
    act(current_user.account, found)
    tell(str(told))
    return redirect(url_for(".show", round_id=found.id), 303)


def _form(form: RoundForm, found: AdmissionRound | None) -> str:
    return render_template("staff/rounds/edit.html", form=form, round=found)
