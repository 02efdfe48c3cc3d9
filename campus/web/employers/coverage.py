"""A firm's posts one by one: how far each has come, who says so, and what the firm answers."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from campus.models import Account, CoverageEvent, CoverageKind, Enrolment, NeedPost, Shared
from campus.queries.coverage import candidate_for, candidate_of, coverage_of_need, covered_posts, event_of, post_of
from campus.queries.profiles import skills_of
from campus.queries.reservations import reservations_for
from campus.queries.sharing import people_seen_by, results_of
from campus.services import ledger
from campus.web.coverage_words import ANSWERS, KINDS, NEEDS, chain_of, read_post
from campus.web.employers.needs import find
from campus.web.forms import Form
from campus.web.notices import tell
from campus.web.transaction import commits

blueprint = Blueprint("coverage", __name__, url_prefix="/besoins/<uuid:need_id>/couverture")
Answer = str | tuple[str, int] | Response
Say = Callable[[Account, NeedPost, Enrolment | None], CoverageEvent]


class DisputeForm(Form):
    """Why a line is wrong."""

    why = TextAreaField(
        _l("Qu'est-ce qui n'est pas juste ?"),
        [
            DataRequired(_l("Dites ce qui n'est pas juste.")),
            Length(max=1000, message=_l("Gardez moins de 1 000 signes.")),
        ],
    )


def _met(actor: Account, post: NeedPost, enrolment: Enrolment | None) -> CoverageEvent:
    return ledger.append(actor, post.id, CoverageKind.PRESENTED, enrolment=enrolment)


SAID: dict[str, Say] = {
    "rencontre": _met,
    "embauche": lambda actor, post, person: ledger.say_hired(actor, post, person, hired=True),
    "pas-embauche": lambda actor, post, person: ledger.say_hired(actor, post, person, hired=False),
    "six-mois": lambda actor, post, person: ledger.say_stayed(actor, post, person, stayed=True),
    "parti": lambda actor, post, person: ledger.say_stayed(actor, post, person, stayed=False),
}


@blueprint.get("/")
def show(need_id: uuid.UUID) -> Answer:
    """Show each post with its candidates, its lines and the questions that remain."""
    need = find(need_id)
    posts = covered_posts(need)
    known = people_seen_by(need.organisation_id, Shared.PROFILE)
    return render_template(
        "employers/coverage/show.html",
        need=need,
        posts=[read_post(each, known) for each in posts],
        chain=chain_of(posts),
        reservations=reservations_for(need),
        summary=NEEDS[coverage_of_need(need)],
        answers=ANSWERS,
    )


@blueprint.get("/personnes/<uuid:enrolment_id>")
def person(need_id: uuid.UUID, enrolment_id: uuid.UUID) -> Answer:
    """Show what a candidate lets the firm see, or answer 404."""
    need = find(need_id)
    found = candidate_for(need, enrolment_id) or abort(404)
    if found.account_id not in people_seen_by(need.organisation_id, Shared.PROFILE):
        abort(404)
    shares = found.account_id in people_seen_by(need.organisation_id, Shared.RESULTS)
    return render_template(
        "employers/coverage/person.html",
        need=need,
        enrolment=found,
        skills=skills_of(found.account),
        results=results_of(found) if shares else [],
        shares=shares,
    )


@blueprint.post("/postes/<uuid:post_id>/<said>")
@commits
def answer(need_id: uuid.UUID, post_id: uuid.UUID, said: str) -> Answer:
    """Take the firm's answer about a candidate, or about somebody else whom it hired."""
    post = post_of(find(need_id), post_id) or abort(404)
    say = SAID.get(said) or abort(404)
    named = request.args.get("candidate", "")
    say(current_user.account, post, _candidate(post, named) if named else None)
    tell(_("C'est noté au journal du poste %(number)s. Merci.", number=post.number))
    return redirect(url_for(".show", need_id=need_id), 303)


@blueprint.post("/lignes/<uuid:event_id>/confirmer")
@commits
def confirm(need_id: uuid.UUID, event_id: uuid.UUID) -> Answer:
    """Say that a line is right."""
    ledger.confirm(current_user.account, _line(need_id, event_id))
    tell(_("Ligne confirmée."))
    return redirect(url_for(".show", need_id=need_id), 303)


@blueprint.get("/lignes/<uuid:event_id>/contester")
def dispute(need_id: uuid.UUID, event_id: uuid.UUID) -> Answer:
    """Ask what is wrong with a line."""
    return _dispute_page(need_id, _line(need_id, event_id), DisputeForm())


@blueprint.post("/lignes/<uuid:event_id>/contester")
@commits
def contest(need_id: uuid.UUID, event_id: uuid.UUID) -> Answer:
    """Say that a line is wrong, and why."""
    line, form = _line(need_id, event_id), DisputeForm()
    if not form.validate():
        return _dispute_page(need_id, line, form), 422
    ledger.contest(current_user.account, line, form.why.data or "")
    tell(_("Ligne contestée : elle ne compte plus, et le campus le voit."))
    return redirect(url_for(".show", need_id=need_id), 303)


def _dispute_page(need_id: uuid.UUID, line: CoverageEvent, form: DisputeForm) -> str:
    return render_template("employers/coverage/dispute.html", need=find(need_id), line=KINDS[line.kind], form=form)


def _line(need_id: uuid.UUID, event_id: uuid.UUID) -> CoverageEvent:
    return event_of(find(need_id), event_id) or abort(404)


def _candidate(post: NeedPost, named: str) -> Enrolment:
    try:
        key = uuid.UUID(named)
    except ValueError:
        abort(404)
    return candidate_of(post, key) or abort(404)
