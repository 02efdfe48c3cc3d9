"""The needs as the staff see them: all of them, to publish, clarify or refuse."""

from __future__ import annotations

import uuid
from math import floor

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from campus.clock import day_of
from campus.exchange.tables import Column
from campus.models import CommitmentStep, Need, NeedState
from campus.queries.commitments import ladder_of
from campus.queries.needs import all_needs, count_by_state, duplicates_of, history_of, need_of
from campus.queries.paging import EVERYTHING, page_size
from campus.queries.pools import pools_for, weight_of
from campus.queries.waiting import needs_alike
from campus.services import needs
from campus.services.need_states import may
from campus.web import commitment_words, copy_words, need_words, pool_words, quality_words
from campus.web.answers import answer_values
from campus.web.copy_words import CopyForm
from campus.web.forms import Form
from campus.web.notices import tell
from campus.web.paging import kind_asked
from campus.web.reasons import sentence_of
from campus.web.shown_cells import cell_of
from campus.web.straight_files import WholeList, straight_from
from campus.web.transaction import commits

blueprint = Blueprint("needs", __name__, url_prefix="/besoins")
Answer = str | tuple[str, int] | Response
PAGE = 50


class PrecisionForm(Form):
    """What the firm is asked to be more precise about."""

    question = TextAreaField(
        _l("Que doit préciser l'entreprise ?"),
        [InputRequired(_l("Écrivez votre question à l'entreprise.")), Length(max=2000)],
    )


class RefusalForm(Form):
    """Why the need is refused."""

    reason = TextAreaField(
        _l("Pourquoi ne pas retenir ce besoin ?"),
        [InputRequired(_l("Donnez la raison : l'entreprise la lira.")), Length(max=2000)],
    )


@blueprint.get("/")
def index() -> Answer:
    """List the needs, narrowed by state in the address."""
    state = kind_asked(NeedState)
    page = max(request.args.get("page", 1, type=int), 1)
    counts = count_by_state()
    total = counts.get(state, 0) if state else sum(counts.values())
    return render_template(
        "staff/needs/index.html",
        needs=[(need, need_words.next_of(need, for_staff=True)) for need in listed(state, page)],
        counts=counts,
        total=total,
        state=state,
        links=[(n, "" if n == page else url_for(".index", etat=state, page=n)) for n in numbers(total)],
        words=need_words,
    )


@straight_from("staff.needs.index")
def whole() -> WholeList:
    """Give the list as a file wants it."""
    found = all_needs(kind_asked(NeedState), limit=EVERYTHING.stop)
    needs = [(need, need_words.next_of(need, for_staff=True)) for need in found]
    columns = [
        Column(_("Besoin"), lambda row: f"{row[0].reference} {row[0].title}"),
        Column(_("Entreprise"), lambda row: row[0].organisation.name),
        Column(_("Lieu"), lambda row: row[0].commune.name if row[0].commune else None),
        Column(_("Postes"), lambda row: row[0].posts),
        Column(_("Déclaré le"), lambda row: day_of(row[0].submitted_at)),
        Column(_("État"), lambda row: str(need_words.STATES[row[0].state][0])),
        Column(_("Qui doit agir"), lambda row: cell_of(row[1].who)),
        Column(_("Avant le"), lambda row: cell_of(row[1].before)),
    ]
    return WholeList(_("Besoins, les plus anciens d'abord"), needs, columns)


def listed(state: NeedState | None, page: int) -> list[Need]:
    """Give one page of the list."""
    return list(all_needs(state, limit=page_size(PAGE), offset=(page - 1) * page_size(PAGE)))


