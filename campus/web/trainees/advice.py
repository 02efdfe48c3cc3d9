"""The courses that bring a person forward, to an occupation they aim at or to local posts."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from campus.queries.advice import Advice, advice_for
from campus.queries.profiles import levels_of, occupation
from campus.queries.understanding import find_occupations
from campus.web.reasons import sentence_of
from campus.web.trainees.profile import LONGEST, read_key

blueprint = Blueprint("advice", __name__, url_prefix="/conseils")
REASONS = 4
Card = dict[str, object]


@blueprint.get("/")
def index() -> str:
    """List the courses that add most to what the person can do."""
    key = read_key(request.args.get("but", ""))
    words = request.args.get("metier", "")[:LONGEST].replace("\x00", "")
    aim = occupation(key) if key else None
    levels = levels_of(current_user.account)
    return render_template(
        "trainees/advice/index.html",
        aim=aim,
        words=words,
        occupations=find_occupations(words) if words and aim is None else [],
        known=len(levels),
        cards=[(each, card(each)) for each in advice_for(levels, aim)],
    )


def card(advice: Advice) -> Card:
    """Say an advice in words, as the macro `offer` wants it."""
    gained = [each for each in advice.gain.gains if each.levels]
    facts = [_("%(hours)s h", hours=advice.course.hours)] if advice.course.hours else []
    facts.append(
        _(
            "ajoute %(levels)s sur %(skills)s",
            levels=ngettext("%(num)s niveau", "%(num)s niveaux", advice.gain.levels),
            skills=ngettext("%(num)s compétence", "%(num)s compétences", len(gained)),
        )
    )
    return {
        "title": advice.course.title,
        "url": url_for("public.catalogue.show", course_id=advice.course.id),
        "facts": ", ".join(facts),
        "state": _("Ouverte à votre niveau") if advice.enters else _("Niveau d'entrée à atteindre"),
        "kind": "ok" if advice.enters else "warn",
        "mark": "yes" if advice.enters else "clock",
        "steps": [],
        "reasons": reasons(advice),
        "gates": [],
    }


def reasons(advice: Advice) -> list[Card]:
    """List the posts it leads to, what it adds, and what stands in the way."""
    posts = [
        _(
            "Mène à : %(occupation)s, environ %(posts)s postes à pourvoir.",
            occupation=each.occupation.label,
            posts=each.posts,
        )
        for each in advice.posts[:2]
    ]
    added = [sentence_of(each) for each in advice.gain.reasons if each.code == "gain.adds"][:REASONS]
    against = [] if advice.enters else [sentence_of(advice.gain.entry.reason)]
    return [{"good": True, "text": text} for text in [*posts, *added]] + [
        {"good": False, "text": text} for text in against
    ]
