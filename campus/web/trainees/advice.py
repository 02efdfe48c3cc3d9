"""The courses that bring a person forward, to an occupation they aim at or to local posts."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_login import current_user

from campus.matching.answers import CourseGain, Verdict
from campus.queries.advice import Advice, advice_for
from campus.queries.profiles import levels_of, occupation
from campus.queries.understanding import find_occupations
from campus.web.reasons import sentence_of
from campus.web.trainees.profile import LONGEST, read_key

blueprint = Blueprint("advice", __name__, url_prefix="/conseils")
REASONS = 4
GAINS = {"gain.adds": 0, "gain.perhaps": 1}
ENTRY = {
    Verdict.YES: (_l("Ouverte à votre niveau"), "ok", "yes"),
    Verdict.UNKNOWN: (_l("Niveau d'entrée à vérifier"), "", "clock"),
    Verdict.NO: (_l("Niveau d'entrée à atteindre"), "warn", "clock"),
}
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
    facts = [_("%(hours)s h", hours=advice.course.hours)] if advice.course.hours else []
    state, kind, mark = ENTRY[advice.entry]
    return {
        "title": advice.course.title,
        "url": url_for("public.catalogue.show", course_id=advice.course.id),
        "facts": ", ".join([*facts, *added(advice.gain)]),
        "state": state,
        "kind": kind,
        "mark": mark,
        "steps": [],
        "reasons": reasons(advice),
        "gates": [],
    }


def added(gain: CourseGain) -> list[str]:
    """Say how many levels a course adds, at least and at most, and what remains to be told."""
    skills = ngettext("%(num)s compétence", "%(num)s compétences", sum(each.most > 0 for each in gain.gains))
    unsaid = sum(not each.known for each in gain.gains)
    most = ngettext("%(num)s niveau", "%(num)s niveaux", gain.most)
    if gain.levels == gain.most:
        return [_("ajoute %(levels)s sur %(skills)s", levels=most, skills=skills)]
    if gain.levels:
        levels = _("entre %(least)s et %(most)s", least=gain.levels, most=most)
    else:
        levels = _("jusqu'à %(most)s", most=most)
    open_ = ngettext("%(num)s niveau à préciser", "%(num)s niveaux à préciser", unsaid)
    return [_("ajoute %(levels)s sur %(skills)s", levels=levels, skills=skills), open_]


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
    gains = sorted((each for each in advice.gain.reasons if each.code in GAINS), key=lambda each: GAINS[each.code])
    for_it = [*posts, *(sentence_of(each) for each in gains[:REASONS])]
    against = [] if advice.entry is Verdict.YES else [sentence_of(advice.gain.entry.reason)]
    return [{"good": True, "text": text} for text in for_it] + [{"good": False, "text": text} for text in against]
