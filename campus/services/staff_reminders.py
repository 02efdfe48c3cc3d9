"""What the clock recalls to those who decide: habilitations and certifications that end, people who wait."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import groupby

from campus import clock
from campus.mail_rules import is_august
from campus.models import Account, Membership
from campus.queries.courses import certified_until
from campus.queries.organisations import managers_of, pending_memberships
from campus.queries.session_people import the_staff
from campus.queries.trainers import habilitations_until
from campus.services import session_mails

TOLD_BEFORE = timedelta(days=30)
CERTIFICATIONS_BEFORE = ((0, 60), (61, 180))
WAITED = timedelta(days=1)


def tell_habilitations(today: date) -> int:
    """Tell the team, a month ahead and once, which trainer's habilitations end on a day; count the mails."""
    told = 0
    found = habilitations_until(today, today + TOLD_BEFORE)
    for (account_id, ends_on), rows in groupby(found, key=lambda each: (each.account_id, each.valid_until)):
        skills = list(rows)
        values = {"trainer": skills[0].account, "ends_on": ends_on, "skills": [each.skill for each in skills]}
        told += session_mails.tell_staff("habilitation_ending", f"{account_id}:{ends_on}", **values)
    return told


def tell_certifications(today: date) -> int:
    """Tell the team half a year and two months ahead, once each, which course's certification ends; count the mails."""
    told = 0
    for least, most in CERTIFICATIONS_BEFORE:
        for course in certified_until(today + timedelta(days=least), today + timedelta(days=most)):
            fact = f"{course.id}:{course.certification_ends_on}:{most}"
            told += session_mails.tell_staff("certification_ending", fact, certified=course)
    return told


def tell_memberships(now: datetime) -> int:
    """List for those who may decide the people who wait for access to a site since a day or more; count the mails.

    Managers decide for their site, and are left in peace in August; the team for a site without a manager.
    """
    waiting: dict[Account, list[Membership]] = {}
    team = the_staff()
    for each in pending_memberships(now - WAITED):
        managers = managers_of(each.organisation)
        for account in managers or team:
            waiting.setdefault(account, []).append(each)
    told = 0
    for account, found in waiting.items():
        if account in team or not is_august(now):
            told += session_mails.tell_once([account], "memberships_waiting", str(clock.today()), requests=found)
    return told
