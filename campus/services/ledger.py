"""The coverage ledger: one line a step of one post, only ever added. The state of post and need follows from it."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import select

from campus import db
from campus.errors import Refused
from campus.lifecycles import POST
from campus.lifecycles.coverage import LOST, OPEN, PostCoverage
from campus.lifecycles.post import CHAIN
from campus.models import (
    Account,
    CoverageEvent,
    CoverageKind,
    CoverageSource,
    Enrolment,
    EnrolmentState,
    Need,
    NeedPost,
    NeedState,
    PostState,
    Role,
)
from campus.queries.coverage import coverage_of, coverage_of_need, events_of_post
from campus.services import audit, enrolment_mails
from campus.services.matches import match_need
from campus.services.need_states import move

K = CoverageKind
WHO = {Role.STAFF: "staff", Role.TRAINER: "trainer", Role.EMPLOYER: "firm", Role.TRAINEE: "person"}
SOURCES = {Role.EMPLOYER: CoverageSource.FIRM, Role.TRAINEE: CoverageSource.TRAINEE}
REACHED = {
    EnrolmentState.CONFIRMED: (K.ENROLLED,),
    EnrolmentState.CALLED_UP: (K.ENROLLED,),
    EnrolmentState.ATTENDED: (K.ENROLLED, K.STARTED),
}
CANDIDATE_LEFT = "candidate_left"
OTHER_POST = "other_post"
FILLED_OTHERWISE = "filled_otherwise"


class LineNeedsReason(Refused):
    """A post is lost or reopened, a line is contested, for a reason."""


def append(
    actor: Account | None,
    post_id: uuid.UUID,
    kind: CoverageKind,
    *,
    enrolment: Enrolment | None = None,
    source: CoverageSource | None = None,
    reason: str = "",
    **evidence: Any,
) -> CoverageEvent:
    """Add a line that the table allows from where the candidate (or the post) stands."""
    post, events = _lock(post_id)
    known = coverage_of(events)
    who = "service" if actor is None else WHO.get(actor.role, "nobody")
    candidate = str(enrolment.id) if enrolment else evidence.get("reservation")
    row = POST.step(kind.value, _state(known, kind, candidate), who)
    if row.guard == "reason" and not reason.strip():
        raise LineNeedsReason
    made = _write(actor, post, kind, events=events, source=source, enrolment=enrolment, reason=reason, **evidence)
    _follow(post, [*events, made])
    return made


def note(actor: Account | None, enrolment: Enrolment, kind: CoverageKind, **evidence: Any) -> None:
    """Write down a step of an enrolment that is tied to a post, as the campus sees it."""
    if enrolment.need_post_id is not None:
        seen = CoverageSource.CAMPUS
        append(_recorder(actor), enrolment.need_post_id, kind, enrolment=enrolment, source=seen, **evidence)


def note_lost(actor: Account | None, enrolment: Enrolment, reason: str) -> None:
    """Write down that the post has lost this candidate; it is open again at once for another."""
    post_id = enrolment.need_post_id
    if post_id is None:
        return
    state = coverage_of(events_of_post(post_id)).candidates.get(str(enrolment.id), LOST)
    if state == LOST:
        return
    by = _recorder(actor)
    append(by, post_id, K.LOST, enrolment=enrolment, source=CoverageSource.CAMPUS, reason=reason)
    reopen_if_lost(post_id)


def reopen_if_lost(post_id: uuid.UUID) -> None:
    """Open a post again for somebody else, once its last candidate has left."""
    if coverage_of(events_of_post(post_id)).state == LOST:
        append(None, post_id, K.REOPENED, source=CoverageSource.CAMPUS, reason=CANDIDATE_LEFT)


def say_hired(
    actor: Account, post: NeedPost, enrolment: Enrolment | None, *, hired: bool, reason: str = "", **evidence: Any
) -> CoverageEvent:
    """Answer "hired?" about a candidate, or somebody else whom the firm found; the same answer twice is one line."""
    return _answer(actor, post, enrolment, kind=K.HIRED if hired else K.LOST, reason=reason or "not_hired", **evidence)


def say_stayed(
    actor: Account, post: NeedPost, enrolment: Enrolment | None, *, stayed: bool, reason: str = "", **evidence: Any
) -> CoverageEvent:
    """Answer "still there at six months?"; the same answer twice is one line."""
    return _answer(actor, post, enrolment, kind=K.STAYED if stayed else K.LOST, reason=reason or "left", **evidence)


def _answer(
    actor: Account, post: NeedPost, enrolment: Enrolment | None, *, kind: CoverageKind, reason: str, **evidence: Any
) -> CoverageEvent:
    source = SOURCES.get(actor.role, CoverageSource.CAMPUS)
    candidate = enrolment.id if enrolment else None
    _post, events = _lock(post.id)
    mine = [each for each in events if each.source is source and each.enrolment_id == candidate and not each.about_id]
    if mine and mine[-1].kind is kind:
        return mine[-1]
    said = reason if kind is K.LOST else ""
    made = append(actor, post.id, kind, enrolment=enrolment, source=source, reason=said, **evidence)
    if kind is K.HIRED and source is not CoverageSource.TRAINEE:
        _let_others_go(post, enrolment)
    return made


def _let_others_go(post: NeedPost, hired: Enrolment | None) -> None:
    """Tell the other candidates of a post that it is filled; their training goes on, without the post as its aim."""
    for key, state in coverage_of(events_of_post(post.id)).candidates.items():
        other = POST.find("obsolete", state) and _candidate(key)
        if other is None or other is hired:
            continue
        events = list(events_of_post(post.id))
        seen = CoverageSource.CAMPUS
        made = _write(None, post, K.LOST, events=events, source=seen, enrolment=other, reason=FILLED_OTHERWISE)
        _follow(post, [*events, made])
        other.need_post_id = None
        db.session.flush()
        audit.record(None, "enrolment.obsolete", other, need_post_id=post.id)
        enrolment_mails.tell("obsolete", other)


def _candidate(key: str) -> Enrolment | None:
    """Find the application behind a candidate; a reserved seat without a name, or somebody from elsewhere, has none."""
    return db.session.get(Enrolment, uuid.UUID(key)) if key else None


def confirm(actor: Account, event: CoverageEvent) -> CoverageEvent:
    """Say, as the firm, that a line is right."""
    return _judge(actor, event, K.CONFIRMED, reason="")


def contest(actor: Account, event: CoverageEvent, reason: str) -> CoverageEvent:
    """Say, as the firm, that a line is wrong, and why; it then counts no more, and stays there."""
    if not reason.strip():
        raise LineNeedsReason
    return _judge(actor, event, K.CONTESTED, reason=reason.strip())


def _judge(actor: Account, event: CoverageEvent, kind: CoverageKind, *, reason: str) -> CoverageEvent:
    post, events = _lock(event.need_post_id)
    words = [each for each in events if each.about_id == event.id]
    if words and words[-1].kind is kind:
        return words[-1]
    made = _write(actor, post, kind, events=events, reason=reason, about_id=event.id)
    _follow(post, [*events, made])
    return made


def propose(actor: Account | None, enrolment: Enrolment) -> None:
    """Write down that a person is proposed for a post, and how far they have come already."""
    done = REACHED.get(enrolment.state, ())
    for kind in (K.PROPOSED, *done):
        note(actor, enrolment, kind)


def close_posts(actor: Account | None, need: Need, reason: str) -> None:
    """Write down that the posts of a need that has ended are lost, those excepted on which somebody was hired."""
    for post in _posts(need):
        if post.state not in {PostState.HIRED, PostState.STAYED, PostState.LOST}:
            append(actor, post.id, K.LOST, reason=reason)


def reopen_posts(actor: Account | None, need: Need, reason: str) -> None:
    """Write down that the posts of a need that lives again are open."""
    for post in _posts(need)[: need.posts]:
        if post.state is PostState.LOST:
            append(actor, post.id, K.REOPENED, reason=reason)


def _posts(need: Need) -> list[NeedPost]:
    return list(db.session.scalars(select(NeedPost).where(NeedPost.need_id == need.id).order_by(NeedPost.number)))


def _lock(post_id: uuid.UUID) -> tuple[NeedPost, list[CoverageEvent]]:
    post = db.session.scalars(
        select(NeedPost).where(NeedPost.id == post_id).with_for_update().execution_options(populate_existing=True)
    ).one()
    return post, list(events_of_post(post_id))


def _recorder(actor: Account | None) -> Account | None:
    """Give who may write what the campus sees: the service itself, where a person's own step is the cause."""
    return actor if actor is not None and actor.role in {Role.STAFF, Role.TRAINER} else None


