"""Posting, revising and moderating needs."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from campus import clock, db, policies
from campus.errors import Refused
from campus.models import (
    Account,
    Audience,
    Contract,
    CoverageKind,
    Importance,
    Need,
    NeedPost,
    NeedSkill,
    NeedState,
    PostState,
    ReferentialVersion,
    Shifts,
)
from campus.queries.coverage import events_of_post
from campus.queries.needs import draft_of
from campus.queries.organisations import organisation_by_id
from campus.services import audit, commitments, ledger, mails
from campus.services.matches import match_need
from campus.services.need_states import move
from campus.services.numbers import next_number

LIFE = timedelta(days=90)
LEAST_SKILLS = 3


class AccessIsPending(Refused):
    """The person's place in the organisation has not been granted yet."""


class NeedIsIncomplete(Refused):
    """A need has a title, posts, a window that makes sense and at least three skills, one of them essential."""


class PostsAreTaken(Refused):
    """Posts that are covered already cannot be taken away from the need."""


class ReasonIsMissing(Refused):
    """Who is told no, or to be more precise, is told why."""


@dataclass(frozen=True)
class AskedSkill:
    """A skill that a need asks for; no level when the firm does not know it yet."""

    skill_id: int
    level: int | None = None
    importance: Importance = Importance.ESSENTIAL


@dataclass(frozen=True)
class NeedDetails:
    """All that a firm says of a need."""

    organisation_id: uuid.UUID
    title: str
    posts: int
    skills: tuple[AskedSkill, ...]
    advert: str = ""
    occupation_id: int | None = None
    audience: Audience = Audience.HIRING
    earliest: date | None = None
    latest: date | None = None
    commune_code: str | None = None
    max_km: int | None = None
    contract: Contract = Contract.NOT_KNOWN
    shifts: Shifts = Shifts.NOT_KNOWN
    diploma_required: bool = False
    comment: str = ""


def post_need(account: Account, details: NeedDetails) -> Need:
    """Post a need: the campus reads it before it is published, its answers are looked for at once."""
    organisation = organisation_by_id(details.organisation_id)
    if organisation is None or not policies.may_post_need(account, organisation):
        raise AccessIsPending
    check(details)
    now = clock.now()
    need = Need(
        reference=next_reference(),
        organisation=organisation,
        author=account,
        state=NeedState.IN_MODERATION,
        referential_version_id=db.session.scalar(select(ReferentialVersion.id).order_by(ReferentialVersion.id.desc())),
        submitted_at=now,
        expires_at=now + LIFE,
    )
    write(need, details)
    db.session.add(need)
    db.session.flush()
    db.session.add_all(NeedPost(need_id=need.id, number=number) for number in range(1, details.posts + 1))
    audit.record(account, "post", need, after=need.state.value)
    forget_draft(account)
    return matched(need)


def revise_need(account: Account, need: Need, details: NeedDetails) -> Need:
    """Change what a need says: a published one stays so, one that was to clarify is read again by the campus."""
    if not policies.may_change_need(account, need):
        raise AccessIsPending
    check(details)
    before = described(need)
    write(need, details)
    fit_posts(account, need)
    changed = {name: [before[name], value] for name, value in described(need).items() if value != before[name]}
    move(account, "answer" if need.state is NeedState.TO_CLARIFY else "revise", need, changed=changed)
    forget_draft(account, need)
    commitments.declare_again(account, need)
    return matched(need)


def publish_need(account: Account, need: Need) -> Need:
    """Let a need be seen and counted, for 90 days."""
    now = clock.now()
    need.published_at, need.expires_at, need.reason = now, now + LIFE, ""
    move(account, "publish", need, expires_at=need.expires_at)
    commitments.declare(need.author, need)
    mails.tell(need.author, "need_published", need=need)
    return matched(need)


def ask_precision(account: Account, need: Need, reason: str) -> Need:
    """Send a need back to its firm with a question."""
    need.reason = given(reason)
    move(account, "ask_precision", need, reason=need.reason)
    mails.tell(need.author, "need_to_clarify", need=need)
    return need


def refuse_need(account: Account, need: Need, reason: str) -> Need:
    """Refuse a need and say why."""
    need.reason = given(reason)
    move(account, "refuse", need, reason=need.reason)
    mails.tell(need.author, "need_refused", need=need)
    return need


def given(reason: str) -> str:
    """Insist on a reason."""
    if not reason.strip():
        raise ReasonIsMissing
    return reason.strip()


def check(details: NeedDetails) -> None:
    """Refuse a need that nobody could answer."""
    window = details.earliest is None or details.latest is None or details.earliest <= details.latest
    essential = any(each.importance is Importance.ESSENTIAL for each in details.skills)
    different = len({each.skill_id for each in details.skills})
    if not (details.title and details.posts >= 1 and window and essential and different >= LEAST_SKILLS):
        raise NeedIsIncomplete


def write(need: Need, details: NeedDetails) -> None:
    """Copy what the firm says onto the need; its organisation never changes."""
    values = asdict(details)
    for name in ("organisation_id", "skills"):
        del values[name]
    for name, value in values.items():
        setattr(need, name, value)
    kept = {each.skill_id: each for each in need.skills}
    rows = []
    for position, asked in enumerate({each.skill_id: each for each in details.skills}.values()):
        row = kept.get(asked.skill_id) or NeedSkill(skill_id=asked.skill_id)
        row.level, row.importance, row.position = asked.level, asked.importance, position
        rows.append(row)
    need.skills = rows


def described(need: Need) -> dict[str, Any]:
    """Give what a need says, as the audit log keeps it."""
    names = [name for name in NeedDetails.__dataclass_fields__ if name not in {"organisation_id", "skills"}]
    said = {name: audit.plain(getattr(need, name)) for name in names}
    said["skills"] = [[each.skill_id, each.level, each.importance.value] for each in need.skills]
    return said


def fit_posts(actor: Account, need: Need) -> None:
    """Give the need as many posts as it says; those already covered stay."""
    found = db.session.scalars(select(NeedPost).where(NeedPost.need_id == need.id).order_by(NeedPost.number))
    rows = list(found)
    if any(row.state not in {PostState.OPEN, PostState.LOST} for row in rows[need.posts :]):
        raise PostsAreTaken
    while len(rows) > need.posts and not events_of_post(rows[-1].id):
        db.session.delete(rows.pop())
    for row in rows[need.posts :]:
        if row.state is PostState.OPEN:
            ledger.append(actor, row.id, CoverageKind.LOST, reason="fewer_posts")
    ledger.reopen_posts(actor, need, "more_posts")
    db.session.add_all(NeedPost(need_id=need.id, number=n) for n in range(len(rows) + 1, need.posts + 1))


def forget_draft(account: Account, need: Need | None = None) -> None:
    """Throw away the draft that has become a need."""
    draft = draft_of(account, need.id if need else None)
    if draft is not None:
        db.session.delete(draft)


def matched(need: Need) -> Need:
    """Look for the need's answers in the same breath."""
    db.session.flush()
    db.session.refresh(need)
    match_need(need)
    return need


def next_reference() -> str:
    """Give the next number of the year: "2026-0001"."""
    year = clock.today().year
    return f"{year}-{next_number(f'needs {year}'):04d}"
