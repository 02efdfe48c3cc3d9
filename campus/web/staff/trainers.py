"""The trainers: what they may teach and until when, the days on which they cannot come, what they have ahead."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from functools import partial

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from campus import clock
from campus.models import Account, Skill
from campus.queries import rooms as planned
from campus.queries import trainers as queries
from campus.queries.skills import skill_worded
from campus.queries.slots import Clash
from campus.services import trainers as habilitations
from campus.web.forms import Form
from campus.web.notices import tell
from campus.web.staff.away_forms import AwayForm, note_away, take_back_away
from campus.web.transaction import commits
from campus.web.typed import Day

blueprint = Blueprint("trainers", __name__, url_prefix="/formateurs")
Answer = str | tuple[str, int] | Response
Clashes = Sequence[Clash]


class HabilitationForm(Form):
    """A skill, and until when it may be taught."""

    skill = StringField(_l("Compétence"), [InputRequired(_l("Indiquez la compétence.")), Length(max=250)])
    valid_until = Day(_l("Valable jusqu'au"), [Optional()])

    chosen: Skill | None = None

    def validate_skill(self, field: StringField) -> None:
        """Find the skill that was typed."""
        self.chosen = skill_worded(field.data or "")
        if self.chosen is None:
            raise ValidationError(_("Cette compétence n'est pas au référentiel : écrivez son nom exact."))


@blueprint.get("")
def index() -> str:
    """List the trainers."""
    counts = queries.habilitation_counts(clock.today())
    return render_template("staff/trainers/index.html", trainers=queries.all_trainers(), counts=counts)


@blueprint.get("/<uuid:trainer_id>")
def show(trainer_id: uuid.UUID) -> str:
    """Show a trainer."""
    return _page(trainer_or_404(trainer_id))


@blueprint.post("/<uuid:trainer_id>/habilitations")
@commits
def habilitate(trainer_id: uuid.UUID) -> Answer:
    """Say that the trainer may teach a skill."""
    trainer, form = trainer_or_404(trainer_id), HabilitationForm()
    if not form.validate() or form.chosen is None:
        return _page(trainer, form), 422
    habilitations.habilitate(current_user.account, trainer, form.chosen, valid_until=form.valid_until.data)
    tell(_("C'est noté."))
    return redirect(url_for(".show", trainer_id=trainer.id), 303)


@blueprint.post("/<uuid:trainer_id>/habilitations/<uuid:habilitation_id>/retirer")
@commits
def end_habilitation(trainer_id: uuid.UUID, habilitation_id: uuid.UUID) -> Response:
    """Say that the trainer may no longer teach a skill."""
    found = queries.habilitation_by_id(habilitation_id)
    if found is None or found.account_id != trainer_id:
        abort(404)
    habilitations.end_habilitation(current_user.account, found)
    tell(_("L'habilitation est retirée."))
    return redirect(url_for(".show", trainer_id=trainer_id), 303)


@blueprint.post("/<uuid:trainer_id>/indisponible")
@commits
def set_away(trainer_id: uuid.UUID) -> Answer:
    """Say on which days the trainer cannot come."""
    trainer = trainer_or_404(trainer_id)
    return note_away(trainer, partial(_away_page, trainer), back=url_for(".show", trainer_id=trainer.id))


@blueprint.post("/<uuid:trainer_id>/indisponible/<uuid:away_id>/retirer")
@commits
def end_away(trainer_id: uuid.UUID, away_id: uuid.UUID) -> Response:
    """Take an unavailability back."""
    return take_back_away(trainer_id, away_id, back=url_for(".show", trainer_id=trainer_id))


def trainer_or_404(trainer_id: uuid.UUID) -> Account:
    """Give a trainer, or answer 404."""
    return queries.trainer_by_id(trainer_id) or abort(404)


def _away_page(trainer: Account, away: AwayForm, clashes: Clashes) -> str:
    return _page(trainer, away=away, clashes=clashes)


def _page(
    trainer: Account,
    form: HabilitationForm | None = None,
    *,
    away: AwayForm | None = None,
    clashes: Clashes = (),
) -> str:
    return render_template(
        "staff/trainers/show.html",
        trainer=trainer,
        form=form or away or HabilitationForm(formdata=None),
        skill_form=form or HabilitationForm(formdata=None),
        away_form=away or AwayForm(formdata=None),
        clashes=clashes,
        habilitations=queries.habilitations_of(trainer),
        aways=planned.aways_of(trainer, clock.today()),
        slots=planned.next_slots(trainer, clock.today()),
    )
