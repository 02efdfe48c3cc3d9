"""The list of skills: find, add, rename, merge and separate them."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from campus.models import Skill
from campus.queries import skills as questions
from campus.services import skill_merges, skills
from campus.web.notices import tell
from campus.web.paging import kind_asked, page_asked, page_links, words_asked
from campus.web.refusals import sentence
from campus.web.staff import skill_words
from campus.web.staff.skill_form import MergeForm, SkillForm, form_of
from campus.web.transaction import commits

blueprint = Blueprint("skills", __name__, url_prefix="/competences")
Answer = str | tuple[str, int] | Response


def skill_or_404(skill_id: int) -> Skill:
    """Give a skill, or answer 404."""
    return questions.skill_by_id(skill_id) or abort(404)


@blueprint.get("")
def index() -> str:
    """Find skills by their words, and see what names them."""
    words, only, page = words_asked(), kind_asked(questions.SkillFilter, "liste"), page_asked()
    found = questions.skills_found(words, only, page=page)
    return render_template(
        "staff/skills/index.html",
        found=found,
        filters=skill_words.skill_filters(found, only),
        pages=page_links(page, found.total),
        words=words,
        only=only,
        **skill_words.LABELS,
    )


@blueprint.get("/ajouter")
def new() -> str:
    """Ask for the wording of a new skill."""
    return render_template("staff/skills/new.html", form=SkillForm())


@blueprint.post("/ajouter")
@commits
def create() -> Answer:
    """Add the skill to the campus's own list."""
    form = SkillForm()
    if not form.validate():
        return render_template("staff/skills/new.html", form=form), 422
    try:
        skill = skills.add_skill(current_user.account, form.details())
    except skills.SkillExists as refusal:
        form.label.errors = [sentence(refusal)]
        return render_template("staff/skills/new.html", form=form), 422
    tell(_("La compétence est ajoutée : les entreprises et les formations peuvent la choisir."))
    return redirect(url_for(".show", skill_id=skill.id), 303)


@blueprint.get("/<int:skill_id>")
def show(skill_id: int) -> str:
    """Show a skill, what names it and what happened to it."""
    skill = skill_or_404(skill_id)
    return render_template(
        "staff/skills/show.html",
        skill=skill,
        state=skill_words.state_of(skill),
        family=questions.family_of(skill.macro_code),
        standing_for=questions.skill_by_id(skill.merged_into_id) if skill.merged_into_id else None,
        aliases=questions.aliases_of(skill),
        uses=questions.uses_of([skill.id])[skill.id],
        occupations=questions.occupations_with_skill(skill),
        courses=questions.courses_with_skill(skill),
        history=skill_words.history_lines(list(questions.history_of_skill(skill))),
        **skill_words.LABELS,
    )


@blueprint.get("/<int:skill_id>/modifier")
def edit(skill_id: int) -> str:
    """Show the wording of a skill of the campus's own, to correct it."""
    skill = skill_or_404(skill_id)
    return render_template("staff/skills/edit.html", form=form_of(skill), skill=skill)


@blueprint.post("/<int:skill_id>/modifier")
@commits
def update(skill_id: int) -> Answer:
    """Correct the skill."""
    skill, form = skill_or_404(skill_id), SkillForm()
    if not form.validate():
        return render_template("staff/skills/edit.html", form=form, skill=skill), 422
    try:
        skills.rename_skill(current_user.account, skill, form.details())
    except skills.SkillExists as refusal:
        form.label.errors = [sentence(refusal)]
        return render_template("staff/skills/edit.html", form=form, skill=skill), 422
    tell(_("La compétence est modifiée partout où elle est citée."))
    return redirect(url_for(".show", skill_id=skill_id), 303)


@blueprint.get("/<int:skill_id>/fusionner")
def merging(skill_id: int) -> str:
    """Look for the skill that will stand for this one."""
    return merging_page(skill_or_404(skill_id), MergeForm())


@blueprint.post("/<int:skill_id>/fusionner")
@commits
def merge(skill_id: int) -> Answer:
    """Let another skill stand for this one."""
    skill, form = skill_or_404(skill_id), MergeForm()
    if not form.validate():
        return merging_page(skill, form), 422
    into = skill_merges.merge_skills(current_user.account, skill, skill_or_404(form.into.data or 0))
    undo_url = url_for(".separate", skill_id=skill_id)
    said = _("« %(label)s » est désormais citée sous « %(into)s ».", label=skill.label, into=into.label)
    tell(said, undo_url=undo_url, undo_label=_("Défaire la fusion"))
    return redirect(url_for(".show", skill_id=into.id), 303)


@blueprint.post("/<int:skill_id>/separer")
@commits
def separate(skill_id: int) -> Response:
    """Undo a merge."""
    skill_merges.separate_skill(current_user.account, skill_or_404(skill_id))
    tell(_("La fusion est défaite. Ce qui citait les deux compétences n'en cite plus qu'une : vérifiez-le."))
    return redirect(url_for(".show", skill_id=skill_id), 303)


def merging_page(skill: Skill, form: MergeForm) -> str:
    """Show the skills whose words are looked for, each with a button."""
    words = request.args.get("q", skill.label).strip()
    found = questions.merge_candidates(skill, words)
    return render_template(
        "staff/skills/merging.html", skill=skill, form=form, words=words, found=found, **skill_words.LABELS
    )
