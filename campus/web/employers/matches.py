"""What a firm says of an answer: not relevant, or a course is missing."""

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

from campus.models import FeedbackReason, Match, MatchFeedback, Need
from campus.queries.matches import answer_of, match_of
from campus.queries.needs import need_of
from campus.services import feedback
from campus.web.feedback_words import FEEDBACK
from campus.web.forms import Form
from campus.web.notices import tell
from campus.web.refusals import says
from campus.web.transaction import commits

blueprint = Blueprint("matches", __name__, url_prefix="/besoins/<uuid:need_id>")
Answer = str | tuple[str, int] | Response


class ContestForm(Form):
    """Why a course is not an answer."""

    reason = RadioField(
        _l("La raison principale"),
        [InputRequired(_l("Choisissez la raison principale."))],
        choices=[SelectChoice(reason.value, words) for reason, words in FEEDBACK.items()],
    )
    comment = TextAreaField(_l("Précision"), [Length(max=1000, message=_l("1 000 caractères au plus."))])


class RequestForm(Form):
    """A word to the campus with the request."""

    message = TextAreaField(_l("Message"), [Length(max=2000, message=_l("2 000 caractères au plus."))])


@says(feedback.NothingUncovered)
def _nothing() -> str:
    return _("Les formations existantes apportent déjà toutes les compétences de ce besoin.")


@says(feedback.RequestAlreadyOpen)
def _already() -> str:
    return _("Vous avez déjà demandé une formation pour ce besoin. Le campus vous répondra.")


def _need(need_id: uuid.UUID) -> Need:
    return need_of(current_user.account, need_id) or abort(404)


def _match(need: Need, course_id: uuid.UUID) -> Match:
    return match_of(need, course_id) or abort(404)


def _said(need: Need, course_id: uuid.UUID) -> MatchFeedback:
    answer = answer_of(need) or abort(404)
    return answer.feedback.get(course_id) or abort(404)


@blueprint.get("/formations/<uuid:course_id>/ecarter")
def contest(need_id: uuid.UUID, course_id: uuid.UUID) -> Answer:
    """Ask why the course is not an answer."""
    need = _need(need_id)
    match = _match(need, course_id)
    return render_template("employers/matches/contest.html", form=ContestForm(), need=need, match=match)


@blueprint.post("/formations/<uuid:course_id>/ecarter")
@commits
def save_contest(need_id: uuid.UUID, course_id: uuid.UUID) -> Answer:
    """Rank the course after the others, and offer to take it back."""
    need = _need(need_id)
    match, form = _match(need, course_id), ContestForm()
    if not form.validate():
        return render_template("employers/matches/contest.html", form=form, need=need, match=match), 422
    feedback.contest_match(
        current_user.account, match, need, reason=FeedbackReason(form.reason.data), comment=form.comment.data or ""
    )
    back = url_for("employers.matches.take_back", need_id=need.id, course_id=course_id)
    tell(_("Formation écartée : elle est classée après les autres."), undo_url=back, undo_label=_("Ne plus l'écarter"))
    return redirect(url_for("employers.needs.show", need_id=need.id), 303)


@blueprint.post("/formations/<uuid:course_id>/reprendre")
@commits
def take_back(need_id: uuid.UUID, course_id: uuid.UUID) -> Answer:
    """Put the course back into the ranking."""
    need = _need(need_id)
    feedback.take_back(current_user.account, _said(need, course_id), need)
    tell(_("La formation est de nouveau classée avec les autres."))
    return redirect(url_for("employers.needs.show", need_id=need.id), 303)


@blueprint.get("/demander-une-formation")
def request_course(need_id: uuid.UUID) -> Answer:
    """Show what would be asked for."""
    need = _need(need_id)
    answer = answer_of(need) or abort(404)
    uncovered = answer.whole["uncovered"]
    return render_template("employers/matches/request_course.html", form=RequestForm(), need=need, uncovered=uncovered)


@blueprint.post("/demander-une-formation")
@commits
def save_request(need_id: uuid.UUID) -> Answer:
    """Send the request to the campus."""
    need, form = _need(need_id), RequestForm()
    if not form.validate():
        answer = answer_of(need) or abort(404)
        uncovered = answer.whole["uncovered"]
        page = render_template("employers/matches/request_course.html", form=form, need=need, uncovered=uncovered)
        return page, 422
    feedback.request_course(current_user.account, need, message=form.message.data or "")
    tell(_("Demande envoyée au campus."))
    return redirect(url_for("employers.needs.show", need_id=need.id), 303)
