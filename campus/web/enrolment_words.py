"""What the pages of trainees and staff say of applications: states, course sessions, refusals."""

from __future__ import annotations

from datetime import datetime

from flask import Flask
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from campus import clock
from campus.lifecycles import Impossible
from campus.models import CourseSession, EnrolmentState
from campus.services import admissions, offers, restoring
from campus.services.enrolments import DeadlineIsPast, EnrolmentIsOver
from campus.services.seats import SessionIsClosed
from campus.services.steps import ReasonIsMissing
from campus.web import filters
from campus.web.enrolment_next import last_list_words, next_step, waiting_rule
from campus.web.refusals import says

KINDS = {
    EnrolmentState.APPLIED: "blue",
    EnrolmentState.WAITLISTED: "warn",
    EnrolmentState.INTERESTED: "warn",
    EnrolmentState.POSITIONING: "blue",
    EnrolmentState.ADMITTED: "blue",
    EnrolmentState.OFFERED: "blue",
    EnrolmentState.CONFIRMED: "ok",
    EnrolmentState.CALLED_UP: "ok",
    EnrolmentState.ATTENDED: "ok",
    EnrolmentState.COMPLETED: "ok",
    EnrolmentState.COMPLETED_PART: "ok",
    EnrolmentState.REFUSED: "bad",
}
STATES = {
    EnrolmentState.INTERESTED: _l("Intérêt noté"),
    EnrolmentState.WAITLISTED: _l("Liste d'attente"),
    EnrolmentState.APPLIED: _l("À décider"),
    EnrolmentState.POSITIONING: _l("Positionnement demandé"),
    EnrolmentState.ADMITTED: _l("Acceptée"),
    EnrolmentState.OFFERED: _l("Place proposée"),
    EnrolmentState.CONFIRMED: _l("Place confirmée"),
    EnrolmentState.CALLED_UP: _l("Convocation envoyée"),
    EnrolmentState.ATTENDED: _l("En formation"),
    EnrolmentState.COMPLETED: _l("Terminée, acquis complets"),
    EnrolmentState.COMPLETED_PART: _l("Terminée, acquis partiels"),
    EnrolmentState.DROPPED_OUT: _l("Abandon"),
    EnrolmentState.ABSENT: _l("Absence"),
    EnrolmentState.DECLINED: _l("Place déclinée"),
    EnrolmentState.EXPIRED: _l("Délai dépassé"),
    EnrolmentState.WITHDRAWN: _l("Retirée"),
    EnrolmentState.REFUSED: _l("Non retenue"),
    EnrolmentState.REDIRECTED: _l("Déplacée"),
    EnrolmentState.CALLED_OFF: _l("Session annulée"),
}
EVENTS = {
    "enrolment.applied": _l("Candidature reçue"),
    "enrolment.interested": _l("Intérêt noté, les dates ne sont pas fixées"),
    "enrolment.won": _l("Place proposée par un tour d'admission"),
    "enrolment.improved": _l("Place proposée dans une session préférée"),
    "enrolment.named": _l("Personne nommée par son entreprise"),
    "enrolment.queued": _l("Dates fixées : la personne entre dans la liste d'attente"),
    "enrolment.positioning": _l("Positionnement demandé"),
    "enrolment.admitted": _l("Candidature acceptée"),
    "enrolment.offered": _l("Place proposée"),
    "enrolment.confirmed": _l("Place confirmée par la personne"),
    "enrolment.declined": _l("Place déclinée"),
    "enrolment.expired": _l("Délai de réponse dépassé, la place passe à la suivante"),
    "enrolment.called_up": _l("Convocation envoyée"),
    "enrolment.attended": _l("Présence notée"),
    "enrolment.absent": _l("Absence notée"),
    "enrolment.completed": _l("Formation terminée, acquis complets"),
    "enrolment.completed_part": _l("Formation terminée, acquis partiels"),
    "enrolment.dropped_out": _l("Abandon"),
    "enrolment.passed": _l("Passée devant d'autres personnes de la liste"),
    "enrolment.tied": _l("Attendue sur un poste"),
    "enrolment.refused": _l("Candidature non retenue"),
    "enrolment.withdrawn": _l("Candidature retirée"),
    "enrolment.obsolete": _l("Le poste attendu est pourvu autrement, la candidature continue"),
    "enrolment.restored": _l("Retrait annulé par la personne"),
    "enrolment.redirected": _l("Déplacée vers une autre session"),
    "enrolment.called_off": _l("La session est annulée"),
    "enrolment.kind_set": _l("Type de stagiaire noté"),
    "enrolment.moved": _l("Arrivée d'une autre session"),
}


