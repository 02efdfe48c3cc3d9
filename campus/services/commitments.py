"""What firms say and sign about their needs: lines of the ladder, only ever added, each with its evidence."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from campus import clock, db, policies
from campus.errors import Refused
from campus.models import (
    Account,
    Commitment,
    CommitmentStep,
    Need,
    NeedState,
    Organisation,
    RecordComment,
)
from campus.queries.commitments import ladder_of, lines_of
from campus.services import audit

S = CommitmentStep
COUNTS = frozenset({NeedState.PUBLISHED, NeedState.COVERED})
TAKEN_BACK_ALONE = frozenset({S.CONFIRMED, S.LETTER, S.CONTRACT})


class NeedDoesNotCount(Refused):
    """Commitments rest on a need that is published."""


class TooManyPosts(Refused):
    """One cannot commit more posts than the need asks for; `posts` says how many it does."""


class DayIsAhead(Refused):
    """What is signed or heard was so today or before."""


class CommitmentStands(Refused):
    """A line goes with the need itself, or has been withdrawn already."""


class WithdrawalNeedsReason(Refused):
    """Who takes a commitment back says why."""


class NotYourFirm(Refused):
    """Only the people of a firm commit it."""


class AgreementKind(enum.StrEnum):
    """What was signed."""

    CONVENTION = "convention"
    POEI = "poei"
    APPRENTICESHIP = "apprenticeship"
    OTHER = "other"


@dataclass(frozen=True)
class Agreement:
    """What a firm has signed: its kind and reference, for how many posts, on which day."""

    kind: AgreementKind
    reference: str
    posts: int
    signed_on: date


@dataclass(frozen=True)
class Heard:
    """A signal: what was heard, for how many posts, on which day."""

    words: str
    posts: int
    on: date


def declare(actor: Account | None, need: Need) -> Commitment | None:
    """Write down that a need is declared, for as many posts as it asks; None when that stands already."""
    stands = ladder_of(need).standing.get(S.DECLARED)
    if stands is not None and stands.posts == need.posts:
        return None
    return _write(actor, need, S.DECLARED, posts=need.posts, reference=need.reference)


def declare_again(actor: Account, need: Need) -> Commitment | None:
    """Follow a declared need that now asks for more posts, or fewer."""
    return declare(actor, need) if S.DECLARED in ladder_of(need).standing else None


def confirm(actor: Account, need: Need) -> Commitment:
    """Write down that the firm answered the question whether its need still stands."""
    return _write(actor, need, S.CONFIRMED, posts=need.posts, until=need.expires_at)


def engage(actor: Account, need: Need, agreement: Agreement) -> Commitment:
    """Write down the reference of what a firm has signed."""
    check_commits(actor, need, agreement.posts)
    if agreement.signed_on > clock.today():
        raise DayIsAhead
    said = asdict(agreement) | {"reference": agreement.reference.strip()}
    return _write(actor, need, S.CONTRACT, **said)


def sign_letter(actor: Account, need: Need, *, number: str, signatory: str) -> Commitment:
    """Write down the letter of intent that a firm had made, by its number and who signs it."""
    check_commits(actor, need, need.posts)
    return _write(actor, need, S.LETTER, posts=need.posts, number=number, signatory=signatory)


def note_signal(actor: Account, organisation: Organisation, heard: Heard) -> Commitment:
    """Write down what somebody of the campus heard of a firm, before there is a need."""
    if heard.on > clock.today():
        raise DayIsAhead
    evidence = {"words": heard.words.strip(), "heard_on": heard.on}
    return _add(actor, organisation=organisation, step=S.SIGNAL, posts=heard.posts, evidence=audit.plain(evidence))


def forget_signal(actor: Account, signal: Commitment, reason: str) -> Commitment:
    """Take a signal back: it was a mistake, or a need has been declared since."""
    return _withdraw(actor, signal, reason, at=clock.now())


def take_back(actor: Account, need: Need, line: Commitment, *, reason: str) -> Commitment:
    """Take back one line of a need, and say why; its declaration goes only with the need."""
    if not policies.may_change_need(actor, need):
        raise NotYourFirm
    if line.step not in TAKEN_BACK_ALONE or ladder_of(need).standing.get(line.step) is not line:
        raise CommitmentStands
    return _withdraw(actor, line, reason, at=clock.now())


def take_all_back(actor: Account | None, need: Need, reason: str) -> None:
    """Take back every line of a need that ends."""
    now = clock.now()
    for line in ladder_of(need).standing.values():
        _withdraw(actor, line, reason, at=now)


def give_all_back(actor: Account | None, need: Need) -> None:
    """Write down again what stood when the need ended, for it lives again."""
    lines = lines_of(need)
    ended = max((each.at for each in lines if each.withdraws_id), default=None)
    if ended is None or not _ended(lines):
        return
    taken = {each.withdraws_id for each in lines if each.at == ended}
    for line in lines:
        if line.id in taken:
            _write(actor, need, line.step, posts=line.posts, **line.evidence)


def _ended(lines: Iterable[Commitment]) -> bool:
    withdrawn = {each.withdraws_id for each in lines}
    return all(each.id in withdrawn for each in lines if each.withdraws_id is None)


def check_commits(actor: Account, need: Need, posts: int) -> None:
    """Refuse a commitment by strangers, on a need that does not count, or for more posts than it asks."""
    if not policies.may_change_need(actor, need):
        raise NotYourFirm
    if need.state not in COUNTS:
        raise NeedDoesNotCount
    if posts > need.posts:
        raise TooManyPosts(posts=need.posts)


def comment_record(actor: Account, organisation: Organisation, text: str) -> RecordComment:
    """Let a firm say something of its own record; what it said before is kept."""
    if not policies.belongs_to(actor, organisation):
        raise NotYourFirm
    made = RecordComment(organisation_id=organisation.id, author=actor, text=text.strip())
    db.session.add(made)
    db.session.flush()
    return made


def _withdraw(actor: Account | None, line: Commitment, reason: str, *, at: datetime) -> Commitment:
    if not reason.strip():
        raise WithdrawalNeedsReason
    return _add(
        actor,
        organisation=line.organisation,
        need_id=line.need_id,
        step=line.step,
        posts=line.posts,
        at=at,
        reason=reason.strip(),
        withdraws_id=line.id,
    )


def _write(actor: Account | None, need: Need, step: CommitmentStep, *, posts: int, **evidence: Any) -> Commitment:
    said = audit.plain(evidence)
    return _add(actor, organisation=need.organisation, need_id=need.id, step=step, posts=posts, evidence=said)


def _add(actor: Account | None, **values: Any) -> Commitment:
    made = Commitment(actor=actor, **values)
    db.session.add(made)
    db.session.flush()
    audit.record(actor, "commitment_withdrawn" if made.withdraws_id else "commitment_added", made, step=made.step.value)
    return made
