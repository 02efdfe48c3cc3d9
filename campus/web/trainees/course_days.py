"""A trainee's half-days in one session: when and where, what was attended, what was reached, and how it was."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from campus.models import Enrolment
from campus.queries.attendance import marks_by_slot, presence_of
from campus.queries.enrolments import standing_of
from campus.queries.results import outcomes_of, results_of, satisfaction_of
from campus.queries.slots import slots_of
from campus.services import results
from campus.web.forms import Form
from campus.web.notices import tell
from campus.web.transaction import commits

blueprint = Blueprint("course_days", __name__, url_prefix="/demi-journees/<uuid:enrolment_id>")
Answer = str | tuple[str, int] | Response
SCORES = (
    SelectChoice("5", _l("5, très bien")),
    SelectChoice("4", _l("4, bien")),
    SelectChoice("3", _l("3, moyen")),
    SelectChoice("2", _l("2, décevant")),
    SelectChoice("1", _l("1, mauvais")),
)


class OpinionForm(Form):
    """A mark from 1 to 5 and a few words."""

    score = RadioField(
        _l("Comment s'est passée la formation ?"), [InputRequired(_l("Choisissez une note."))], choices=list(SCORES)
    )
    comment = TextAreaField(_l("Quelques mots"), [Length(max=2000)])


@blueprint.get("")
def show(enrolment_id: uuid.UUID) -> str:
    """Show the half-days of the session, and what the person has attended."""
    return _page(enrolment_or_404(enrolment_id))


@blueprint.post("/avis")
@commits
def say(enrolment_id: uuid.UUID) -> Answer:
    """Take the person's opinion."""
    enrolment, form = enrolment_or_404(enrolment_id), OpinionForm()
    if not form.validate():
        return _page(enrolment, form), 422
    said = {"score": int(form.score.data), "comment": form.comment.data or ""}
    results.say_satisfaction(current_user.account, enrolment, **said)
    tell(_("Merci, votre avis est noté."))
    return redirect(url_for(".show", enrolment_id=enrolment.id), 303)


def enrolment_or_404(enrolment_id: uuid.UUID) -> Enrolment:
    """Give one of the person's own applications, or answer 404."""
    return (standing_of(current_user.account, enrolment_id) or abort(404)).enrolment


def _page(enrolment: Enrolment, form: OpinionForm | None = None) -> str:
    known = satisfaction_of(enrolment)
    said = {"score": str(known.score), "comment": known.comment} if known else {}
    return render_template(
        "trainees/course_days/show.html",
        enrolment=enrolment,
        slots=slots_of(enrolment.course_session),
        marks=marks_by_slot(enrolment),
        presence=presence_of(enrolment),
        outcomes=outcomes_of(enrolment),
        reached={each.skill_id: each.level for each in results_of(enrolment)},
        form=form or OpinionForm(data=said, formdata=None),
        asks=results.may_say(enrolment),
    )
