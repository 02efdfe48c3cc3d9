"""Questions about one-time links."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from campus import clock, db
from campus.models import LinkPurpose, OneTimeLink
from campus.queries.accounts import digest


def open_link(token: str, purpose: LinkPurpose) -> OneTimeLink | None:
    """Find the link of a secret, if it has neither been used nor expired."""
    return db.session.scalar(
        select(OneTimeLink)
        .options(joinedload(OneTimeLink.account))
        .where(
            OneTimeLink.token_digest == digest(token),
            OneTimeLink.purpose == purpose,
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > clock.now(),
        )
    )


def open_invitations() -> Sequence[OneTimeLink]:
    """List the invitations that nobody has answered yet."""
    return db.session.scalars(
        select(OneTimeLink)
        .where(
            OneTimeLink.purpose == LinkPurpose.INVITATION,
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > clock.now(),
        )
        .order_by(OneTimeLink.created_at.desc())
        .limit(100)
    ).all()


def invitation_by_id(link_id: uuid.UUID) -> OneTimeLink | None:
    """Find an invitation that nobody has answered yet."""
    return db.session.scalar(
        select(OneTimeLink).where(
            OneTimeLink.id == link_id,
            OneTimeLink.purpose == LinkPurpose.INVITATION,
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > clock.now(),
        )
    )
