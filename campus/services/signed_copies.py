"""Signed copies of letters of intent: taken in by what they hold, read over by the staff, sent back with a reason."""

from __future__ import annotations

import hashlib

from campus import clock, db, policies
from campus.errors import Refused
from campus.exchange.scanned import is_active, kind_of
from campus.models import Account, Commitment, CommitmentStep, Need, Role, SignedCopy
from campus.queries.commitments import ladder_of
from campus.services import audit, mails
from campus.services.commitments import NotYourFirm

LARGEST = 4 * 1024 * 1024


class NoLetterToSign(Refused):
    """The need has no letter of intent that stands."""


class FileIsTooLarge(Refused):
    """The file weighs more than four megabytes."""


class NoPaperInFile(Refused):
    """The file is no whole PDF, PNG or JPEG, or carries something that runs."""


class CopyIsRead(Refused):
    """Somebody has read the copy over already."""


class RefusalNeedsReason(Refused):
    """Who sends a copy back says what is wrong with it."""


def take_in(actor: Account, need: Need, content: bytes) -> SignedCopy:
    """Keep the signed copy of a need's letter; the same file is kept once.

    What the staff scanned themselves, from paper, they have read over.
    """
    if not policies.may_hand_in_letter(actor, need):
        raise NotYourFirm
    letter = ladder_of(need).standing.get(CommitmentStep.LETTER)
    if letter is None:
        raise NoLetterToSign
    if len(content) > LARGEST:
        raise FileIsTooLarge
    kind = kind_of(content)
    if kind is None or is_active(content):
        raise NoPaperInFile
    digest = hashlib.sha256(content).hexdigest()
    known = db.session.query(SignedCopy).filter_by(commitment_id=letter.id, sha256=digest).first()
    made = known or _keep(actor, letter, content, kind=kind, digest=digest)
    return accept_copy(actor, made) if actor.role is Role.STAFF and made.checked_at is None else made


def _keep(actor: Account, letter: Commitment, content: bytes, *, kind: str, digest: str) -> SignedCopy:
    made = SignedCopy(
        commitment=letter, media_type=kind, size=len(content), sha256=digest, content=content, sent_by=actor
    )
    db.session.add(made)
    db.session.flush()
    audit.record(actor, "signed_copy_received", made, commitment=letter.id, sha256=digest)
    return made


def accept_copy(actor: Account, copy: SignedCopy) -> SignedCopy:
    """Say that a copy is the letter, signed."""
    return _read(actor, copy, "")


def send_back(actor: Account, copy: SignedCopy, reason: str) -> SignedCopy:
    """Say what is wrong with a copy, and tell whoever sent it."""
    if not reason.strip():
        raise RefusalNeedsReason
    _read(actor, copy, reason.strip())
    need = copy.commitment.need
    mails.tell(copy.sent_by, "signed_copy_refused", once_key=f"signed_copy:{copy.id}", need=need, reason=copy.refusal)
    return copy


def _read(actor: Account, copy: SignedCopy, refusal: str) -> SignedCopy:
    db.session.refresh(copy, ["checked_at"], with_for_update=True)
    if copy.checked_at is not None:
        raise CopyIsRead
    copy.checked_at, copy.checked_by, copy.refusal = clock.now(), actor, refusal
    audit.record(actor, "signed_copy_refused" if refusal else "signed_copy_accepted", copy)
    db.session.flush()
    return copy
