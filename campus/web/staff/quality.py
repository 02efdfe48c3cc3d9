"""The quality of the data: what is to be mended, kind by kind, each line with what mends it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import IntegerField
from wtforms.validators import InputRequired

from campus.models import Course, Need, Occupation
from campus.queries import quality as queries
from campus.queries.courses import course_by_id
from campus.queries.need_choices import occupations_by_id
from campus.queries.needs import need_of
from campus.queries.paging import page_slice
from campus.queries.quality import Kind
from campus.queries.quality_referential import Retired
from campus.queries.successors import successors_of
from campus.services import quality as services
from campus.web import quality_words
from campus.web.forms import Form
from campus.web.notices import tell
from campus.web.paging import address, kind_asked, page_asked, page_links, words_asked
from campus.web.reasons import sentence_of
from campus.web.transaction import commits

blueprint = Blueprint("quality", __name__, url_prefix="/demande/qualite")
Answer = str | tuple[str, int] | Response


class FilingForm(Form):
    """The occupation that takes the place of a retired one."""

    successor = IntegerField(validators=[InputRequired()])


@blueprint.get("/")
def index() -> str:
    """List what is to be mended of one kind; at first the first kind that has something."""
    return _page(kind_asked(Kind, "type"))


@blueprint.post("/besoins/<uuid:need_id>/relancer")
@commits
def ask_renewal(need_id: uuid.UUID) -> Response:
    """Ask the firm whether its need still stands."""
    services.ask_renewal(current_user.account, _need(need_id))
    tell(_("La question est partie : l'entreprise prolonge ou retire son besoin d'un bouton."))
    return _back(Kind.STALE)


@blueprint.post("/besoins/<uuid:need_id>/garder/<uuid:other_id>")
@commits
def keep_both(need_id: uuid.UUID, other_id: uuid.UUID) -> Response:
    """Keep two needs that look the same."""
    services.keep_both(current_user.account, _need(need_id), _need(other_id))
    tell(_("Les deux besoins sont gardés : ils ne sont plus signalés."))
    return _back(Kind.DUPLICATES)


@blueprint.post("/besoins/<uuid:need_id>/reclasser")
@commits
def file_need(need_id: uuid.UUID) -> Answer:
    """Give a need an occupation in force."""
    need, chosen = _need(need_id), _chosen()
    if chosen is None:
        return _page(Kind.OCCUPATIONS, unchosen=True), 422
    services.file_need_again(current_user.account, need, chosen)
    tell(_("Besoin %(reference)s reclassé : ses réponses sont recalculées.", reference=need.reference))
    return _back(Kind.OCCUPATIONS)


@blueprint.post("/formations/<uuid:course_id>/reclasser/<int:occupation_id>")
@commits
def file_course(course_id: uuid.UUID, occupation_id: int) -> Answer:
    """Give a course an occupation in force in the place of one that is not."""
    course, chosen = course_by_id(course_id) or abort(404), _chosen()
    before = next((each for each in course.occupations if each.id == occupation_id), None) or abort(404)
    if chosen is None:
        return _page(Kind.OCCUPATIONS, unchosen=True), 422
    services.file_course_again(current_user.account, course, before=before, after=chosen)
    tell(_("« %(title)s » est reclassée.", title=course.title))
    return _back(Kind.OCCUPATIONS)


def _back(kind: Kind) -> Response:
    return redirect(url_for(".index", type=kind.value), 303)


def _need(need_id: uuid.UUID) -> Need:
    return need_of(current_user.account, need_id) or abort(404)


def _chosen() -> Occupation | None:
    form = FilingForm()
    key = form.successor.data if form.validate() else None
    return occupations_by_id([key]).get(key) if key else None


def _page(asked: Kind | None, *, unchosen: bool = False) -> str:
    counts, words, page = queries.counts(), words_asked(), page_asked()
    kind = asked or next((each for each in Kind if counts[each]), Kind.LEVELS)
    found = queries.found(kind, words, page=page_slice(page))
    return render_template(
        "staff/quality/index.html",
        kind=kind,
        counts=counts,
        found=found,
        q=words,
        words=quality_words,
        is_course=lambda subject: isinstance(subject, Course),
        successors=_successors(found.lines) if kind is Kind.OCCUPATIONS else {},
        sentence_of=sentence_of,
        unchosen=unchosen,
        address=address,
        here=url_for(".index", type=kind.value),
        pages=page_links(page, found.total) if request.method == "GET" else page_links(1, 0),
    )


def _successors(lines: Iterable[Retired]) -> dict[int, list[Occupation]]:
    gone = {line.occupation.id: line.occupation for line in lines}
    return {key: list(found) for key, found in successors_of(list(gone.values())).items()}
