"""Pools for the staff: those the engine proposes, those announced, and what is decided of them."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from campus import clock
from campus.errors import Refused
from campus.lifecycles.pool import LIVING
from campus.models import Course, Need, Pool, PoolMember
from campus.queries import pools as asked
from campus.queries.courses import course_by_id
from campus.queries.needs import published_needs
from campus.queries.pool_proposals import proposals
from campus.services import pool_sessions
from campus.services import pools as services
from campus.web import pool_words
from campus.web.notices import tell
from campus.web.refusals import sentence
from campus.web.staff.pool_form import ClosingForm, InvitationForm, PoolForm
from campus.web.transaction import commits

blueprint = Blueprint("pools", __name__, url_prefix="/groupements")
Answer = str | tuple[str, int] | Response
WRITTEN_KEY = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@blueprint.get("/")
def index() -> str:
    """List the pools announced, and those that the engine proposes."""
    return render_template(
        "staff/pools/index.html",
        pools=[(pool, asked.weight_of(pool)) for pool in asked.all_pools()],
        proposals=proposals(clock.today()),
        words=pool_words,
    )


@blueprint.get("/nouveau")
def new() -> str:
    """Ask for the rule of a pool on a course; the needs to invite are in the address."""
    course, needs = _course(request.args.get("formation", "")), _needs(request.args.getlist("besoin"))
    return render_template("staff/pools/new.html", form=PoolForm(formdata=None), course=course, needs=needs)


@blueprint.post("/nouveau")
@commits
def create() -> Answer:
    """Announce the pool and invite."""
    course, needs, form = _course(request.form.get("course", "")), _needs(request.form.getlist("need")), PoolForm()
    if not form.validate():
        return render_template("staff/pools/new.html", form=form, course=course, needs=needs), 422
    try:
        pool = services.compose(current_user.account, course, form.plan(), needs=needs)
    except Refused as refusal:
        form.form_errors.append(sentence(refusal))
        return render_template("staff/pools/new.html", form=form, course=course, needs=needs), 409
    tell(_("Le groupement est annoncé : les entreprises sont invitées."))
    return redirect(url_for(".show", pool_id=pool.id), 303)


@blueprint.get("/<uuid:pool_id>")
def show(pool_id: uuid.UUID) -> str:
    """Show a pool with its firms, and what can be decided."""
    return _page(_find(pool_id))


@blueprint.post("/<uuid:pool_id>/inviter")
@commits
def invite(pool_id: uuid.UUID) -> Answer:
    """Invite one more need, by its reference."""
    pool, form = _find(pool_id), InvitationForm()
    found = published_needs(reference=form.reference.data or "") if form.validate() else []
    if not found:
        if not form.reference.errors:
            form.reference.errors = (_("Aucun besoin publié ne porte cette référence : vérifiez-la dans la liste."),)
        return _page(pool, inviting=form), 422
    services.invite(current_user.account, pool, found[0])
    tell(_("L'entreprise est invitée."))
    return redirect(url_for(".show", pool_id=pool.id), 303)


@blueprint.post("/<uuid:pool_id>/reporter")
@commits
def put_off(pool_id: uuid.UUID) -> Answer:
    """Put the pool off, once."""
    pool = services.put_off(current_user.account, _find(pool_id))
    tell(_("Le groupement est reporté. Toutes les entreprises sont prévenues."))
    return redirect(url_for(".show", pool_id=pool.id), 303)


@blueprint.post("/<uuid:pool_id>/ouvrir")
@commits
def plan(pool_id: uuid.UUID) -> Answer:
    """Open the session now that the minimum is reached."""
    pool = _find(pool_id)
    session = pool_sessions.plan_session(current_user.account, pool)
    if asked.without_seats(pool):
        tell(_("La session est faite, mais des entreprises n'y ont pas leurs places : voyez pourquoi."), kind="bad")
        return redirect(url_for(".show", pool_id=pool.id, _anchor="sans-place"), 303)
    tell(_("La session est ouverte, les places de chaque entreprise y sont réservées."))
    return redirect(url_for("staff.course_sessions.show", course_session_id=session.id), 303)


@blueprint.post("/<uuid:pool_id>/places/<uuid:member_id>/reserver")
@commits
def reserve(pool_id: uuid.UUID, member_id: uuid.UUID) -> Response:
    """Reserve the seats that a firm did not get, once nothing is in the way any more."""
    pool_sessions.reserve_again(current_user.account, _member(pool_id, member_id))
    tell(_("Les places sont réservées : l'entreprise le reçoit et peut nommer les personnes."))
    return redirect(url_for(".show", pool_id=pool_id), 303)


@blueprint.post("/<uuid:pool_id>/places/<uuid:member_id>/regler")
@commits
def settle(pool_id: uuid.UUID, member_id: uuid.UUID) -> Response:
    """Note that what becomes of a firm's seats is settled with it."""
    pool_sessions.note_seen_to(current_user.account, _member(pool_id, member_id))
    tell(_("C'est noté : ces places ne sont plus à traiter."))
    return redirect(url_for(".show", pool_id=pool_id), 303)


@blueprint.post("/<uuid:pool_id>/fermer")
@commits
def close(pool_id: uuid.UUID) -> Answer:
    """Close the pool without a session, and say why."""
    pool, form = _find(pool_id), ClosingForm()
    if not form.validate():
        return _page(pool, form), 422
    services.close(current_user.account, pool, form.reason.data or "")
    tell(_("Le groupement est clos. Toutes les entreprises sont prévenues."))
    return redirect(url_for(".show", pool_id=pool.id), 303)


def _member(pool_id: uuid.UUID, member_id: uuid.UUID) -> PoolMember:
    return next((each for each in _find(pool_id).members if each.id == member_id), None) or abort(404)


def _find(pool_id: uuid.UUID) -> Pool:
    return asked.pool_by_id(pool_id) or abort(404)


def _course(key: str) -> Course:
    found = [course_by_id(each) for each in _keys([key])]
    return (found and found[0]) or abort(404)


def _needs(keys: Sequence[str]) -> Sequence[Need]:
    return published_needs(_keys(keys))


def _keys(texts: Sequence[str]) -> list[uuid.UUID]:
    """Read keys off an address; what is none is left out."""
    return [uuid.UUID(each) for each in texts if WRITTEN_KEY.fullmatch(each)]


def _page(pool: Pool, form: ClosingForm | None = None, *, inviting: InvitationForm | None = None) -> str:
    return render_template(
        "staff/pools/show.html",
        pool=pool,
        weight=asked.weight_of(pool),
        living=pool.state in LIVING,
        unreserved=asked.without_seats(pool),
        words=pool_words,
        form=form or ClosingForm(formdata=None),
        inviting=inviting or InvitationForm(formdata=None),
    )
