"""My skills: what one can do already, picked by name or from an occupation one aims at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from campus.models import Occupation, Skill
from campus.queries import profiles as asked
from campus.queries.openings import openings_for
from campus.queries.understanding import Found, find_occupations, find_skills
from campus.services import profiles
from campus.web.notices import tell
from campus.web.refusals import says
from campus.web.transaction import commits

blueprint = Blueprint("profile", __name__, url_prefix="/competences")
LONGEST = 100
LEVEL = "level-"
TAKEN_OFF = "none"


@dataclass(frozen=True)
class Search:
    """What the person looks for, read from the address, and what was found."""

    words: str
    skills: tuple[Skill, ...]
    trade_words: str
    occupations: tuple[Found, ...]
    aim: Occupation | None
    sheet: tuple[Skill, ...]


@says(profiles.TooManySkills)
def _too_many_skills() -> str:
    return _("Vous pouvez indiquer jusqu'à %(most)s compétences. Retirez-en avant d'en ajouter d'autres.")


def read_search(words: Mapping[str, str], known: set[int]) -> Search:
    """Look for what the address asks; skills that the person has already named are left out."""
    typed, trade = (words.get(name, "")[:LONGEST].replace("\x00", "") for name in ("q", "metier"))
    chosen = read_key(words.get("competence", ""))
    ids = [chosen] if chosen else [each.id for each in find_skills(typed)] if typed else []
    aim_key = read_key(words.get("but", ""))
    aim = asked.occupation(aim_key) if aim_key else None
    return Search(
        words=typed,
        skills=tuple(each for each in asked.skills_in_use(ids) if each.id not in known),
        trade_words=trade,
        occupations=tuple(find_occupations(trade)) if trade and aim is None else (),
        aim=aim,
        sheet=tuple(each for each in asked.skills_at_the_core(aim) if each.id not in known) if aim else (),
    )


def read_key(text: str) -> int | None:
    """Read the key of a row of the referential, or nothing."""
    return int(text) if text.isdecimal() and len(text) < 10 else None


def read_levels(form: Mapping[str, str]) -> dict[int, int | None]:
    """Read the levels of a form, by skill, None for one taken off; what is no level is left out."""
    read = {read_key(name.removeprefix(LEVEL)): value for name, value in form.items() if name.startswith(LEVEL)}
    levels = {TAKEN_OFF: None, **{str(level): level for level in range(profiles.HIGHEST + 1)}}
    return {key: levels[value] for key, value in read.items() if key is not None and value in levels}


@blueprint.get("/")
def index() -> str:
    """Show what the person can do, and the ways to add to it."""
    known = asked.skills_of(current_user.account)
    search = read_search(request.args, {each.skill_id for each in known})
    openings = openings_for({each.skill_id: each.level for each in known})
    return render_template("trainees/profile/index.html", known=known, search=search, openings=openings)


@blueprint.post("/")
@commits
def update() -> Response:
    """Keep the levels of the form."""
    profiles.declare_skills(current_user.account, read_levels(request.form))
    tell(_("Vos compétences sont enregistrées."))
    aim = read_key(request.form.get("but", ""))
    return redirect(url_for(".index", but=aim) if aim else url_for(".index"), 303)
