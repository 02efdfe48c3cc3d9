"""What a firm says of an answer: that it is not relevant, or that a course is missing."""

from __future__ import annotations

from campus import clock, db
from campus.errors import Refused
from campus.models import (
    Account,
    CourseRequest,
    CourseRequestSkill,
    CourseRequestState,
    FeedbackReason,
    Match,
    MatchFeedback,
    Need,
)
from campus.queries.matches import answer_of, open_request
from campus.services.audit import record
from campus.services.matches import facts_today, match_need


class NothingUncovered(Refused):
    """The courses there are already cover the need."""


class RequestAlreadyOpen(Refused):
    """The firm has asked already; the campus will answer."""


def contest_match(actor: Account, match: Match, need: Need, *, reason: FeedbackReason, comment: str) -> MatchFeedback:
    """Write down why a course is not an answer, and rank it after the others for this need."""
    said = MatchFeedback(
        need_id=need.id,
        course_id=match.course_id,
        account_id=actor.id,
        reason=reason,
        comment=comment,
        features={**facts_today(need, match.course_id), "position": match.position, "gates_open": match.gates_open},
    )
    db.session.add(said)
    record(actor, "match_contested", need, course=match.course_id, reason=reason.value, comment=comment)
    match_need(need)
    return said


def take_back(actor: Account, said: MatchFeedback, need: Need) -> None:
    """Forget that a course was not an answer, and judge again."""
    said.withdrawn_at = clock.now()
    record(actor, "match_contest_taken_back", need, course=said.course_id)
    match_need(need)


def request_course(actor: Account, need: Need, *, message: str) -> CourseRequest:
    """Ask the campus for a course on the skills that nothing covers."""
    if open_request(need) is not None:
        raise RequestAlreadyOpen
    answer = answer_of(need)
    uncovered = answer.whole["uncovered"] if answer else []
    if not uncovered:
        raise NothingUncovered
    asked = CourseRequest(need_id=need.id, author_id=actor.id, message=message)
    asked.skills = [CourseRequestSkill(skill_id=each["skill_id"], level=each["required"]) for each in uncovered]
    db.session.add(asked)
    record(actor, "course_requested", need, skills=[each["skill_id"] for each in uncovered], message=message)
    db.session.flush()
    return asked


def answer_request(actor: Account, asked: CourseRequest, *, state: CourseRequestState, answer: str) -> None:
    """Tell the firm what becomes of its request."""
    asked.state = state
    asked.answer = answer
    asked.decided_by_id = actor.id
    asked.decided_at = clock.now()
    record(actor, "course_request_answered", asked.need, state=state.value, answer=answer)
    db.session.flush()
