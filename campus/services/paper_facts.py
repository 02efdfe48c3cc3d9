"""What documents say of the campus, of a firm, of a course and of a session, in words of the reader's language."""

from __future__ import annotations

from datetime import date

from campus import wording
from campus.config import read_settings
from campus.exchange import pdf
from campus.models import CertificationKind, Course, CourseSession, Organisation, Slot


def letterhead() -> pdf.Party:
    """Name the training body, with the lines that its settings put under its name."""
    name, *lines = [each.strip() for each in read_settings().letterhead.split("|")]
    return pdf.Party(name, tuple(filter(None, lines)))


def party_of(organisation: Organisation, signatory: str = "") -> pdf.Party:
    """Name a firm's site, its address and its SIRET."""
    commune = organisation.commune
    where = ", ".join(filter(None, (organisation.address, commune.name if commune else "")))
    siret = organisation.siret
    spaced = f"SIRET {siret[:3]} {siret[3:6]} {siret[6:9]} {siret[9:]}"
    return pdf.Party(organisation.name, tuple(filter(None, (where, spaced))), signatory)


def teaching_of(course: Course) -> pdf.Teaching:
    """Say what a course teaches."""
    return pdf.Teaching(
        course=course.title,
        objectives=pdf.prose_of(course.objectives),
        content=pdf.prose_of(course.content),
        prerequisites=pdf.prose_of(course.prerequisites),
        hours=course.hours,
        modality=course.modality.value,
        certification=certification_of(course),
    )


def session_teaching(session: CourseSession, locale: str = "fr") -> pdf.Teaching:
    """Say what a session teaches, when and where; the contents stay in the programme."""
    course, commune = session.course, session.commune
    return pdf.Teaching(
        course=course.title,
        objectives=pdf.prose_of(course.objectives),
        prerequisites=pdf.prose_of(course.prerequisites),
        hours=course.hours,
        modality=course.modality.value,
        certification=certification_of(course),
        starts_on=wording.day(session.starts_on, locale),
        ends_on=wording.day(session.ends_on or session.starts_on, locale),
        place=", ".join(filter(None, (session.place, commune.name if commune else ""))),
    )


def certification_of(course: Course) -> str:
    """Write the code of a certification and its level, or nothing."""
    if course.certification_kind is CertificationKind.NONE:
        return ""
    level = course.certification_level
    return f"{course.certification_code}, niveau {level}" if level else course.certification_code


def time_of(slot: Slot, locale: str) -> pdf.When:
    """Say when and where a half-day is."""
    return pdf.When(
        wording.day(slot.day, locale), wording.span(slot.begins, slot.ends, locale), slot.room.name if slot.room else ""
    )


def half_day_of(slot: Slot) -> pdf.HalfDay:
    """Say when, where and with whom a half-day is."""
    when, trainer = time_of(slot, "fr"), slot.trainer
    return pdf.HalfDay(when.day, when.hours, when.room, trainer.display_name if trainer else "")


def day_in_words(value: date | None) -> str:
    """Write a day of a document in French."""
    return wording.short_day(value, "fr")
