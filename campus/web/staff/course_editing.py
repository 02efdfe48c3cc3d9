"""The small steps of writing a course before it is saved: add and drop lines, look for names, preview."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import request

from campus.models import Occupation, Skill
from campus.queries.courses import occupations_with, skills_with
from campus.queries.understanding import Found, Proposals, find_occupations, find_skills, propose_for_course
from campus.web.staff.course_form import CourseForm

SAVE = "save"


@dataclass
class Editing:
    """What the page shows beside the form: names found, names of what is chosen, the preview."""

    form: CourseForm
    steps: bool = False
    preview: bool = False
    skill_words: str = ""
    occupation_words: str = ""
    found_skills: Sequence[Found] | None = None
    found_occupations: Sequence[Found] | None = None
    conflict: list[dict[str, Any]] = field(default_factory=list)
    changed_by: str = ""

    @functools.cached_property
    def proposals(self) -> Proposals:
        """Read the texts: the occupations and skills that they seem to be about, those chosen left out."""
        text = "\n".join(part for part in (self.form.objectives.data, self.form.content.data) if part)
        title = self.form.title.data or ""
        if not (title + text).strip():
            return Proposals()
        found = propose_for_course(title, text, self.form.certification_level.data or None)
        chosen = {line.skill_id for line in self.form.outcomes.data}
        return Proposals(
            tuple(each for each in found.occupations if each.id not in self.form.occupations.data),
            tuple(each for each in found.skills if each.id not in chosen),
        )

    @property
    def proposed_occupations(self) -> list[tuple[Occupation, Found]]:
        """List the occupations proposed, the likeliest first, each with the words that led to it."""
        known = {row.id: row for row in occupations_with([each.id for each in self.proposals.occupations])}
        return [(known[each.id], each) for each in self.proposals.occupations if each.id in known]

    @property
    def proposed_skills(self) -> list[tuple[Skill, Found]]:
        """List the skills proposed, the likeliest first, each with the words that led to it."""
        known = skills_with(each.id for each in self.proposals.skills)
        return [(known[each.id], each) for each in self.proposals.skills if each.id in known]

    @property
    def occupations(self) -> list[Occupation]:
        """Name the occupations chosen."""
        return occupations_with(self.form.occupations.data)

    @property
    def skills(self) -> dict[int, Skill]:
        """Name the skills of the matrix."""
        return skills_with(line.skill_id for line in self.form.outcomes.data)


def follow_steps(form: CourseForm) -> Editing:
    """Do what the pressed button says; `steps` tells that the course is not to be saved yet."""
    page = Editing(form)
    step, _, key = request.form.get("do", SAVE).partition(":")
    page.preview = step == "preview"
    page.steps = step != SAVE
    if key.isdecimal():
        _change(form, step, int(key))
    _follow_search(page, "skill", step)
    _follow_search(page, "occupation", step)
    _forget_unknown(form)
    return page


def _change(form: CourseForm, step: str, key: int) -> None:
    changes = {
        "add_skill": form.outcomes.add,
        "drop_skill": form.outcomes.drop,
        "add_occupation": form.occupations.add,
        "drop_occupation": form.occupations.drop,
    }
    if step in changes:
        changes[step](key)


def _follow_search(page: Editing, kind: str, step: str) -> None:
    """Take the name picked in a search field, or look for what is typed there; whatever the button, it is not lost."""
    words, picked = request.form.get(f"{kind}_words", "").strip(), request.form.get(f"{kind}_pick", "")
    if not words or step in {f"add_{kind}", f"drop_{kind}"}:
        return
    if picked.isdecimal():
        _change(page.form, f"add_{kind}", int(picked))
        return
    page.steps = True
    if kind == "skill":
        page.skill_words, page.found_skills = words, find_skills(words)
    else:
        page.occupation_words, page.found_occupations = words, find_occupations(words)


def _forget_unknown(form: CourseForm) -> None:
    """Leave out keys that no row answers to: they were not chosen on our page."""
    skills = skills_with(line.skill_id for line in form.outcomes.data)
    form.outcomes.data = [line for line in form.outcomes.data if line.skill_id in skills]
    known = {each.id for each in occupations_with(form.occupations.data)}
    form.occupations.data = [key for key in form.occupations.data if key in known]
