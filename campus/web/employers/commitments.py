"""A firm's word on one need: the ladder, the agreement it signed, what it takes back."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from campus import clock
from campus.models import Commitment, Need
from campus.queries.commitments import ladder_of, line_of
from campus.services import commitments as services
from campus.services.commitments import COUNTS, TAKEN_BACK_ALONE, Agreement, AgreementKind
from campus.web import commitment_words, copy_words
from campus.web.copy_words import CopyForm
from campus.web.employers.need_forms import choices
from campus.web.employers.needs import find
from campus.web.forms import Form
from campus.web.notices import tell
from campus.web.refusals import says
from campus.web.transaction import commits
from campus.web.typed import Day, WholeNumber

blueprint = Blueprint("commitments", __name__, url_prefix="/besoins/<uuid:need_id>/engagement")
Answer = str | tuple[str, int] | Response


class AgreementForm(Form):
    """What a firm signed."""

    kind = SelectField(_l("Accord"), choices=choices(commitment_words.AGREEMENTS))
    reference = StringField(
        _l("Référence de l'accord"),
        [InputRequired(_l("Indiquez la référence écrite sur l'accord.")), Length(max=80)],
    )
    posts = WholeNumber(
        _l("Nombre de postes"),
        [InputRequired(_l("Indiquez le nombre de postes.")), NumberRange(1, 500, _l("Indiquez au moins un poste."))],
    )
    signed_on = Day(_l("Signé le"), [InputRequired(_l("Indiquez le jour de la signature."))])

    def agreement(self) -> Agreement:
        """Give what was typed, shaped."""
        day = self.signed_on.data or clock.today()
        return Agreement(AgreementKind(self.kind.data), self.reference.data or "", self.posts.data or 1, day)


class ReasonForm(Form):
    """Why a commitment is taken back."""

    reason = TextAreaField(
        _l("Pourquoi revenir sur cet engagement ?"),
        [
            DataRequired(_l("Dites pourquoi : le campus doit pouvoir s'organiser.")),
            Length(max=1000, message=_l("Gardez moins de 1 000 signes.")),
        ],
    )


@says(services.NeedDoesNotCount)
def _does_not_count() -> str:
    return _("Un engagement porte sur un besoin publié. Prolongez d'abord ce besoin, ou attendez sa publication.")


@says(services.TooManyPosts)
def _too_many() -> str:
    return _("Postes de ce besoin : %(posts)s. Engagez-en autant, ou moins.")


@says(services.DayIsAhead)
def _ahead() -> str:
    return _("Choisissez aujourd'hui ou un jour passé.")


@says(services.CommitmentStands)
def _stands() -> str:
    return _("Cette ligne part avec le besoin lui-même, ou a déjà été retirée.")


@blueprint.get("/")
def show(need_id: uuid.UUID) -> Answer:
    """Show the ladder of a need, what is there and what comes next."""
    return page(find(need_id), AgreementForm(formdata=None))


@blueprint.post("/")
@commits
def engage(need_id: uuid.UUID) -> Answer:
    """Write down the agreement that was signed."""
    need, form = find(need_id), AgreementForm()
    if not form.validate():
        return page(need, form), 422
    services.engage(current_user.account, need, form.agreement())
    tell(_("L'accord est noté : ses postes comptent comme engagés."))
    return redirect(url_for(".show", need_id=need.id), 303)


@blueprint.get("/<uuid:commitment_id>/retirer")
def withdrawal(need_id: uuid.UUID, commitment_id: uuid.UUID) -> Answer:
    """Ask why a commitment is taken back."""
    need = find(need_id)
    return _asking(need, _line(need, commitment_id), ReasonForm(formdata=None))


@blueprint.post("/<uuid:commitment_id>/retirer")
@commits
def take_back(need_id: uuid.UUID, commitment_id: uuid.UUID) -> Answer:
    """Take a commitment back; the line stays, with the reason."""
    need, form = find(need_id), ReasonForm()
    line = _line(need, commitment_id)
    if not form.validate():
        return _asking(need, line, form), 422
    services.take_back(current_user.account, need, line, reason=form.reason.data or "")
    tell(_("L'engagement est retiré. Merci de l'avoir dit."))
    return redirect(url_for(".show", need_id=need.id), 303)


def _line(need: Need, commitment_id: uuid.UUID) -> Commitment:
    return line_of(need, commitment_id) or abort(404)


def page(need: Need, form: AgreementForm, *, copying: CopyForm | None = None) -> str:
    """Render the ladder of a need, with what can be added to it."""
    ladder = ladder_of(need)
    return render_template(
        "employers/commitments/show.html",
        need=need,
        rungs=commitment_words.rungs(ladder),
        following=commitment_words.next_step(ladder),
        lines=ladder.lines,
        alone=TAKEN_BACK_ALONE,
        counts=need.state in COUNTS,
        words=commitment_words,
        form=form,
        copying=copying or CopyForm(formdata=None),
        copies=ladder.copies,
        copy_words=copy_words,
    )


def _asking(need: Need, line: Commitment, form: ReasonForm) -> str:
    return render_template(
        "employers/commitments/withdrawal.html", need=need, line=line, words=commitment_words, form=form
    )
