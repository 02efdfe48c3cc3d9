"""What a session brought: levels by skill, which end the enrolment; how it was liked; what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from campus import clock, db
from campus.errors import Refused
from campus.lifecycles.post import WITNESSED
from campus.mail_rules import MailCategory, Rhythm
from campus.models import (
    Account,
    Enrolment,
    EnrolmentState,
    LinkPurpose,
    OneTimeLink,
    Satisfaction,
    SixMonths,
    SkillResult,
    SkillsUsed,
    WorkSince,
)
from campus.queries.coverage import coverage_of, events_of_post
from campus.queries.preferences import rhythm_of
from campus.queries.results import (
    LEARNT,
    outcomes_of,
    results_of,
    satisfaction_of,
    six_months_answer,
    to_ask_at_six_months,
)
from campus.services import attending, audit, ledger, links, session_mails

HALF_A_YEAR = timedelta(days=182)
ASKED_WITHIN = timedelta(days=30)
LINK_LIVES = timedelta(days=60)


class NobodyToJudge(Refused):
    """The person has not begun the course, or has left it, or their results are final."""


class UnknownSkill(Refused):
    """The course does not teach this skill."""


class OpinionTooEarly(Refused):
    """One says how a course was once it has ended."""


class LinkIsOver(Refused):
    """The link of the mail is too old."""


def record_results(actor: Account, enrolment: Enrolment, levels: Mapping[int, int]) -> list[SkillResult]:
    """Write down the level reached in each skill; once all are known and the last day has come, the person is done."""
    if enrolment.state != EnrolmentState.ATTENDED:
        raise NobodyToJudge
    outcomes = outcomes_of(enrolment)
    known = {each.skill_id: each for each in results_of(enrolment)}
    if set(levels) - {each.skill_id for each in outcomes}:
        raise UnknownSkill
    for skill_id, level in levels.items():
        _judge(actor, enrolment, skill_id, known=known, level=level)
    db.session.flush()
    last = enrolment.course_session.ends_on or enrolment.course_session.starts_on
    reached = {skill_id: each.level for skill_id, each in known.items()}
    if last is not None and last <= clock.today() and all(each.skill_id in reached for each in outcomes):
        wholly = all(reached[each.skill_id] >= each.exit_level for each in outcomes)
        attending.complete(actor, enrolment, wholly=wholly)
    return list(known.values())


def _judge(actor: Account, enrolment: Enrolment, skill_id: int, *, known: dict[int, SkillResult], level: int) -> None:
    row = known.get(skill_id)
    if row is None:
        row = known[skill_id] = SkillResult(enrolment_id=enrolment.id, skill_id=skill_id, level=level)
        db.session.add(row)
    elif row.level == level:
        return
    else:
        audit.record(actor, "result_changed", enrolment, skill_id=skill_id, before=row.level, after=level)
    row.level, row.assessor_id, row.assessed_on = level, actor.id, clock.today()


def may_say(enrolment: Enrolment) -> bool:
    """Tell whether the person has followed the course to its last day, and may say how it was."""
    last = enrolment.course_session.ends_on or enrolment.course_session.starts_on
    followed = enrolment.state in (EnrolmentState.ATTENDED, *LEARNT)
    return followed and last is not None and last <= clock.today()


def say_satisfaction(person: Account, enrolment: Enrolment, *, score: int, comment: str) -> Satisfaction:
    """Say how the session was, once it has ended; said again, the last word stands."""
    if not may_say(enrolment):
        raise OpinionTooEarly
    row = satisfaction_of(enrolment) or Satisfaction(enrolment_id=enrolment.id, score=score)
    again = {"before": row.score} if row.id else {}
    row.score, row.comment, row.said_at = score, comment.strip(), clock.now()
    db.session.add(row)
    db.session.flush()
    audit.record(person, "satisfaction_said", enrolment, **again)
    return row


def ask_at_six_months(today: date) -> int:
    """Ask the two questions, once, of those whose course ended half a year ago; count the mails."""
    asked = 0
    first = today - HALF_A_YEAR - ASKED_WITHIN
    found = to_ask_at_six_months(first, today - HALF_A_YEAR)
    known = session_mails.told([_key(each) for each in found])
    for each in found:
        if _key(each) not in known and rhythm_of(each.account, MailCategory.FEEDBACK) is not Rhythm.NEVER:
            _ask(each)
            asked += 1
    return asked


def _key(enrolment: Enrolment) -> str:
    return f"six_months:{enrolment.id}:{enrolment.account_id}"


def _ask(enrolment: Enrolment) -> None:
    until = clock.now() + LINK_LIVES
    details = {"enrolment_id": str(enrolment.id)}
    token = links.issue(LinkPurpose.SIX_MONTHS, account=enrolment.account, until=until, **details)
    values = {**session_mails.about(enrolment.course_session), "token": token}
    session_mails.tell_once([enrolment.account], "six_months", str(enrolment.id), **values)


def answer_six_months(link: OneTimeLink, enrolment: Enrolment, *, work: WorkSince, used: SkillsUsed) -> SixMonths:
    """Take both answers by the link of the mail; answered again, the last word stands."""
    if link.expires_at < clock.now():
        raise LinkIsOver
    links.note_use(link)
    row = six_months_answer(enrolment) or SixMonths(enrolment_id=enrolment.id)
    row.work, row.used, row.answered_at = work, used, clock.now()
    db.session.add(row)
    db.session.flush()
    _tell_ledger(enrolment, work)
    return row


def _tell_ledger(enrolment: Enrolment, work: WorkSince) -> None:
    """Let the person's word about the expected post stand in the ledger."""
    post = enrolment.need_post
    if post is None:
        return
    if work is WorkSince.EXPECTED_POST:
        ledger.say_stayed(enrolment.account, post, enrolment, stayed=True)
    elif coverage_of(events_of_post(post.id)).candidates.get(str(enrolment.id)) in WITNESSED:
        ledger.say_stayed(enrolment.account, post, enrolment, stayed=False)
