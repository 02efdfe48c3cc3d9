"""The need wizard: four steps, each at its own address, nothing typed is ever lost."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from campus import clock
from campus.models import Need
from campus.queries.needs import need_of
from campus.services import need_drafts, needs
from campus.services.need_states import NeedHasMovedOn, may
from campus.web import need_words
from campus.web.employers import need_review, need_trade
from campus.web.employers.need_answers import PARTS, REVIEW, Answers, answers_of, details_of, typed_now
from campus.web.notices import tell
from campus.web.refusals import says
from campus.web.transaction import commits, commits_also

blueprint = Blueprint("need_wizard", __name__, url_prefix="/besoins")
Answer = str | tuple[str, int] | Response
STEP = "<int(min=1,max=3):step>"


@says(needs.AccessIsPending)
def _pending() -> str:
    return _(
        "Votre accès à cet établissement est encore en vérification. Votre brouillon est gardé : "
        "vous pourrez publier le besoin dès que l'accès sera accordé."
    )


@says(needs.NeedIsIncomplete)
def _incomplete() -> str:
    return _("Il manque une réponse pour publier ce besoin. Reprenez les étapes marquées à compléter.")


@says(needs.PostsAreTaken)
def _taken() -> str:
    return _("Des postes de ce besoin sont déjà couverts : gardez au moins ce nombre de postes.")


@blueprint.get("/nouveau")
def start() -> Answer:
    """Offer to go on with the draft, or begin one."""
    answers = answers_of(current_user.account)
    if not any(part in answers.kept for part in PARTS.values()):
        return redirect(url_for(".show", step=1), 303)
    return render_template("employers/need_wizard/start.html", answers=answers, step=answers.step)


@blueprint.post("/nouveau/recommencer")
@commits
def begin_again() -> Answer:
    """Empty the draft; what it held can be taken back."""
    need_drafts.begin_again(current_user.account)
    tell(
        _("Le brouillon est vide. L'ancien est gardé jusqu'à ce que vous écriviez le suivant."),
        undo_url=url_for(".take_back"),
        undo_label=_("Reprendre l'ancien brouillon"),
    )
    return redirect(url_for(".show", step=1), 303)


@blueprint.post("/nouveau/retablir")
@commits
def take_back() -> Answer:
    """Give back the draft that was emptied."""
    need_drafts.take_back(current_user.account)
    return redirect(url_for(".start"), 303)


@blueprint.get(f"/nouveau/{STEP}")
@blueprint.get(f"/<uuid:need_id>/modifier/{STEP}")
def show(step: int, need_id: uuid.UUID | None = None) -> Answer:
    """Show a step, once those before it are complete."""
    answers = answers_of(current_user.account, need_under_revision(need_id))
    reached = answers.first_incomplete()
    if step > reached:
        return redirect(url_for(".show", step=reached, need_id=need_id), 303)
    return page(step, answers)


@blueprint.post(f"/nouveau/{STEP}")
@blueprint.post(f"/<uuid:need_id>/modifier/{STEP}")
@commits_also(422)
def save(step: int, need_id: uuid.UUID | None = None) -> Answer:
    """Keep what was typed, right or wrong, then go on, or stay to correct it."""
    need, button = need_under_revision(need_id), request.form.get("do", "continue")
    keep(step, need, button)
    if button == "later":
        tell(_("Votre brouillon est gardé. Vous le retrouverez ici."))
        return redirect(url_for("employers.needs.index"), 303)
    answers = answers_of(current_user.account, need)
    if button != "continue" or still_searching(step, answers):
        return redirect(url_for(".show", step=step, need_id=need_id, _anchor=ANCHORS.get(button.split(":")[0])), 303)
    if not answers.is_complete(PARTS[step]):
        return page(step, answers), 422
    following = min(step + 1, answers.first_incomplete())
    return redirect(address_of(following, need_id), 303)


ANCHORS = {"propose": "metier", "find": "metier", "take": "metier", "add": "competences", "continue": "competences"}


def still_searching(step: int, answers: Answers) -> bool:
    """Tell whether a skill was typed and not yet picked: the Enter key sends the form."""
    return step == 1 and bool((answers.typed("trade").get("skill_search") or [""])[-1].strip())


@blueprint.post(f"/nouveau/{STEP}/brouillon")
@blueprint.post(f"/<uuid:need_id>/modifier/{STEP}/brouillon")
@commits
def autosave(step: int, need_id: uuid.UUID | None = None) -> Answer:
    """Keep what is being typed, and say when it was kept."""
    keep(step, need_under_revision(need_id), "")
    return {"saved_at": clock.now().astimezone(clock.PARIS).strftime("%H:%M")}  # type: ignore[return-value]


@blueprint.post("/nouveau/1/propositions")
@blueprint.post("/<uuid:need_id>/modifier/1/propositions")
def proposals(need_id: uuid.UUID | None = None) -> Answer:
    """Show what the text proposes while it is being typed, and write nothing."""
    need = need_under_revision(need_id)
    typed, found = need_trade.proposed(typed_now())
    answers = Answers(current_user.account, need, {"trade": typed})
    if "HX-Request" not in request.headers:
        return page(1, answers)
    trade = need_trade.shown(typed, found)
    return render_template("employers/need_wizard/_proposals.html", trade=trade, form=answers.form("trade"))


@blueprint.get("/nouveau/4")
@blueprint.get("/<uuid:need_id>/modifier/4")
def review(need_id: uuid.UUID | None = None) -> Answer:
    """Show all that will be posted, what is missing and what looks like it."""
    answers = answers_of(current_user.account, need_under_revision(need_id))
    reached = answers.first_incomplete()
    if reached < REVIEW:
        return redirect(url_for(".show", step=reached, need_id=need_id), 303)
    context = need_review.context(answers)
    return render_template("employers/need_wizard/review.html", reached=reached, words=need_words, **context)


@blueprint.post("/nouveau/4")
@blueprint.post("/<uuid:need_id>/modifier/4")
@commits
def create(need_id: uuid.UUID | None = None) -> Answer:
    """Post the need, or what its revision changes."""
    account, need = current_user.account, need_under_revision(need_id)
    answers = answers_of(account, need)
    reached = answers.first_incomplete()
    if reached < REVIEW:
        return redirect(url_for(".show", step=reached, need_id=need_id), 303)
    if need is None:
        need = needs.post_need(account, details_of(answers))
        tell(_("Besoin %(reference)s déclaré. Le campus le relit.", reference=need.reference))
    else:
        needs.revise_need(account, need, details_of(answers))
        tell(_("Besoin %(reference)s modifié.", reference=need.reference))
    return redirect(url_for("employers.needs.show", need_id=need.id), 303)


def need_under_revision(need_id: uuid.UUID | None) -> Need | None:
    """Find the need to revise; nobody revises a need that is not theirs."""
    if need_id is None:
        return None
    need = need_of(current_user.account, need_id)
    if need is None:
        abort(404)
    if not (may("revise", need) or may("answer", need)):
        raise NeedHasMovedOn
    return need


def keep(step: int, need: Need | None, button: str) -> None:
    """Write what was typed into the draft, after doing what the button asks."""
    typed, account, need_id = typed_now(), current_user.account, need.id if need else None
    if step == 1 and button:
        typed = need_trade.press(button, typed)
    draft = need_drafts.keep_answers(account, PARTS[step], typed, need_id=need_id)
    need_drafts.reach_step(draft, step)


def address_of(step: int, need_id: uuid.UUID | None) -> str:
    """Give the address of a step."""
    if step == REVIEW:
        return url_for(".review", need_id=need_id)
    return url_for(".show", step=step, need_id=need_id)


def page(step: int, answers: Answers) -> str:
    """Render a step with everything typed."""
    part, reached = PARTS[step], answers.first_incomplete()
    if request.method == "GET":
        answers.forms.clear()
    context = {"trade": need_trade.opened(answers.typed("trade"))} if step == 1 else {}
    return render_template(
        f"employers/need_wizard/{part}.html",
        answers=answers,
        form=answers.form(part),
        step=step,
        reached=reached,
        **context,
    )
