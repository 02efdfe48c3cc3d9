"""Questions about what people wish to hear of."""

from __future__ import annotations

import hashlib
import hmac
import uuid
from collections.abc import Sequence

from sqlalchemy import and_, select

from campus import db
from campus.config import read_settings
from campus.mail_rules import RHYTHMS, MailCategory, Rhythm
from campus.models import Account, MailPreference


def rhythm_of(account: Account, category: MailCategory) -> Rhythm:
    """Give what a person chose, or the usual rhythm."""
    return rhythms_of(account)[category]


def rhythms_of(account: Account) -> dict[MailCategory, Rhythm]:
    """Give a person's rhythm for each category."""
    query = select(MailPreference).where(MailPreference.account_id == account.id)
    chosen = {each.category: each.rhythm for each in db.session.scalars(query)}
    return {category: chosen.get(category, usual[0]) for category, usual in RHYTHMS.items()}


def people_at(category: MailCategory, rhythm: Rhythm, among: Sequence[uuid.UUID]) -> Sequence[Account]:
    """List those among some people who hear of a category at this rhythm."""
    query = select(Account).outerjoin(
        MailPreference, and_(MailPreference.account_id == Account.id, MailPreference.category == category)
    )
    wanted = MailPreference.rhythm == rhythm
    if rhythm is RHYTHMS[category][0]:
        wanted = wanted | MailPreference.id.is_(None)
    here = (Account.id.in_(among), Account.disabled_at.is_(None))
    return db.session.scalars(query.where(*here, wanted).order_by(Account.id)).all()


def stop_token(account_id: uuid.UUID, category: MailCategory) -> str:
    """Make what the link to switch a category off carries: it opens nothing else, and never ends."""
    return f"{account_id.hex}.{category.value}.{_seal(account_id.hex, category.value)}"


def person_of_stop_token(token: str) -> tuple[Account, MailCategory] | None:
    """Read the link of a mail, if it is ours."""
    account_id, _, rest = token.partition(".")
    category, _, seal = rest.partition(".")
    if category not in list(MailCategory) or not hmac.compare_digest(
        seal.encode(), _seal(account_id, category).encode()
    ):
        return None
    account = db.session.get(Account, uuid.UUID(account_id))
    return (account, MailCategory(category)) if account else None


def _seal(account_id: str, category: str) -> str:
    secret = read_settings().secret_key.encode()
    return hmac.new(secret, f"stop:{account_id}:{category}".encode(), hashlib.sha256).hexdigest()[:32]
