"""What the staff do for the quality of the data: ask a firm, keep two needs apart, file again what lost its sheet."""

from __future__ import annotations

from dataclasses import replace

from campus import clock, db
from campus.errors import Refused
from campus.mail_rules import is_august
from campus.models import Account, Course, Need, NeedState, Occupation
from campus.queries.needs import is_queued
from campus.queries.quality import KEPT_BOTH, asked_key, is_likely_duplicate
from campus.queries.referentials import latest_version
from campus.services import audit, mails, need_lives
from campus.services.courses import details_of, revise_course
from campus.services.matches import match_need
from campus.services.need_states import NeedHasMovedOn


class NobodyIsAsked(Refused):
    """In August firms are left in peace."""


class AlreadyAsked(Refused):
    """The firm was asked already, and has not answered yet."""


class NotDuplicates(Refused):
    """These needs are not, or no longer, probable duplicates."""


class NothingToFile(Refused):
    """The occupation is in force, or the one chosen is not."""


def ask_renewal(actor: Account, need: Need) -> Need:
    """Ask a firm now, by the mail that asks it before the end, whether its need still stands."""
    now = clock.now()
    if need.state is not NeedState.PUBLISHED:
        raise NeedHasMovedOn
    if is_august(now):
        raise NobodyIsAsked
    if is_queued(asked_key(need)):
        raise AlreadyAsked
    token = need_lives.renewal_link(need, now)
    mails.tell(need.author, "need_expiring", need=need, token=token, once_key=asked_key(need))
    audit.record(actor, "renewal_asked", need)
    return need


def keep_both(actor: Account, one: Need, other: Need) -> None:
    """Say that two needs which look the same are two: the list of duplicates no longer shows them."""
    first, second = sorted((one, other), key=lambda need: need.id)
    if not is_likely_duplicate(first, second):
        raise NotDuplicates
    audit.record(actor, KEPT_BOTH, first, other=second.id)
    audit.record(actor, KEPT_BOTH, second, other=first.id)


def file_need_again(actor: Account, need: Need, occupation: Occupation) -> Need:
    """Give a need an occupation in force in the place of one that is not, and look for its answers again."""
    before = need.occupation
    if before is None or not _follows(before, occupation):
        raise NothingToFile
    latest = latest_version()
    need.occupation, need.referential_version_id = occupation, latest.id if latest else None
    db.session.flush()
    audit.record(actor, "filed_again", need, before=before.code, after=occupation.code)
    match_need(need)
    return need


def file_course_again(actor: Account, course: Course, *, before: Occupation, after: Occupation) -> Course:
    """Give a course an occupation in force in the place of one that is not."""
    if before not in course.occupations or not _follows(before, after):
        raise NothingToFile
    details = details_of(course)
    kept = {key for key in details.occupations if key != before.id} | {after.id}
    return revise_course(actor, course, replace(details, occupations=tuple(sorted(kept))), version=course.version)


def _follows(before: Occupation, after: Occupation) -> bool:
    return before.retired_in_id is not None and after.retired_in_id is None
