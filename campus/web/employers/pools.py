"""The pools to which a firm is invited: what is missing, joining, leaving, being named."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms.validators import InputRequired, NumberRange

from campus.lifecycles.pool import LIVING
from campus.models import Pool, PoolMember
from campus.queries import pools as asked
from campus.services import pools as services
from campus.web import pool_words
from campus.web.forms import Form
from campus.web.notices import tell
from campus.web.transaction import commits
from campus.web.typed import WholeNumber

blueprint = Blueprint("pools", __name__, url_prefix="/groupements")
Answer = str | tuple[str, int] | Response


class PostsForm(Form):
    """How many posts join."""

    posts = WholeNumber(
        _l("Nombre de postes à inscrire"),
        [InputRequired(_l("Indiquez le nombre de postes.")), NumberRange(1, 500, _l("Indiquez au moins un poste."))],
    )


@blueprint.get("/")
def index() -> str:
    """List the pools to which the person's organisations are invited."""
    pools = [(pool, asked.weight_of(pool)) for pool in asked.pools_of(current_user.account)]
    return render_template("employers/pools/index.html", pools=pools, words=pool_words)


@blueprint.get("/<uuid:pool_id>")
def show(pool_id: uuid.UUID) -> str:
    """Show a pool: what is missing, its rule, the firm's own places, the others without their names."""
    return _page(_find(pool_id))


@blueprint.post("/<uuid:pool_id>/places/<uuid:member_id>/rejoindre")
@commits
def join(pool_id: uuid.UUID, member_id: uuid.UUID) -> Answer:
    """Join with so many posts, or change how many."""
    pool, form = _find(pool_id), PostsForm()
    member = _member(pool, member_id)
    if not form.validate():
        return _page(pool, faulty=member, form=form), 422
    services.join(current_user.account, member, form.posts.data or 0)
    tell(_("Vos postes sont inscrits. Vous pouvez changer leur nombre ou partir jusqu'à la date limite."))
    return redirect(url_for(".show", pool_id=pool.id), 303)


@blueprint.post("/<uuid:pool_id>/places/<uuid:member_id>/quitter")
@commits
def leave(pool_id: uuid.UUID, member_id: uuid.UUID) -> Answer:
    """Leave the pool, or decline its invitation."""
    pool = _find(pool_id)
    services.leave(current_user.account, _member(pool, member_id))
    tell(_("Votre besoin n'est plus dans ce groupement. Vous pouvez y revenir jusqu'à la date limite."))
    return redirect(url_for(".show", pool_id=pool.id), 303)


@blueprint.post("/<uuid:pool_id>/places/<uuid:member_id>/nom")
@commits
def name(pool_id: uuid.UUID, member_id: uuid.UUID) -> Answer:
    """Agree to be named to those who also agree, or no longer."""
    pool, agreed = _find(pool_id), request.args.get("accord") == "oui"
    services.agree_to_be_named(current_user.account, _member(pool, member_id), agreed=agreed)
    told = _("Votre nom se lit chez les entreprises qui ont aussi donné leur accord.")
    tell(told if agreed else _("Votre nom ne se lit plus."))
    return redirect(url_for(".show", pool_id=pool.id), 303)


def _find(pool_id: uuid.UUID) -> Pool:
    return asked.pool_of(current_user.account, pool_id) or abort(404)


def _member(pool: Pool, member_id: uuid.UUID) -> PoolMember:
    return asked.member_of(current_user.account, pool, member_id) or abort(404)


def _page(pool: Pool, *, faulty: PoolMember | None = None, form: PostsForm | None = None) -> str:
    mine, weight = asked.members_of(current_user.account, pool), asked.weight_of(pool)
    wanting = asked.posts_without_seat([each.need_id for each in mine])
    places = [
        (
            each,
            form if form and each is faulty else PostsForm(formdata=None, posts=each.posts or wanting[each.need_id]),
        )
        for each in mine
    ]
    return render_template(
        "employers/pools/show.html",
        pool=pool,
        weight=weight,
        places=places,
        alone={each.id: asked.cost_alone(pool, each) for each in mine},
        fellows=asked.fellows_of(pool, mine),
        next=pool_words.next_of(pool, weight, mine),
        living=pool.state in LIVING,
        words=pool_words,
        form=form,
    )