def install(app: Flask) -> None:
    """Hand the words to the templates."""
    app.jinja_env.globals.update(waiting_rule=waiting_rule)
    app.jinja_env.filters.update(
        enrolment_state=enrolment_state,
        seats_taken=seats_taken,
        enrolment_kind=lambda state: KINDS.get(state, ""),
        enrolment_event=enrolment_event,
        next_step=next_step,
        last_list_words=last_list_words,
        session_dates=session_dates,
        session_days=session_days,
        session_place=session_place,
        waited=waited,
    )


def enrolment_state(state: EnrolmentState) -> str:
    """Name the state of an application."""
    return str(STATES[state])


def session_dates(course_session: CourseSession) -> str:
    """Write when a course session takes place."""
    start, end = course_session.starts_on, course_session.ends_on
    if start is None:
        return _("dates à fixer")
    if end is None:
        return _("à partir du %(start)s", start=filters.day(start))
    return _("du %(start)s au %(end)s", start=filters.day(start), end=filters.day(end))


def session_days(course_session: CourseSession) -> str:
    """Write when a course session takes place, in few words."""
    start, end = course_session.starts_on, course_session.ends_on
    if start is None:
        return _("dates à fixer")
    return " – ".join(filters.short_day(day) for day in (start, end) if day)


def seats_taken(course_session: CourseSession) -> str:
    """Say how many seats are taken, and of how many."""
    return _("%(taken)s sur %(max)s", taken=course_session.seats_taken, max=course_session.seats_max)


def session_place(course_session: CourseSession) -> str:
    """Write where a course session takes place."""
    commune = course_session.commune.name if course_session.commune else ""
    if commune and commune in course_session.place:
        return course_session.place
    return ", ".join(part for part in (course_session.place, commune) if part)


def enrolment_event(action: str) -> str:
    """Name what happened to an application."""
    return str(EVENTS.get(action, action))


def waited(since: datetime) -> str:
    """Write for how long something has waited."""
    hours = int((clock.now() - since).total_seconds() // 3600)
    if hours < 1:
        return _("moins d'une heure")
    if hours < 48:
        return ngettext("%(num)s heure", "%(num)s heures", hours)
    return ngettext("%(num)s jour", "%(num)s jours", hours // 24)


@says(SessionIsClosed)
def _session_is_closed() -> str:
    return _("Cette session ne prend plus de candidatures. Choisissez une autre session de la même formation.")


@says(DeadlineIsPast)
def _deadline_is_past() -> str:
    return _("La date limite d'inscription est passée. Choisissez une session qui commence plus tard.")


@says(EnrolmentIsOver)
def _enrolment_is_over() -> str:
    return _("Cette candidature a déjà été décidée ou retirée : elle ne change plus.")


@says(admissions.StillWaiting)
def _still_waiting() -> str:
    return _("Cette personne est en liste d'attente : elle sera à décider quand une place se libère, à son tour.")


@says(admissions.AlreadyAdmitted)
def _already_admitted() -> str:
    return _("Cette personne est déjà acceptée : sa place ne lui est pas reprise. Elle peut être déplacée.")


@says(admissions.DoesNotWait)
def _does_not_wait() -> str:
    return _("Cette personne n'est pas sur une liste d'attente.")


@says(Impossible)
def _impossible() -> str:
    return _("Ce dossier a changé entre-temps, ou cette étape ne vous revient pas. Rechargez la page.")


@says(offers.OfferIsOver)
def _offer_is_over() -> str:
    return _("Le délai pour prendre cette place est passé : elle est libre pour quelqu'un d'autre.")


@says(restoring.TooLateToComeBack)
def _too_late_to_come_back() -> str:
    return _("Un retrait s'annule dans les dix minutes. Vous pouvez postuler de nouveau.")


@says(restoring.SeatHasGone)
def _seat_has_gone() -> str:
    return _("Votre place a été rendue : quelqu'un l'attendait. Vous pouvez postuler de nouveau.")


@says(ReasonIsMissing)
def _reason_is_missing() -> str:
    return _("Indiquez le motif : la personne le lira.")


@says(admissions.OtherCourse)
def _other_course() -> str:
    return _("On ne déplace une personne qu'entre les sessions d'une même formation.")


@says(admissions.AlreadyThere)
def _already_there() -> str:
    return _("Cette personne a déjà une candidature à l'autre session.")


@says(admissions.NoSeatThere)
def _no_seat_there() -> str:
    return _("L'autre session n'a plus de place libre, ou des personnes l'attendent. La candidature n'a pas changé.")
