"""What each document says, read off the rows it is about, and the rules on when it may be issued."""

from __future__ import annotations

from datetime import date

from campus import wording
from campus.errors import Refused
from campus.exchange import pdf
from campus.models import (
    Account,
    Course,
    CourseSession,
    Document,
    DocumentKind,
    Enrolment,
    EnrolmentState,
    Importance,
    Need,
    SeatReservation,
)
from campus.queries import documents as asked
from campus.queries.offers import people_in
from campus.queries.reservations import people_named
from campus.services.commitments import check_commits, sign_letter
from campus.services.documents import About, issue_document
from campus.services.paper_facts import (
    day_in_words,
    half_day_of,
    letterhead,
    party_of,
    session_teaching,
    teaching_of,
    time_of,
)

OVER = frozenset({EnrolmentState.COMPLETED, EnrolmentState.COMPLETED_PART})
COMING = frozenset({EnrolmentState.CONFIRMED, EnrolmentState.CALLED_UP, EnrolmentState.ATTENDED})
FIRST_HALF_DAYS = 20


class SessionHasNoDates(Refused):
    """The document says when the session is, and nobody knows yet."""


class SeatIsNotSure(Refused):
    """The person has no confirmed seat to be called up to, or to sign a contract for."""


class CourseIsNotOver(Refused):
    """Nothing is certified before its end."""


class NothingWasAssessed(Refused):
    """No level was recorded that an attestation could say."""


class NoHalfDayThen(Refused):
    """The session has no half-day on that day."""


class NobodyConcerned(Refused):
    """Nobody of the session is where such a document is of use."""


def issue_programme(actor: Account, course: Course) -> Document:
    """Issue the programme of a course."""
    outcomes = tuple(pdf.Outcome(each.skill.label, each.entry_level, each.exit_level) for each in course.outcomes)
    trades = tuple(each.label for each in course.occupations)
    paper = pdf.Programme(letterhead(), teaching_of(course), outcomes, trades)
    return issue_document(actor, paper, About(f"course:{course.id}", course.title, {"course_id": course.id}))


def issue_convention(actor: Account, reservation: SeatReservation, price: pdf.Price) -> Document:
    """Issue the agreement with a firm for the seats it reserved."""
    session = _dated(reservation.course_session)
    people = tuple(each.account.display_name for each in people_named(reservation) if each.state in COMING | OVER)
    firm = party_of(reservation.organisation)
    paper = pdf.Convention(letterhead(), session_teaching(session), firm, reservation.seats, people, price)
    rows = {"reservation_id": reservation.id, "course_session_id": session.id}
    title = f"{session.course.title}, {reservation.organisation.name}"
    return issue_document(actor, paper, About(f"reservation:{reservation.id}", title, rows))


def issue_contract(actor: Account, enrolment: Enrolment, price: pdf.Price) -> Document:
    """Issue the contract of a person who comes at their own expense."""
    session = _dated(enrolment.course_session)
    if enrolment.state not in COMING:
        raise SeatIsNotSure
    person = pdf.Party(enrolment.account.display_name, (enrolment.account.email,))
    paper = pdf.Contract(letterhead(), session_teaching(session), person, session.seats_max, price)
    return issue_document(actor, paper, _about(enrolment))


def issue_call_up(actor: Account | None, enrolment: Enrolment) -> Document:
    """Issue the call-up of a person, in their language."""
    session, locale = _dated(enrolment.course_session), enrolment.account.locale
    if enrolment.state not in COMING:
        raise SeatIsNotSure
    half_days = asked.half_days_of(session.id)
    paper = pdf.CallUp(
        letterhead(),
        session_teaching(session, locale),
        enrolment.account.display_name,
        tuple(time_of(each, locale) for each in half_days[:FIRST_HALF_DAYS]),
        max(0, len(half_days) - FIRST_HALF_DAYS),
        pdf.lines_of(session.directions),
    )
    return issue_document(actor, paper, _about(enrolment, locale))


