"""Requests for courses: what firms miss, and what the campus answers."""

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

from campus.models import CourseRequest, CourseRequestState
from campus.queries.course_requests import course_request, course_requests
from campus.services.feedback import answer_request
from campus.web.forms import Form
from campus.web.notices import tell
from campus.web.transaction import commits

blueprint = Blueprint("requests", __name__, url_prefix="/demandes-de-formation")
Answer = str | tuple[str, int] | Response


class AnswerForm(Form):
    """What the campus answers to a firm."""

    state = RadioField(
        _l("Votre réponse"),
        [InputRequired(_l("Choisissez ce que devient la demande."))],
        choices=[
            SelectChoice(CourseRequestState.ANSWERED.value, _l("Le campus y répond")),
            SelectChoice(CourseRequestState.REFUSED.value, _l("Le campus ne peut pas y répondre")),
        ],
    )
    answer = TextAreaField(
        _l("Ce que l'entreprise lira"),
        [InputRequired(_l("Dites à l'entreprise ce qui va se passer.")), Length(max=2000)],
    )


def _asked(request_id: uuid.UUID) -> CourseRequest:
    return course_request(request_id) or abort(404)


@blueprint.get("/")
def index() -> str:
    """List the requests, those that wait first."""
    return render_template("staff/requests/index.html", requests=course_requests())


@blueprint.get("/<uuid:request_id>")
def show(request_id: uuid.UUID) -> str:
    """Show a request and its skills."""
    return render_template("staff/requests/show.html", asked=_asked(request_id), form=AnswerForm())


@blueprint.post("/<uuid:request_id>")
@commits
def save(request_id: uuid.UUID) -> Answer:
    """Answer the firm."""
    asked, form = _asked(request_id), AnswerForm()
    if not form.validate():
        return render_template("staff/requests/show.html", asked=asked, form=form), 422
    state = CourseRequestState(form.state.data)
    answer_request(current_user.account, asked, state=state, answer=form.answer.data or "")
    tell(_("Réponse envoyée à l'entreprise."))
    return redirect(url_for(".index"), 303)
