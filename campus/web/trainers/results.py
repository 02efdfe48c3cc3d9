"""Results by skill: who in the session is judged, and the levels of one person."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import FieldList, FormField, HiddenField, SelectField, TextAreaField
from wtforms import Form as PlainForm
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from campus.models import Enrolment, EnrolmentState
from campus.queries.results import LEARNT, enrolment_of_trainer, outcomes_of, results_in, results_of
from campus.queries.session_people import expected_in
from campus.services import attending, results
from campus.web.forms import Form
from campus.web.notices import tell
from campus.web.trainers.attendance import slot_or_404
from campus.web.transaction import commits

blueprint = Blueprint("results", __name__)
Answer = str | tuple[str, int] | Response
LEVELS = (
    SelectChoice("", _l("pas encore")),
    SelectChoice("1", _l("1 notion")),
    SelectChoice("2", _l("2 application guidée")),
    SelectChoice("3", _l("3 autonomie")),
    SelectChoice("4", _l("4 expertise")),
)


class LineForm(PlainForm):
    """The level reached in one skill."""

    skill = HiddenField()
    level = SelectField(_l("Niveau atteint"), choices=list(LEVELS))


class ResultsForm(Form):
    """The levels of one person, skill by skill."""

    lines = FieldList(FormField(LineForm))

    def levels(self) -> dict[int, int]:
        """Give the levels that were chosen."""
        chosen = [(each.form.skill.data or "", each.form.level.data) for each in self.lines]
        return {int(skill): int(level) for skill, level in chosen if skill.isdecimal() and level}


class DropOutForm(Form):
    """Why somebody stopped."""

    reason = TextAreaField(_l("Motif"), [InputRequired(_l("Indiquez le motif.")), Length(max=1000)])


@blueprint.get("/demi-journees/<uuid:slot_id>/resultats")
def index(slot_id: uuid.UUID) -> str:
    """List who is in the session of a half-day, with how far their results are."""
    slot = slot_or_404(slot_id)
    session = slot.course_session
    people = expected_in(session)
    asked = len(outcomes_of(people[0])) if people else 0
    return render_template(
        "trainers/results/index.html", slot=slot, people=people, judged=results_in(session), asked=asked
    )


@blueprint.get("/resultats/<uuid:taught_id>")
def edit(taught_id: uuid.UUID) -> str:
    """Show the levels of one person."""
    return _page(person_or_404(taught_id))


@blueprint.post("/resultats/<uuid:taught_id>")
@commits
def save(taught_id: uuid.UUID) -> Answer:
    """Write down the levels reached."""
    person, form = person_or_404(taught_id), ResultsForm()
    if not form.validate():
        return _page(person, form), 422
    results.record_results(current_user.account, person, form.levels())
    name = person.account.display_name
    done = person.state in LEARNT
    tell(_("%(name)s a terminé la formation.", name=name) if done else _("Niveaux notés pour %(name)s.", name=name))
    return redirect(url_for(".edit", taught_id=person.id), 303)


@blueprint.post("/resultats/<uuid:taught_id>/abandon")
@commits
def drop_out(taught_id: uuid.UUID) -> Answer:
    """Write down that somebody has stopped, and why."""
    person, leaving = person_or_404(taught_id), DropOutForm()
    if not leaving.validate():
        return _page(person, leaving=leaving), 422
    attending.drop_out(current_user.account, person, leaving.reason.data or "")
    tell(_("C'est noté pour %(name)s.", name=person.account.display_name))
    return redirect(url_for("trainers.today.index"), 303)


def person_or_404(taught_id: uuid.UUID) -> Enrolment:
    """Give somebody whom the trainer teaches, or answer 404."""
    return enrolment_of_trainer(current_user.account, taught_id) or abort(404)


def _page(person: Enrolment, form: ResultsForm | None = None, *, leaving: DropOutForm | None = None) -> str:
    outcomes = outcomes_of(person)
    known = {each.skill_id: each for each in results_of(person)}
    return render_template(
        "trainers/results/edit.html",
        person=person,
        form=form or leaving or ResultsForm(formdata=None),
        levels_form=form or ResultsForm(data={"lines": _lines(outcomes, known)}, formdata=None),
        leaving=leaving or DropOutForm(formdata=None),
        outcomes={str(each.skill_id): each for each in outcomes},
        known=known,
        open=person.state == EnrolmentState.ATTENDED,
    )


def _lines(outcomes: Any, known: Any) -> list[dict[str, str]]:
    return [
        {
            "skill": str(each.skill_id),
            "level": str(known[each.skill_id].level) if each.skill_id in known else "",
        }
        for each in outcomes
    ]