def issue_attendance_sheet(actor: Account, session: CourseSession, day: date) -> Document:
    """Issue the sheet of a day, a page for each of its half-days."""
    slots = [each for each in asked.half_days_of(session.id) if each.day == day]
    if not slots:
        raise NoHalfDayThen
    people = tuple(each.account.display_name for each in people_in(session))
    halves = tuple(half_day_of(each) for each in slots)
    paper = pdf.AttendanceSheet(letterhead(), session_teaching(session), halves, people)
    about = About(f"session:{session.id}:{day}", session.course.title, {"course_session_id": session.id})
    return issue_document(actor, paper, about)


def issue_certificate(actor: Account | None, enrolment: Enrolment) -> Document:
    """Issue the certificate of what a person attended, in their language."""
    session, locale = _dated(enrolment.course_session), enrolment.account.locale
    if enrolment.state not in OVER:
        raise CourseIsNotOver
    firm = enrolment.reservation.organisation.name if enrolment.reservation else ""
    paper = pdf.Certificate(
        letterhead(),
        session_teaching(session, locale),
        enrolment.account.display_name,
        firm,
        wording.duration(asked.minutes_attended(enrolment), locale),
        enrolment.state is EnrolmentState.COMPLETED,
    )
    return issue_document(actor, paper, _about(enrolment, locale))


def issue_attestation(actor: Account | None, enrolment: Enrolment) -> Document:
    """Issue the attestation of the levels that a person reached."""
    session, reached = _dated(enrolment.course_session), asked.results_of(enrolment)
    if not reached:
        raise NothingWasAssessed
    results = []
    for each in session.course.outcomes:
        found = reached.get(each.skill_id)
        about = (found.level, found.assessor.display_name, day_in_words(found.assessed_on)) if found else (None, "", "")
        results.append(pdf.Result(each.skill.label, each.exit_level, *about))
    paper = pdf.Attestation(letterhead(), session_teaching(session), enrolment.account.display_name, tuple(results))
    return issue_document(actor, paper, _about(enrolment))


def issue_letter(actor: Account, need: Need, signatory: str) -> Document:
    """Issue a firm's letter of intent, and write it down on the ladder of its need."""
    check_commits(actor, need, need.posts)
    trade = need.occupation
    paper = pdf.LetterOfIntent(
        letterhead(),
        party_of(need.organisation, signatory),
        need.reference,
        need.title,
        f"{trade.code} {trade.label}" if trade else "",
        need.posts,
        day_in_words(need.earliest),
        day_in_words(need.latest),
        need.commune.name if need.commune else "",
        tuple(pdf.SkillAsked(e.skill.label, e.level, e.importance is Importance.ESSENTIAL) for e in need.skills),
    )
    about = About(f"need:{need.id}", f"{need.reference}, {need.title}", {"need_id": need.id})
    before = asked.current_document(DocumentKind.LETTER_OF_INTENT, about.subject, about.locale)
    made = issue_document(actor, paper, about)
    if made is not before:
        sign_letter(actor, need, number=made.number, signatory=signatory)
    return made


def _dated(session: CourseSession) -> CourseSession:
    if session.starts_on is None:
        raise SessionHasNoDates
    return session


def _about(enrolment: Enrolment, locale: str = "fr") -> About:
    rows = {"enrolment_id": enrolment.id, "course_session_id": enrolment.course_session_id}
    title = f"{enrolment.course_session.course.title}, {enrolment.account.display_name}"
    return About(f"enrolment:{enrolment.id}", title, rows, locale)


def issue_call_ups(actor: Account, session: CourseSession) -> list[Document]:
    """Issue the call-ups of all who have a confirmed seat."""
    return [issue_call_up(actor, each) for each in _people(session, COMING)]


def issue_certificates(actor: Account, session: CourseSession) -> list[Document]:
    """Issue the certificates of all who finished, in whole or in part."""
    return [issue_certificate(actor, each) for each in _people(session, OVER)]


def issue_attestations(actor: Account, session: CourseSession) -> list[Document]:
    """Issue the attestations of all who finished and were assessed."""
    assessed = [each for each in _people(session, OVER) if asked.results_of(each)]
    if not assessed:
        raise NothingWasAssessed
    return [issue_attestation(actor, each) for each in assessed]


def _people(session: CourseSession, states: frozenset[EnrolmentState]) -> list[Enrolment]:
    _dated(session)
    found = [each for each in people_in(session) if each.state in states]
    if not found:
        raise NobodyConcerned
    return found
