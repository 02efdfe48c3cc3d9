"""Applying to a course session, following the application, withdrawing it."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from campus import clock
from campus.models import ACTIVE, CourseSession, Enrolment, EnrolmentState
from campus.queries import enrolments as asked
from campus.queries.advice import gain_of
from campus.queries.demand_public import demand_for
from campus.queries.documents import documents_of
from campus.queries.enrolments import Standing
from campus.queries.offers import exceptions_to_the_rule, last_list
from campus.queries.profiles import levels_of
from campus.queries.results import LEARNT, results_of
from campus.queries.rounds import live_round_of
from campus.queries.sharing import shared_with
from campus.services import attending, enrolments, ledger, offers, restoring
from campus.web.forms import Form
from campus.web.notices import tell
from campus.web.trainees.timeline import steps_of
from campus.web.transaction import commits

blueprint = Blueprint("enrolments", __name__, url_prefix="/candidatures")

HIRED = {"oui": True, "non": False}


class StoppingForm(Form):
    """Why somebody stops a course under way."""

    reason = TextAreaField(
        _l("Pourquoi arrêtez-vous ?"),
        [
            DataRequired(_l("Dites-le en quelques mots : le campus cherche ce qui peut aider.")),
            Length(max=1000, message=_l("Gardez moins de 1 000 signes.")),
        ],
    )


def session_or_404(course_session_id: uuid.UUID) -> CourseSession:
    """Give a course session that the public may see, or answer 404."""
    return asked.course_session_to_apply(course_session_id) or abort(404)


def standing_or_404(enrolment_id: uuid.UUID) -> Standing:
    """Give one of the person's own applications, or answer 404."""
    return asked.standing_of(current_user.account, enrolment_id) or abort(404)


@blueprint.get("/<uuid:course_session_id>")
def new(course_session_id: uuid.UUID) -> str | Response:
    """Say what applying means before the button, or show the application already made."""
    course_session = session_or_404(course_session_id)
    known = asked.active_enrolment(current_user.account, course_session)
    if known is not None:
        return redirect(url_for(".show", enrolment_id=known.id), 303)
    within = live_round_of(course_session)
    if within is not None:
        return render_template("trainees/enrolments/in_round.html", course_session=course_session, round=within)
    waiting = asked.count_waiting(course_session)
    waits = bool(waiting) or course_session.seats_left == 0
    return render_template(
        "trainees/enrolments/new.html",
        course_session=course_session,
        waiting=waiting,
        last=last_list(course_session, clock.today().year - 1) if waits else None,
    )


@blueprint.post("/<uuid:course_session_id>")
@commits
def create(course_session_id: uuid.UUID) -> Response | tuple[str, int]:
    """Apply: a seat is held, or a place on the waiting list; where a round decides, be led to it."""
    course_session = session_or_404(course_session_id)
    try:
        made = enrolments.apply(current_user.account, course_session)
    except enrolments.SessionIsInRound:
        within = live_round_of(course_session)
        return render_template("trainees/enrolments/in_round.html", course_session=course_session, round=within), 409
    return redirect(url_for(".show", enrolment_id=made.id), 303)


@blueprint.get("/suivi/<uuid:enrolment_id>")
def show(enrolment_id: uuid.UUID) -> str:
    """Show where an application stands, who acts next, and what happened so far."""
    standing = standing_or_404(enrolment_id)
    learnt, levels = standing.enrolment.state in LEARNT, levels_of(current_user.account)
    reached = results_of(standing.enrolment) if learnt else []
    return render_template(
        "trainees/enrolments/show.html",
        standing=standing,
        steps=steps_of(standing),
        gain=None if learnt else gain_of(standing.enrolment.course_session.course_id, levels),
        reached=reached,
        new_levels=[each for each in reached if each.level > levels.get(each.skill_id, -1)],
        waits=waiting_facts(standing),
        documents=[each for each in documents_of(current_user.account) if each.enrolment_id == enrolment_id],
        history=asked.history_of(standing.enrolment),
        shared=shared_with(current_user.account),
        posts=demand_for(standing.enrolment.course_session.course),
        may_restore=restoring.may_restore(current_user.account, standing.enrolment),
        active=ACTIVE,
    )


