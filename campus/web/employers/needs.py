"""A firm's needs: the list, one need, and its ends and new beginnings."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from campus.models import Need
from campus.queries.commitments import ladder_of
from campus.queries.needs import draft_of, history_of, need_of, needs_of
from campus.queries.organisations import memberships_of
from campus.queries.pools import pools_for, weight_of
from campus.services import need_lives
from campus.services.need_states import NeedHasMovedOn, may
from campus.web import commitment_words, need_words, pool_words
from campus.web.answers import answer_values
from campus.web.employers.need_forms import choices
from campus.web.forms import Form
from campus.web.notices import tell
from campus.web.refusals import says
from campus.web.transaction import commits

blueprint = Blueprint("needs", __name__, url_prefix="/besoins")
Answer = str | tuple[str, int] | Response


class WithdrawalForm(Form):
    """Why the firm takes its need back."""

    why = RadioField(
        _l("Pourquoi retirez-vous ce besoin ?"),
        [InputRequired(_l("Choisissez une raison."))],
        choices=choices(need_words.WITHDRAWALS),
    )
    comment = TextAreaField(_l("Précisions"), [Length(max=1000, message=_l("Gardez moins de 1 000 signes."))])


@says(NeedHasMovedOn)
def _moved_on() -> str:
    return _("Ce besoin a changé d'état entre-temps. Rechargez sa page pour voir où il en est.")


@says(need_lives.TooLateToUndo)
def _too_late() -> str:
    return _("Les 10 minutes sont passées : décrivez un nouveau besoin pour le remplacer.")


@blueprint.get("/")
def index() -> Answer:
    """List the needs of the person's organisations, and the draft."""
    account = current_user.account
    return render_template(
        "employers/needs/index.html",
        needs=[(need, need_words.next_of(need)) for need in needs_of(account)],
        draft=draft_of(account),
        places=memberships_of(account),
        words=need_words,
    )


@blueprint.get("/<uuid:need_id>")
def show(need_id: uuid.UUID) -> Answer:
    """Show a need: what comes next, what answers it, what happened to it."""
    need = find(need_id)
    return render_template(
        "employers/needs/show.html",
        need=need,
        next=need_words.next_of(need),
        past=need_words.history(list(history_of(need))),
        may=may,
        may_restore=need_lives.may_restore(need),
        words=need_words,
        rungs=commitment_words.rungs(ladder_of(need)),
        pools=[(pool, pool_words.missing(pool, weight_of(pool))) for pool in pools_for(need)],
        **answer_values(need, acting=True),
    )


@blueprint.get("/<uuid:need_id>/modifier")
def edit(need_id: uuid.UUID) -> Answer:
    """Open the wizard on what the need says."""
    return redirect(url_for("employers.need_wizard.show", step=1, need_id=find(need_id).id), 303)


@blueprint.get("/<uuid:need_id>/retirer")
def end(need_id: uuid.UUID) -> Answer:
    """Ask why the need is withdrawn."""
    return render_template("employers/needs/end.html", need=find(need_id), form=WithdrawalForm())


@blueprint.post("/<uuid:need_id>/retirer")
@commits
def withdraw(need_id: uuid.UUID) -> Answer:
    """Withdraw the need; ten minutes to come back on it."""
    need, form = find(need_id), WithdrawalForm()
    if not form.validate():
        return render_template("employers/needs/end.html", need=need, form=form), 422
    why = need_lives.WithdrawalReason(form.why.data)
    need_lives.withdraw_need(current_user.account, need, why, comment=form.comment.data or "")
    tell(
        _("Besoin %(reference)s retiré. Vous pouvez revenir en arrière pendant 10 minutes.", reference=need.reference),
        undo_url=url_for(".restore", need_id=need.id),
        undo_label=_("Annuler le retrait"),
    )
    return redirect(url_for(".show", need_id=need.id), 303)


@blueprint.post("/<uuid:need_id>/retablir")
@commits
def restore(need_id: uuid.UUID) -> Answer:
    """Undo the withdrawal."""
    need = need_lives.restore_need(current_user.account, find(need_id))
    tell(_("Retrait annulé : le besoin est de nouveau là."))
    return redirect(url_for(".show", need_id=need.id), 303)


@blueprint.post("/<uuid:need_id>/prolonger")
@commits
def renew(need_id: uuid.UUID) -> Answer:
    """Let the need live another 90 days."""
    need = need_lives.renew_need(current_user.account, find(need_id))
    tell(_("Besoin prolongé de 90 jours."))
    return redirect(url_for(".show", need_id=need.id), 303)


def find(need_id: uuid.UUID) -> Need:
    """Find a need of the person's organisations, or answer 404."""
    need = need_of(current_user.account, need_id)
    if need is None:
        abort(404)
    return need