def _state(known: PostCoverage, kind: CoverageKind, candidate: str | None) -> str:
    if kind.value not in CHAIN and candidate is None:
        return known.state
    state = known.candidates.get(candidate or "", OPEN)
    return OPEN if state == LOST and kind.value in CHAIN else state


def _write(
    actor: Account | None, post: NeedPost, kind: CoverageKind, *, events: list[CoverageEvent], **said: Any
) -> CoverageEvent:
    names = {"source", "enrolment", "reason", "about_id"}
    source = said.get("source") or (SOURCES.get(actor.role) if actor else None) or CoverageSource.CAMPUS
    enrolment = said.get("enrolment")
    made = CoverageEvent(
        need_post_id=post.id,
        number=len(events) + 1,
        enrolment_id=enrolment.id if enrolment else None,
        kind=kind,
        actor_id=actor.id if actor else None,
        source=source,
        reason=said.get("reason", "").strip(),
        evidence={name: audit.plain(value) for name, value in said.items() if name not in names},
        about_id=said.get("about_id"),
    )
    db.session.add(made)
    db.session.flush()
    return made


def _follow(post: NeedPost, events: list[CoverageEvent]) -> None:
    """Let the state of the post, and that of its need, follow from the lines."""
    post.state = PostState(coverage_of(events).state)
    db.session.flush()
    need = db.session.get_one(Need, post.need_id)
    observed = coverage_of_need(need) == "observed"
    if observed and need.state is NeedState.PUBLISHED:
        move(None, "cover", need)
    elif not observed and need.state is NeedState.COVERED:
        move(None, "uncover", need)
        match_need(need)
