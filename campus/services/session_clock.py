"""What the clock does with course sessions: decide by the rule, call up, start, finish."""

from __future__ import annotations

from datetime import date, timedelta

from campus.queries.course_sessions import sessions_to_call_up, sessions_to_decide, sessions_to_finish
from campus.services import session_mails
from campus.services.session_calls import call_up_all
from campus.services.session_lives import confirm_session, finish_session, start_session

CALLED_UP_BEFORE = timedelta(days=15)


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
