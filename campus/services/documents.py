"""Documents issued: numbered without a gap, versioned, kept as they were, and found again by number and code."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import delete

from campus import clock, db, wording
from campus.addresses import address
from campus.exchange import pdf
from campus.models import Account, Document, DocumentKind, SignedCopy
from campus.queries.documents import Verified, current_document, subjects_kept_since, verified
from campus.services import attempts, audit
from campus.services.numbers import next_number

# Neither 0 nor O, neither 1 nor I nor L: a code is read off paper.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 12
KEPT_YEARS = 5


@dataclass(frozen=True)
class About:
    """What a document is about: a name that stays, the rows it belongs to, a title for lists."""

    subject: str
    title: str
    rows: dict[str, Any] = field(default_factory=dict)
    locale: str = "fr"


def issue_document(actor: Account | None, paper: pdf.Paper, about: About) -> Document:
    """Issue a document; the same words give back the one that counts, others a version that replaces it."""
    kind = DocumentKind(paper.template)
    db.one_at_a_time(f"document:{kind}:{about.locale}:{about.subject}")
    before = current_document(kind, about.subject, about.locale)
    data = json.loads(json.dumps(asdict(paper)))
    if before is not None and before.data == data:
        return before
    if before is not None:
        before.current = False
        db.session.flush()
    made = _draw(paper, about, before)
    made.data, made.issued_by_id = data, actor.id if actor else None
    db.session.add(made)
    db.session.flush()
    audit.record(actor, "document_issued", made, number=made.number, version=made.version, kind=kind.value)
    return made


def _draw(paper: pdf.Paper, about: About, before: Document | None) -> Document:
    number = before.number if before else _next_number()
    version = before.version + 1 if before else 1
    now, code = clock.now(), new_code()
    made = Document(
        number=number,
        version=version,
        kind=DocumentKind(paper.template),
        locale=about.locale,
        subject=about.subject,
        title=about.title[:250],
        replaces_id=before.id if before else None,
        code=code,
        issued_at=now,
        **about.rows,
    )
    made.content = pdf.render(paper, _stamp(made), at=now)
    made.sha256 = hashlib.sha256(made.content).hexdigest()
    return made


def _stamp(document: Document) -> pdf.Stamp:
    return pdf.Stamp(
        number=document.number,
        version=document.version,
        issued_on=wording.short_day(document.issued_at, document.locale),
        code=document.code,
        address=verification_address(document.number, document.code, document.locale),
        locale=document.locale,
    )


def _next_number() -> str:
    year = clock.today().year
    return f"CAMP-{year}-{next_number(f'documents {year}'):06d}"


def new_code() -> str:
    """Draw a code that nobody guesses, in groups of four: 31 signs at 12 places are 59 bits."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    return "-".join(drawn[start : start + 4] for start in range(0, CODE_LENGTH, 4))


def verification_address(number: str, code: str, locale: str) -> str:
    """Give the address that the printed code leads to."""
    asked = urlencode({"numero": number, "code": code})
    return f"{address('public.verification.show', locale)}?{asked}"


def large_print(document: Document) -> bytes:
    """Print a document again from what was kept, in larger letters."""
    return pdf.print_large(document.kind.value, document.data, _stamp(document), at=document.issued_at)


def verify(number: str, code: str, *, asked_from: str) -> Verified | None:
    """Look a document up by its number and code; misses are counted, so that nobody can try codes one by one."""
    key = attempts.key_of("address", asked_from)
    attempts.check("verify_document", key)
    found = verified(_tidy(number), grouped(_tidy(code)))
    if found is None:
        attempts.note("verify_document", key)
    return found


def _tidy(typed: str) -> str:
    return "".join(typed.split()).upper()


def grouped(code: str) -> str:
    """Put a code typed without its dashes into groups of four."""
    bare = code.replace("-", "")
    return "-".join(bare[start : start + 4] for start in range(0, len(bare), 4))


def forget_old_documents(today: date) -> int:
    """Erase, all versions together, what must no longer be kept: five years after the end of its session, or after
    the last version of a letter or the day on which its signed copy came; programmes name nobody and stay. Count the
    rows."""
    day = date(today.year - KEPT_YEARS, today.month, min(today.day, 28))
    came = SignedCopy.sent_at < datetime.combine(day, time(), clock.PARIS)
    old = (delete(Document).where(Document.subject.in_(subjects_kept_since(day))), delete(SignedCopy).where(came))
    return sum(db.session.execute(each).rowcount for each in old)  # type: ignore[attr-defined]