def numbers(total: int) -> range:
    """Number the pages."""
    return range(1, -(-total // page_size(PAGE)) + 1)


@blueprint.get("/<uuid:need_id>")
def show(need_id: uuid.UUID) -> Answer:
    """Show a need with what can be decided of it."""
    need = find(need_id)
    return page_of(need, precision=PrecisionForm(data={"question": _proposed(need)}))


def _proposed(need: Need) -> str:
    """Propose the question that the list of what is to be mended leads here with."""
    asked = request.args.get("question", "")
    if asked == "niveaux":
        return quality_words.question_on_levels([each.skill.label for each in need.skills if each.level is None])
    other = request.args.get("autre", type=uuid.UUID) if asked == "doublon" else None
    seen = need_of(current_user.account, other) if other else None
    same_firm = seen is not None and seen.organisation_id == need.organisation_id
    return quality_words.question_on_duplicate(seen) if seen and same_firm else ""


@blueprint.get("/<uuid:need_id>/semblables")
def alike(need_id: uuid.UUID) -> Answer:
    """Show the needs that are like one, for pools and duplicates."""
    need = find(need_id)
    return render_template("staff/needs/alike.html", need=need, lines=alike_lines(need))


@blueprint.post("/<uuid:need_id>/publier")
@commits
def publish(need_id: uuid.UUID) -> Answer:
    """Publish a need."""
    need = needs.publish_need(current_user.account, find(need_id))
    tell(_("Besoin %(reference)s publié. L'entreprise en est prévenue.", reference=need.reference))
    return redirect(url_for(".show", need_id=need.id), 303)


@blueprint.post("/<uuid:need_id>/preciser")
@commits
def ask_precision(need_id: uuid.UUID) -> Answer:
    """Ask the firm to be more precise."""
    need, form = find(need_id), PrecisionForm()
    if not form.validate():
        return page_of(need, precision=form), 422
    needs.ask_precision(current_user.account, need, form.question.data or "")
    tell(_("Question envoyée à l'entreprise."))
    return redirect(url_for(".show", need_id=need.id), 303)


@blueprint.post("/<uuid:need_id>/refuser")
@commits
def refuse(need_id: uuid.UUID) -> Answer:
    """Refuse a need, with the reason."""
    need, form = find(need_id), RefusalForm()
    if not form.validate():
        return page_of(need, refusal=form), 422
    needs.refuse_need(current_user.account, need, form.reason.data or "")
    tell(_("Besoin non retenu. L'entreprise en est prévenue."))
    return redirect(url_for(".show", need_id=need.id), 303)


def page_of(
    need: Need,
    *,
    precision: PrecisionForm | None = None,
    refusal: RefusalForm | None = None,
    copying: CopyForm | None = None,
) -> str:
    """Render a need for the staff, with the form that was not filled in right."""
    forms = (precision, refusal, copying)
    dates = {"earliest": need.earliest, "latest": need.latest, "apart_from": need.id}
    unread, ladder = may("publish", need), ladder_of(need)
    duplicates = duplicates_of(need.organisation_id, need.occupation_id, **dates) if unread else ()
    return render_template(
        "staff/needs/show.html",
        need=need,
        next=need_words.next_of(need, for_staff=True),
        past=need_words.history(list(history_of(need))),
        duplicates=duplicates,
        precision=precision or PrecisionForm(formdata=None),
        refusal=refusal or RefusalForm(formdata=None),
        copying=copying or CopyForm(formdata=None),
        form=next((each for each in forms if each and each.errors), None),
        may=may,
        words=need_words,
        rungs=commitment_words.rungs(ladder, own=False),
        copies=ladder.copies,
        letter=ladder.standing.get(CommitmentStep.LETTER),
        copy_words=copy_words,
        pools=[(pool, pool_words.missing(pool, weight_of(pool))) for pool in pools_for(need)],
        **answer_values(need, acting=False),
    )


def alike_lines(need: Need) -> list[dict[str, object]]:
    """Put the needs that are like one into words: a duplicate if the same site asks, else a pool to think of."""
    return [
        {
            "need": each.need,
            "own": each.need.organisation_id == need.organisation_id,
            "tenths": floor(each.likeness.score * 10),
            "reasons": [
                {"good": r.sign == "+", "text": sentence_of(r)} for r in each.likeness.reasons if r.sign != "?"
            ],
        }
        for each in needs_alike(need)
    ]


def find(need_id: uuid.UUID) -> Need:
    """Find a need, or answer 404."""
    need = need_of(current_user.account, need_id)
    if need is None:
        abort(404)
    return need
