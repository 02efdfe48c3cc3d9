"""What the staff's pages of courses say: what is missing, the filters, the refusals."""

from __future__ import annotations

from collections import Counter

from flask import url_for
from flask_babel import gettext as _

from campus import clock
from campus.models import Course, CourseState
from campus.queries.courses import missing_for_publication
from campus.services import courses
from campus.web.course_words import STATES
from campus.web.paging import address
from campus.web.refusals import says

UNCODED = "sans"


def missing_links(course: Course) -> list[tuple[str, str]]:
    """Say what the course lacks to be published, each with the address of the field."""
    words = {
        "objectives": _("Écrivez les objectifs."),
        "content": _("Écrivez le programme."),
        "prerequisites": _("Dites les prérequis, ou « aucun »."),
        "hours": _("Donnez la durée en heures."),
        "certification_code": _("Donnez le numéro de la certification."),
        "certification_level": _("Donnez le niveau de la certification."),
        "certification_ends_on": _("La certification n'est plus valable : corrigez sa date de fin ou remplacez-la."),
        "occupations": _("Choisissez au moins un métier visé."),
        "outcomes": _("Ajoutez au moins une compétence avec ses niveaux."),
    }
    form = url_for("staff.courses.edit", course_id=course.id)
    return [(words[name], f"{form}#{name}") for name in missing_for_publication(course, clock.today())]


def state_filters(counts: Counter[CourseState], chosen: CourseState | None) -> list[tuple[str, str, bool, int]]:
    """Give the states as chips: label, address, whether it is on, how many."""
    every = (_("Toutes"), address(etat=None), chosen is None, counts.total())
    return [every] + [
        (str(STATES[state]), address(etat=state.value), state == chosen, counts[state]) for state in CourseState
    ]


def uncoded_filter(count: int, *, on: bool) -> tuple[str, str, bool, int]:
    """Give the chip of the courses without a speciality: label, address, whether it is on, how many."""
    return _("Sans spécialité (NSF)"), address(specialite=None if on else UNCODED), on, count


def columns(sort: str) -> list[dict[str, object]]:
    """Give the columns of the list, those that sort with their addresses."""
    sorts = {"title": _("Formation"), "hours": _("Heures"), "next": _("Prochaine session"), "updated": _("Modifiée le")}
    shown = [("title", False), (_("État"), False), ("hours", True), (_("Certification"), False)]
    shown += [(_("Compétences"), True), ("next", False), (_("Places prises"), True), ("updated", False)]
    return [_column(sorts, name, num=num, sort=sort) for name, num in shown]


def _column(sorts: dict[str, str], name: str, *, num: bool, sort: str) -> dict[str, object]:
    order = "descending" if name == "updated" else "ascending"
    return {
        "label": sorts.get(name, name),
        "num": num,
        "url": address(tri=name) if name in sorts else "",
        "sorted": order if name == sort else "",
    }


@says(courses.CourseIsIncomplete)
def _incomplete() -> str:
    return _("Il manque des informations pour publier cette formation : sa page en donne la liste.")


@says(courses.CourseCannotDoThat)
def _course_state() -> str:
    return _("L'état de la formation ne le permet pas : quelqu'un l'a peut-être changé entre-temps.")
