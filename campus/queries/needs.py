"""Questions about needs: each limited to what the asker may see."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, func, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from campus import db
from campus.models import (
    Account,
    AuditEvent,
    LinkPurpose,
    Mail,
    Membership,
    MembershipState,
    Need,
    NeedDraft,
    NeedSkill,
    NeedState,
    OneTimeLink,
    Organisation,
    Role,
)
from campus.queries.accounts import digest

OPEN = (NeedState.IN_MODERATION, NeedState.TO_CLARIFY, NeedState.PUBLISHED)


def visible_to(account: Account) -> ColumnElement[bool]:
    """Say which needs a person may see: staff all, a firm those of its own organisations."""
    if account.role is Role.STAFF:
        return true()
    return Need.organisation_id.in_(granted_organisation_ids(account))


def granted_organisation_ids(account: Account) -> Select[tuple[uuid.UUID]]:
    """Select the organisations that the person may act for."""
    return select(Membership.organisation_id).where(
        Membership.account_id == account.id, Membership.state == MembershipState.GRANTED
    )


def _with_heads(query: Select[tuple[Need]]) -> Select[tuple[Need]]:
    return query.options(
        joinedload(Need.organisation).joinedload(Organisation.commune),
        joinedload(Need.occupation),
        joinedload(Need.commune),
        joinedload(Need.author),
    )


def needs_of(account: Account) -> Sequence[Need]:
    """List the needs of the person's organisations, the latest first."""
    query = select(Need).where(visible_to(account)).order_by(Need.submitted_at.desc(), Need.id)
    return db.session.scalars(_with_heads(query)).all()


def need_of(account: Account, need_id: uuid.UUID) -> Need | None:
    """Find a need that the person may see, with all that its page shows."""
    query = select(Need).where(Need.id == need_id, visible_to(account))
    return db.session.scalar(_with_heads(query).options(selectinload(Need.skills).joinedload(NeedSkill.skill)))


def all_needs(state: NeedState | None = None, *, limit: int = 100, offset: int = 0) -> Sequence[Need]:
    """List the needs in a state, or all; for the staff. Those waiting longest come first."""
    query = select(Need).order_by(Need.submitted_at, Need.id).limit(limit).offset(offset)
    if state is not None:
        query = query.where(Need.state == state)
    return db.session.scalars(_with_heads(query)).all()


def count_by_state() -> dict[NeedState, int]:
    """Count the needs of each state; for the staff."""
    rows = db.session.execute(select(Need.state, func.count()).group_by(Need.state))
    return dict(rows.all())


def history_of(need: Need) -> Sequence[AuditEvent]:
    """List what happened to a need, the oldest first."""
    query = select(AuditEvent).where(AuditEvent.subject_kind == "needs", AuditEvent.subject_id == str(need.id))
    return db.session.scalars(query.options(joinedload(AuditEvent.actor)).order_by(AuditEvent.at, AuditEvent.id)).all()


def last_event(need: Need, action: str) -> AuditEvent | None:
    """Find the last time that something was done to a need."""
    query = select(AuditEvent).where(
        AuditEvent.subject_kind == "needs", AuditEvent.subject_id == str(need.id), AuditEvent.action == action
    )
    return db.session.scalar(query.order_by(AuditEvent.at.desc(), AuditEvent.id.desc()).limit(1))


def duplicates_of(
    organisation_id: uuid.UUID | None,
    occupation_id: int | None,
    *,
    earliest: date | None,
    latest: date | None,
    apart_from: uuid.UUID | None = None,
) -> Sequence[Need]:
    """List the open needs of the same site and occupation whose window overlaps."""
    if organisation_id is None or occupation_id is None:
        return []
    query = select(Need).where(
        Need.organisation_id == organisation_id, Need.occupation_id == occupation_id, Need.state.in_(OPEN)
    )
    if latest is not None:
        query = query.where(or_(Need.earliest.is_(None), Need.earliest <= latest))
    if earliest is not None:
        query = query.where(or_(Need.latest.is_(None), Need.latest >= earliest))
    if apart_from is not None:
        query = query.where(Need.id != apart_from)
    return db.session.scalars(query.order_by(Need.submitted_at)).all()


def draft_of(account: Account, need_id: uuid.UUID | None = None) -> NeedDraft | None:
    """Find the person's one draft: of a new need, or of the revision of one."""
    return db.session.scalar(
        select(NeedDraft).where(
            NeedDraft.account_id == account.id,
            NeedDraft.need_id.is_(None) if need_id is None else NeedDraft.need_id == need_id,
        )
    )


def is_queued(once_key: str) -> bool:
    """Tell whether the mail of a fact has been written already."""
    return db.session.scalar(select(Mail.id).where(Mail.once_key == once_key)) is not None


def need_of_link(token: str) -> tuple[OneTimeLink, Need] | None:
    """Find the link of a mail and the need that it asks about."""
    query = select(OneTimeLink).where(
        OneTimeLink.token_digest == digest(token), OneTimeLink.purpose == LinkPurpose.RENEW_NEED
    )
    link = db.session.scalar(query)
    need = db.session.get(Need, uuid.UUID(link.details["need_id"])) if link else None
    return (link, need) if link and need else None


def needs_by_id(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Need]:
    """Find needs with the people who posted them, by key; for the staff and the service."""
    query = select(Need).options(joinedload(Need.author)).where(Need.id.in_(list(ids)))
    return {each.id: each for each in db.session.scalars(query)}


def published_needs(ids: Collection[uuid.UUID] = (), *, reference: str = "") -> Sequence[Need]:
    """List the published needs with these keys or this reference, with their firms; for the staff."""
    query = select(Need).options(joinedload(Need.organisation)).where(Need.state == NeedState.PUBLISHED)
    wanted = or_(Need.id.in_(ids), Need.reference == reference)
    return db.session.scalars(query.where(wanted).order_by(Need.reference)).all()
