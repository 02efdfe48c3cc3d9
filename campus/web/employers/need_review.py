"""Step 4 of the wizard: what will be posted, what is missing for a good answer, what looks like it."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from campus.policies import may_post_need
from campus.queries.need_choices import skills_by_id
from campus.queries.needs import duplicates_of
from campus.services.needs import NeedDetails
from campus.web.employers.need_answers import Answers, details_of, live_places, occupation_of

FEW, MANY = 5, 8


def context(answers: Answers) -> dict[str, Any]:
    """Gather what the review shows."""
    details = details_of(answers)
    skills = skills_by_id(each.skill_id for each in details.skills)
    places = {each.organisation_id: each for each in live_places(answers.account)}
    place = places.get(details.organisation_id)
    organisation = answers.need.organisation if answers.need else place.organisation if place else None
    return {
        "answers": answers,
        "step": 4,
        "details": details,
        "occupation": occupation_of(answers),
        "commune": answers.form("constraints").commune,  # type: ignore[attr-defined]
        "lines": [(skills[each.skill_id], each) for each in details.skills if each.skill_id in skills],
        "organisation": organisation,
        "pending": answers.need is None and not (organisation and may_post_need(answers.account, organisation)),
        "missing": missing(details),
        "duplicates": duplicates_of(
            details.organisation_id,
            details.occupation_id,
            earliest=details.earliest,
            latest=details.latest,
            apart_from=answers.need_id,
        ),
    }


def missing(details: NeedDetails) -> list[tuple[int, str]]:
    """List what would make the answer better, each with the step to correct."""
    unknown = sum(each.level is None for each in details.skills)
    number = len(details.skills)
    kept = ngettext("Vous gardez %(num)s compétence.", "Vous gardez %(num)s compétences.", number)
    said = [
        (1, unknown > 0, _levels(unknown)),
        (1, number < FEW, _("%(kept)s Entre 5 et 8, les réponses sont les plus justes.", kept=kept)),
        (1, number > MANY, _("%(kept)s Au-delà de 8, peu de formations couvrent tout.", kept=kept)),
        (1, details.occupation_id is None, _("Aucun métier n'est choisi : nous comparons les compétences seules.")),
        (3, details.latest is None, _("Sans date au plus tard, nous ignorons quelles sessions finissent à temps.")),
        (3, details.commune_code is None, _("Sans commune, nous ignorons quelles formations sont proches.")),
    ]
    return [(step, text) for step, wanted, text in said if wanted]


def _levels(unknown: int) -> str:
    return ngettext(
        "Un niveau reste à préciser : sans lui, nous ne saurons pas dire si la compétence est couverte.",
        "%(num)s niveaux restent à préciser : sans eux, nous ne saurons pas dire si ces compétences sont couvertes.",
        unknown,
    )
