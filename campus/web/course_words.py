"""What pages say of courses and their sessions: states, modalities, certifications, durations."""

from __future__ import annotations

from datetime import date

from flask import Flask
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campus.exchange.nsf import named
from campus.models import CertificationKind, Course, CourseSession, CourseSessionState, CourseState, Modality
from campus.queries.catalogue_index import Listed
from campus.web import filters

STATES = {
    CourseState.DRAFT: _l("Brouillon"),
    CourseState.PUBLISHED: _l("Publiée"),
    CourseState.SUSPENDED: _l("Suspendue"),
    CourseState.ARCHIVED: _l("Archivée"),
}
STATE_KINDS = {CourseState.PUBLISHED: "ok", CourseState.SUSPENDED: "warn", CourseState.DRAFT: "blue"}
SESSION_STATES = {
    CourseSessionState.PREPARATION: _l("En préparation"),
    CourseSessionState.OPEN: _l("Ouverte aux inscriptions"),
    CourseSessionState.CONFIRMED: _l("Confirmée"),
    CourseSessionState.RUNNING: _l("En cours"),
    CourseSessionState.FINISHED: _l("Terminée"),
    CourseSessionState.CLOSED: _l("Clôturée"),
    CourseSessionState.POSTPONED: _l("Reportée"),
    CourseSessionState.CANCELLED: _l("Annulée"),
}
SESSION_KINDS = {
    CourseSessionState.OPEN: "blue",
    CourseSessionState.CONFIRMED: "ok",
    CourseSessionState.RUNNING: "ok",
    CourseSessionState.POSTPONED: "warn",
    CourseSessionState.CANCELLED: "bad",
}
MODALITIES = {
    Modality.ON_SITE: _l("sur place"),
    Modality.MIXED: _l("en partie à distance"),
    Modality.REMOTE: _l("à distance"),
}
REGISTERS = {CertificationKind.NONE: _l("aucune"), CertificationKind.RNCP: "RNCP", CertificationKind.RS: "RS"}
DIPLOMAS = {
    1: _l("maîtrise des savoirs de base"),
    2: _l("activités simples"),
    3: _l("CAP, BEP, titre professionnel"),
    4: _l("baccalauréat, brevet professionnel"),
    5: _l("BTS, DUT"),
    6: _l("licence, BUT"),
    7: _l("master, ingénieur"),
    8: _l("doctorat"),
}


def install(app: Flask) -> None:
    """Hand the words to the templates."""
    app.jinja_env.filters.update(
        course_state=STATES.__getitem__,
        course_kind=lambda state: STATE_KINDS.get(state, ""),
        course_session_state=SESSION_STATES.__getitem__,
        course_session_kind=lambda state: SESSION_KINDS.get(state, ""),
        modality=MODALITIES.__getitem__,
        certification=certification,
        diploma=diploma,
        speciality=named,
        when=when,
        where=where,
    )


def certification(course: Course | Listed) -> str:
    """Write what a course certifies: "RNCP35317, niveau 5"."""
    if course.certification_kind == CertificationKind.NONE:
        return _("Sans certification")
    code = course.certification_code or str(REGISTERS[course.certification_kind])
    level = course.certification_level
    return _("%(code)s, niveau %(level)s", code=code, level=level) if level else code


def diploma(level: int) -> str:
    """Write a diploma level with what it usually is."""
    return _("niveau %(level)s (%(usual)s)", level=level, usual=DIPLOMAS[level])


def when(course_session: CourseSession) -> str:
    """Write when a session takes place, as a title."""
    start, end = course_session.starts_on, course_session.ends_on
    if start is None:
        return _("Dates à fixer")
    if end is None:
        return _("À partir du %(start)s", start=filters.day(start))
    if start == end:
        return _("Le %(start)s", start=filters.day(start))
    first = _without_year(start) if start.year == end.year else filters.day(start)
    return _("Du %(start)s au %(end)s", start=first, end=filters.day(end))


def _without_year(value: date) -> str:
    """Write a day whose year is told by another one after it."""
    return filters.day(value).removesuffix(f" {value.year}").removesuffix(f", {value.year}")


def where(course_session: CourseSession) -> str:
    """Write where a session takes place."""
    commune = course_session.commune.name if course_session.commune else ""
    named = commune and commune in course_session.place
    return course_session.place if named else ", ".join(part for part in (course_session.place, commune) if part)
