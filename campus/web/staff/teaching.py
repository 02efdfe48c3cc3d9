"""How a course is taught, as the plan reads it: rhythm, seats, cost, what must stand in its room."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import SelectField, SelectMultipleField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from campus.models import Course
from campus.queries import teaching as queries
from campus.queries.courses import course_by_id
from campus.services import teaching as services
from campus.services.teaching import Teaching
from campus.web.forms import Form
from campus.web.notices import tell
from campus.web.transaction import commits
from campus.web.typed import Amount, WholeNumber

blueprint = Blueprint("teaching", __name__, url_prefix="/formations/<uuid:course_id>/organisation")
Answer = str | tuple[str, int] | Response
EVERY = [SelectChoice(1, _l("toutes les semaines")), SelectChoice(2, _l("une semaine sur deux"))]
EVERY += [SelectChoice(3, _l("une semaine sur trois")), SelectChoice(4, _l("une semaine sur quatre"))]


class TeachingForm(Form):
    """The rhythm of a course, its seats, its cost, its equipment."""

    half_days = WholeNumber(
        _l("Demi-journées par semaine"),
        [InputRequired(_l("Indiquez un nombre.")), NumberRange(1, 10, _l("Indiquez un nombre de 1 à 10."))],
    )
    every_weeks = SelectField(_l("Semaines de cours"), coerce=int, choices=EVERY)
    seats_min = WholeNumber(
        _l("Personnes au moins"), [Optional(), NumberRange(1, 500, _l("Indiquez un nombre entre 1 et 500."))]
    )
    seats_max = WholeNumber(
        _l("Personnes au plus"), [Optional(), NumberRange(1, 500, _l("Indiquez un nombre entre 1 et 500."))]
    )
    cost = Amount(_l("Coût d'une session, en euros"), [Optional()])
    equipment = SelectMultipleField(_l("Ce qu'il faut dans la salle"), validate_choice=False)
    others = TextAreaField(_l("Autre équipement"), [Length(max=2000)])

    def validate_seats_min(self, _field: WholeNumber) -> None:
        """Ask for both numbers or none."""
        if self.seats_max.data is None:
            raise ValidationError(_("Indiquez les deux nombres, ou laissez les deux vides."))

    def validate_seats_max(self, field: WholeNumber) -> None:
        """Ask for both numbers, the least first."""
        if self.seats_min.data is None:
            raise ValidationError(_("Indiquez les deux nombres, ou laissez les deux vides."))
        if (field.data or 0) < self.seats_min.data:
            raise ValidationError(_("Le plus grand nombre ne peut pas être en dessous du plus petit."))

    def teaching(self) -> Teaching:
        """Give what was typed, shaped."""
        others = [line.strip() for line in (self.others.data or "").splitlines()]
        return Teaching(
            half_days=self.half_days.data or 10,
            every_weeks=self.every_weeks.data,
            seats_min=self.seats_min.data,
            seats_max=self.seats_max.data,
            cost=self.cost.data,
            equipment=tuple(name[:120] for name in [*(self.equipment.data or ()), *others] if name),
        )


@blueprint.get("")
def show(course_id: uuid.UUID) -> str:
    """Show what the plan knows of a course."""
    course = _course(course_id)
    row = queries.teaching_of(course)
    names = ("half_days", "every_weeks", "seats_min", "seats_max", "cost")
    values = {name: getattr(row, name) for name in names} if row else {"half_days": 10, "every_weeks": 1}
    wanted = [each.name for each in queries.equipment_of(course)]
    known = queries.known_equipment()
    others = "\n".join(name for name in wanted if name not in known)
    return _page(course, TeachingForm(formdata=None, data={**values, "equipment": wanted, "others": others}))


@blueprint.post("")
@commits
def update(course_id: uuid.UUID) -> Answer:
    """Say how a course is taught."""
    course, form = _course(course_id), TeachingForm()
    if not form.validate():
        return _page(course, form), 422
    services.describe_teaching(current_user.account, course, form.teaching())
    tell(_("C'est noté : le prochain plan en tient compte."))
    return redirect(url_for("staff.courses.show", course_id=course.id), 303)


def _course(course_id: uuid.UUID) -> Course:
    return course_by_id(course_id) or abort(404)


def _page(course: Course, form: TeachingForm) -> str:
    form.equipment.choices = [(name, name) for name in queries.known_equipment()]
    return render_template("staff/teaching/show.html", course=course, form=form)