def waiting_facts(standing: Standing) -> dict[str, Any] | None:
    """Give what somebody who waits may know of the list; nothing to the others."""
    if standing.position is None:
        return None
    session = standing.enrolment.course_session
    return {
        "history": last_list(session, clock.today().year - 1),
        "exceptions": [each for each in exceptions_to_the_rule(session) if each.at >= standing.enrolment.created_at],
    }


@blueprint.post("/suivi/<uuid:enrolment_id>/prendre")
@commits
def accept(enrolment_id: uuid.UUID) -> Response:
    """Take the seat that is offered."""
    enrolment = offers.accept(current_user.account, standing_or_404(enrolment_id).enrolment)
    tell(_("La place est à vous : « %(course)s ».", course=enrolment.course_session.course.title))
    return redirect(url_for(".show", enrolment_id=enrolment.id), 303)


@blueprint.post("/suivi/<uuid:enrolment_id>/embauche/<said>")
@commits
def answer(enrolment_id: uuid.UUID, said: str) -> Response:
    """Take the person's own word about the hire that the course led to."""
    enrolment = standing_or_404(enrolment_id).enrolment
    hired = HIRED.get(said)
    if hired is None or enrolment.need_post is None:
        abort(404)
    ledger.say_hired(current_user.account, enrolment.need_post, enrolment, hired=hired)
    tell(_("Merci, c'est noté."))
    return redirect(url_for(".show", enrolment_id=enrolment.id), 303)


@blueprint.get("/suivi/<uuid:enrolment_id>/retirer")
def withdraw(enrolment_id: uuid.UUID) -> str | Response:
    """Say what withdrawing, or stopping the course under way, does: on a page of its own."""
    standing = standing_or_404(enrolment_id)
    if standing.enrolment.state not in ACTIVE:
        return redirect(url_for(".show", enrolment_id=enrolment_id), 303)
    return leaving_page(standing, StoppingForm(formdata=None))


def leaving_page(standing: Standing, form: StoppingForm) -> str:
    """Render the page before the button; who is in the course already also says why."""
    if standing.enrolment.state == EnrolmentState.ATTENDED:
        return render_template("trainees/enrolments/stop.html", standing=standing, form=form)
    waiting = asked.count_waiting(standing.enrolment.course_session)
    return render_template("trainees/enrolments/withdraw.html", standing=standing, waiting=waiting)


@blueprint.post("/suivi/<uuid:enrolment_id>/retirer")
@commits
def confirm_withdrawal(enrolment_id: uuid.UUID) -> Response | tuple[str, int]:
    """Withdraw: the seat goes to the next person at once. Who is in the course already stops it, and says why."""
    standing = standing_or_404(enrolment_id)
    if standing.enrolment.state == EnrolmentState.ATTENDED:
        form = StoppingForm()
        if not form.validate():
            return leaving_page(standing, form), 422
        attending.drop_out(current_user.account, standing.enrolment, form.reason.data or "")
        tell(_("C'est noté : vous avez arrêté « %(course)s ».", course=standing.enrolment.course_session.course.title))
        return redirect(url_for("trainees.path.index"), 303)
    enrolments.withdraw(current_user.account, standing.enrolment)
    say_withdrawn(standing.enrolment)
    return redirect(url_for("trainees.path.index"), 303)


def say_withdrawn(enrolment: Enrolment) -> None:
    """Tell that it is done, with a button to take it back while the seat is there."""
    said = _("Vous avez retiré votre candidature à « %(course)s ».", course=enrolment.course_session.course.title)
    if restoring.may_restore(current_user.account, enrolment):
        undo = url_for(".restore", enrolment_id=enrolment.id)
        tell(said, undo_url=undo, undo_label=_("Reprendre ma place (dix minutes)"))
    else:
        tell(said)


@blueprint.post("/suivi/<uuid:enrolment_id>/reprendre")
@commits
def restore(enrolment_id: uuid.UUID) -> Response:
    """Take a withdrawal back, while the seat is still there."""
    enrolment = restoring.restore(current_user.account, standing_or_404(enrolment_id).enrolment)
    tell(_("Votre candidature est là comme avant : « %(course)s ».", course=enrolment.course_session.course.title))
    return redirect(url_for(".show", enrolment_id=enrolment.id), 303)
