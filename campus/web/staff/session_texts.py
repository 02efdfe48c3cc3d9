"""What the staff's pages of sessions say: filters, totals, refusals."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _

from campus.models import CourseSessionState
from campus.queries.course_sessions import OVER
from campus.services import course_sessions, session_lives
from campus.web.course_words import SESSION_STATES
from campus.web.paging import address
from campus.web.refusals import says


def chosen_total(counts: Mapping[CourseSessionState, int], state: CourseSessionState | None) -> int:
    """Count the sessions of the list."""
    if state:
        return counts.get(state, 0)
    return sum(count for each, count in counts.items() if each not in OVER)


def session_filters(
    counts: Mapping[CourseSessionState, int], chosen: CourseSessionState | None
) -> list[tuple[str, str, bool, int]]:
    """Give the states as chips: label, address, whether it is on, how many."""
    current = (_("Non finies"), address(etat=None), chosen is None, chosen_total(counts, None))
    return [current] + [
        (str(SESSION_STATES[state]), address(etat=state.value), state == chosen, counts[state])
        for state in CourseSessionState
        if counts.get(state)
    ]


@says(course_sessions.SessionChangedMeanwhile)
def _changed() -> str:
    return _("Quelqu'un d'autre a enregistré cette session pendant que vous la modifiiez. Votre saisie est gardée.")


@says(course_sessions.SessionCannotDoThat)
def _session_state() -> str:
    return _("L'état de la session ne le permet pas : quelqu'un l'a peut-être changé entre-temps.")


@says(course_sessions.SeatsBelowTaken)
def _seats() -> str:
    return _("Places déjà prises : %(taken)s. Gardez-en au moins autant, personne ne perd sa place : %(people)s.")


@says(session_lives.SessionIsNotOver)
def _not_over() -> str:
    return _("La session n'est pas finie : cela se fera après son dernier jour.")


@says(session_lives.SessionHasNotBegun)
def _not_begun() -> str:
    return _("Le premier jour de la session n'est pas arrivé.")


@says(session_lives.TooFewPeople)
def _too_few() -> str:
    return _(
        "La règle annoncée demande %(needed)s personnes et %(taken)s ont une place : "
        "donnez le motif pour confirmer quand même."
    )


@says(session_lives.CourseIsNotPublished)
def _not_published() -> str:
    return _("Publiez d'abord la formation : sans cela personne ne peut trouver cette session.")


@says(course_sessions.CertificationIsOver)
def _certification() -> str:
    return _("La session commencerait après la fin de validité de la certification de la formation.")
