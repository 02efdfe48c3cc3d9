"""What firms are asked once their people are trained: hired? still there six months later? Not in August."""

from __future__ import annotations

from datetime import datetime, timedelta

from campus import clock, db
from campus.mail_rules import is_august
from campus.models import Need
from campus.queries.firm_questions import hires_before, needs_with_trained_people
from campus.services import mails

AGAIN_AFTER = timedelta(days=15)
STAY = timedelta(days=180)


def ask_hires(now: datetime) -> None:
    """Ask on the day after a need's window, and once more 15 days later, whether a trained candidate was hired."""
    if is_august(now):
        return
    today = clock.day_of(now)
    for need in needs_with_trained_people(today):
        again = need.latest is not None and today >= need.latest + timedelta(days=1) + AGAIN_AFTER
        key = f"hire_asked:{need.id}:{'again' if again else 'first'}"
        mails.tell_if_wanted(need.author, "hire_asked", once_key=key, need=need)


def ask_stays(now: datetime) -> None:
    """Ask, 180 days after a hire, whether the person is still there; once for each post."""
    if is_august(now):
        return
    for hired in hires_before(now - STAY):
        need, post = db.session.get_one(Need, hired.need_post.need_id), hired.need_post
        values = {"need": need, "post": post, "hired_at": hired.at}
        mails.tell_if_wanted(need.author, "stay_asked", once_key=f"stay_asked:{post.id}", **values)
