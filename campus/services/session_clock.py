"""What the clock does with course sessions: decide by the rule, call up, start, finish."""

from __future__ import annotations

from datetime import date, timedelta

from campus import clock
from campus.models import Account, Enrolment, EnrolmentState
from campus.queries.calendars import place_of
from campus.queries.course_sessions import sessions_to_call_up, sessions_to_decide, sessions_to_finish
from campus.queries.session_people import still_active
from campus.queries.slots import slots_of
from campus.services import session_mails
from campus.services.session_calls import call_up_all
from campus.services.session_lives import confirm_session, finish_session, start_session

CALLED_UP_BEFORE, REMINDED_BEFORE = timedelta(days=15), timedelta(days=3)


def decide_sessions(today: date) -> int:
    """Confirm the sessions whose day has come and that have enough people; ask the team about the others, once."""
    decided = 0
    for each in sessions_to_decide(today):
        if each.has_enough:
            confirm_session(None, each)
            decided += 1
        else:
            session_mails.tell_staff("session_to_decide", f"{each.id}:{each.decides_on}", **session_mails.about(each))
    return decided


def call_up_people(today: date) -> int:
    """Call to the first day, two weeks ahead, those whose seat is sure; count them."""
    return sum(call_up_all(None, each) for each in sessions_to_call_up(today + CALLED_UP_BEFORE))


def remind_first_day(today: date) -> int:
    """Remind those called up, and the firms that sent some of them, three days ahead and once; count the mails."""
    written = 0
    for each in sessions_to_call_up(today + REMINDED_BEFORE):
        called = [person for person in still_active(each) if _was_called_before_today(person)]
        values = {**session_mails.about(each), "slot": next(iter(slots_of(each)), None), "place": place_of(each)}
        fact = f"{each.id}:{each.starts_on}"
        for person in called:
            written += session_mails.tell_once([person.account], "session_soon", fact, enrolment=person, **values)
        for firm, people in _by_firm(called):
            written += session_mails.tell_once([firm], "session_soon_firm", fact, names=people, **values)
    return written


def _was_called_before_today(enrolment: Enrolment) -> bool:
    """Spare those who have only just read their call-up."""
    return enrolment.state == EnrolmentState.CALLED_UP and enrolment.updated_at < clock.now() - timedelta(hours=20)


def _by_firm(people: list[Enrolment]) -> list[tuple[Account, list[str]]]:
    """Sort those whom firms sent by the person who reserved their seat."""
    found: dict[Account, list[str]] = {}
    for each in people:
        if each.reservation is not None:
            found.setdefault(each.reservation.author, []).append(each.account.display_name)
    return list(found.items())


def start_sessions(today: date) -> int:
    """Let the confirmed sessions run whose first day has come; count them."""
    begun = sessions_to_call_up(today)
    for each in begun:
        start_session(None, each)
    return len(begun)


def finish_sessions(today: date) -> int:
    """End the running sessions whose last day is past; count them."""
    over = sessions_to_finish(today)
    for each in over:
        finish_session(None, each)
    return len(over)
