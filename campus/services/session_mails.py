"""What everybody concerned is told about a session: people, firms with seats, trainers, and the team that decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from campus import clock
from campus.mail_rules import SWITCHABLE
from campus.mailer import Attached
from campus.models import WAITING, Account, CourseSession, Enrolment, EnrolmentState
from campus.queries.calendars import SURE
from campus.queries.session_people import expected_in, partners_of, still_active, the_staff, told
from campus.services import mails
from campus.services.calendars import session_files

# Who followed a course, whether or not their results are known by then.
FOLLOWED = (EnrolmentState.ATTENDED, EnrolmentState.COMPLETED, EnrolmentState.COMPLETED_PART)
# What each event says to the people of a session; the rest is for firms and trainers alone.
PEOPLE = {
    "confirmed": lambda state: state not in WAITING,
    "postponed": lambda _state: True,
    "reopened": lambda _state: True,
    "finished": lambda state: state in FOLLOWED,
    # Each person reads it in the mail of their own application.
    "cancelled": lambda _state: False,
}
# With these go the dates as they now are: what is off is cancelled in one's own calendar too.
DATED = frozenset({"postponed", "reopened", "cancelled"})


@dataclass
class Letters:
    """Mails to write once the change is made; who gets one was settled before it."""

    event: str
    course_session: CourseSession
    reason: str
    people: list[Enrolment] = field(default_factory=list)
    partners: list[Account] = field(default_factory=list)

    def send(self) -> None:
        """Queue one mail for each."""
        for each in self.people:
            self._tell(each.account, enrolment=each)
        for account in self.partners:
            self._tell(account, enrolment=None)

    def _tell(self, account: Account, *, enrolment: Enrolment | None) -> None:
        session = self.course_session
        key = f"session_{self.event}:{session.id}:{session.version}:{account.id}"
        values = {**about(session), "reason": self.reason, "enrolment": enrolment}
        comes = enrolment is None or enrolment.state in SURE
        files = session_files(session, account.locale) if comes and self.event in DATED else []
        write(account, f"session_{self.event}", files, once_key=key, **values)


def prepare(event: str, course_session: CourseSession, *, reason: str) -> Letters:
    """Find who is told of an event, before it changes who that is."""
    concerned = expected_in if event == "finished" else still_active
    people = [each for each in concerned(course_session) if PEOPLE[event](each.state)]
    partners = [] if event == "finished" else partners_of(course_session, clock.today())
    return Letters(event, course_session, reason, people, partners)


def about(course_session: CourseSession) -> dict[str, Any]:
    """Give what every mail about a session says of it."""
    return {
        "course_session": course_session,
        "course": course_session.course.title,
        "starts_on": course_session.starts_on,
        "ends_on": course_session.ends_on,
    }


def tell_once(accounts: Iterable[Account], kind: str, fact: str, **values: Any) -> int:
    """Tell each of these people a fact that they have not been told yet; count the mails."""
    wanted = {f"{kind}:{fact}:{each.id}": each for each in accounts}
    known = told(list(wanted))
    new = {key: account for key, account in wanted.items() if key not in known}
    for key, account in new.items():
        write(account, kind, once_key=key, **values)
    return len(new)


def tell_staff(kind: str, fact: str, **values: Any) -> int:
    """Tell the whole team a fact, once."""
    return tell_once(the_staff(), kind, fact, **values)


def write(account: Account, kind: str, files: Sequence[Attached] = (), *, once_key: str, **values: Any) -> None:
    """Queue a mail with its files, unless it is one that the person has switched off."""
    tell = mails.tell_if_wanted if kind in SWITCHABLE else mails.tell
    mail = tell(account, kind, once_key=once_key, **values)
    if mail is not None:
        mails.attach(mail, *files)
